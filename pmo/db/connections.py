"""Opening the database, its connections, and the base of all models."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import peewee as pw
from playhouse.cysqlite_ext import PooledCySqliteDatabase
from playhouse.pool import PooledPostgresqlDatabase

from pmo.errors import ConfigurationError, Sentence, _

database = pw.DatabaseProxy()


SQLITE_FLOOR = (3, 51, 3)
"""Older SQLite can corrupt a WAL database that two connections write."""

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "mmap_size": 0,
    "cell_size_check": 1,
    "journal_size_limit": 64 * 1024 * 1024,
    "cache_size": -16000,
    "temp_store": "memory",
}


class BaseModel(pw.Model):
    """Base of all tables: writes only what was changed."""

    if TYPE_CHECKING:
        id: Any  # peewee adds it where no other primary key is declared

    class Meta:
        """Table names from module nouns. The tables themselves are made by the migrations."""

        database = database
        legacy_table_names = False
        only_save_dirty = True


def rows(query: Any) -> list[tuple[Any, ...]]:
    """Run a query and return its rows as tuples, converted by their fields, not as models."""
    return list(query.tuples())


def open_database(url: str) -> Any:
    """Return a pooled database for `sqlite:///path` or `postgresql://…`; connects to nothing yet.

    Raises ConfigurationError for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and url.startswith("sqlite:///") and len(parts.path) > 1:
        return PooledCySqliteDatabase(
            url.removeprefix("sqlite:///"),
            pragmas=SQLITE_PRAGMAS,
            lock_type="IMMEDIATE",
            timeout=5,
            max_connections=32,
            stale_timeout=300,
            autoconnect=False,
        )
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return PooledPostgresqlDatabase(
            url,
            timeout=5,
            max_connections=32,
            stale_timeout=300,
            autoconnect=False,
            prefer_psycopg3=True,
        )
    raise ConfigurationError(
        name="PMO_DATABASE_URL",
        reason=Sentence(_("Expected: sqlite:///path or postgresql://…")),
    )


def bind(url: str) -> None:
    """Open the database and make it the one that all models use.

    Raises ConfigurationError if the SQLite library is too old to be safe.
    """
    opened = open_database(url)
    if isinstance(opened, PooledCySqliteDatabase):
        if opened.server_version < SQLITE_FLOOR:
            version, needed = (
                ".".join(map(str, it)) for it in (opened.server_version, SQLITE_FLOOR)
            )
            reason = Sentence(
                _("{version} is older than {needed}."), version=version, needed=needed
            )
            raise ConfigurationError(name="SQLite", reason=reason)
        Path(opened.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    database.initialize(opened)


def is_postgresql() -> bool:
    """Tell which of the two databases is in use."""
    return isinstance(database.obj, pw.PostgresqlDatabase)


def connect() -> None:
    """Take a connection from the pool for this thread."""
    database.connect(reuse_if_open=True)


def close() -> None:
    """Give this thread's connection back to the pool."""
    if not database.is_closed():
        database.close()


@contextmanager
def connection() -> Iterator[None]:
    """Hold a connection, for the command line and the tests."""
    connect()
    try:
        yield
    finally:
        close()
