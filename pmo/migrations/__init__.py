"""The schema's history: numbered files, run in order, each in one transaction.

A numbered file declares its own frozen models; only this module, which runs the
files and compares the outcome, knows the application's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playhouse.migrations import Runner

from pmo import db
from pmo.migrations import comparison
from pmo.models import ALL

DIRECTORY = Path(__file__).parent

TURN = 0x706D6F
"""Key of the PostgreSQL advisory lock that lets one upgrade run at a time."""


@dataclass(frozen=True, slots=True)
class Status:
    """A migration: when it was applied, None while pending. has_file: False if it is gone."""

    name: str
    applied_at: datetime | None
    has_file: bool


def upgrade() -> list[str]:
    """Apply what is pending and return its names; two at once take turns.

    Uses the bound database; a migration that fails is rolled back whole.
    """
    with _connection(), _turn():
        return list(_runner().up())


def upgrade_to(target: str) -> list[str]:
    """Apply what is pending through `target`; for tests that begin at an older version."""
    with _connection(), _turn():
        return list(_runner().up(target))


def downgrade(target: str | None = None) -> list[str]:
    """Revert the last migration, or all back through `target`; for tests and developers."""
    with _connection(), _turn():
        return list(_runner().down(target))


def status() -> list[Status]:
    """Return all migrations in order."""
    with _connection():
        return [
            Status(row.name, row.applied, has_file=row.path is not None)
            for row in _runner().status()
        ]


def pending() -> list[str]:
    """Return the names of migrations that are not applied yet."""
    return [row.name for row in status() if row.applied_at is None]


def unknown() -> list[str]:
    """Return applied migrations that this version does not know: the database is newer."""
    return [row.name for row in status() if not row.has_file]


def differences() -> list[str]:
    """Compare the database with the models; return one sentence for each difference."""
    with _connection():
        return comparison.differences(db.database.obj, ALL)


def differences_of_a_new_database() -> list[str]:
    """Migrate an empty SQLite file and compare it with the models; binds that file for good."""
    with TemporaryDirectory() as folder:
        db.bind(f"sqlite:///{folder}/new.sqlite3")
        try:
            upgrade()
            return differences()
        finally:
            db.database.close_all()


def _runner() -> Runner:
    return Runner(db.database.obj, str(DIRECTORY))


@contextmanager
def _connection() -> Iterator[None]:
    """Hold a connection; one that the caller holds stays open."""
    if not db.database.is_closed():
        yield
    else:
        with db.connection():
            yield


@contextmanager
def _turn() -> Iterator[None]:
    if not db.is_postgresql():
        with db.writer_gate():
            yield
        return
    db.database.execute_sql("SELECT pg_advisory_lock(%s)", (TURN,))
    try:
        yield
    finally:
        db.database.execute_sql("SELECT pg_advisory_unlock(%s)", (TURN,))
