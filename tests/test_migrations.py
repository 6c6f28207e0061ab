"""Migrations: what they make is what the models expect, on both databases."""

import threading

import peewee as pw
import pytest

from pmo import db as pmo_db
from pmo import migrations
from pmo.models import ALL, Event
from tests.cast import NOW

NAMES = sorted(path.stem for path in migrations.DIRECTORY.glob("0*.py"))


def tables(database: pw.Database) -> set[str]:
    with pmo_db.connection():
        if not pmo_db.is_postgresql():
            return set(database.get_tables())
        found = database.execute_sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        return {name for (name,) in found}


def test_an_empty_database_becomes_what_the_models_expect(empty: pw.Database) -> None:
    applied = migrations.upgrade()

    assert applied == NAMES
    assert migrations.pending() == []
    assert migrations.differences() == []


def test_down_takes_everything_away_and_up_brings_it_back(empty: pw.Database) -> None:
    migrations.upgrade()
    migrations.downgrade("0001_initial")
    left = tables(empty)
    migrations.upgrade()

    assert left == {"schema_migration"}
    assert {model._meta.table_name for model in ALL} <= tables(empty)
    assert migrations.differences() == []


def test_pending_migrations_are_told(empty: pw.Database) -> None:
    assert migrations.pending() == NAMES


def test_a_second_upgrade_does_nothing(empty: pw.Database) -> None:
    migrations.upgrade()

    assert migrations.upgrade() == []


def test_a_database_of_a_newer_version_is_known_as_such(empty: pw.Database) -> None:
    migrations.upgrade()
    with pmo_db.connection():
        empty.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES"
            " ('9999_later', '2030-01-01 00:00:00')"
        )

    assert migrations.unknown() == ["9999_later"]


def test_two_upgrades_at_once_take_turns(empty: pw.Database) -> None:
    applied: list[list[str]] = []
    start = threading.Barrier(2)

    def upgrade() -> None:
        start.wait()
        applied.append(migrations.upgrade())

    threads = [threading.Thread(target=upgrade) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(applied) == [[], NAMES]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE labels ADD COLUMN note TEXT", "labels: database has column note"),
        ("DROP INDEX tasks_column_id_rank", "add index tasks (column_id, rank) unique"),
        ("ALTER TABLE labels DROP COLUMN colour", "labels: models say column colour"),
        ("DROP TABLE sign_in_attempts", "create table sign_in_attempts"),
    ],
)
def test_a_difference_is_seen(empty: pw.Database, change: str, told: str) -> None:
    migrations.upgrade()
    with pmo_db.connection():
        empty.execute_sql(change)

    assert any(line.startswith(told) for line in migrations.differences())


@pytest.mark.postgres
def test_differences_of_type_null_key_and_check_are_seen(
    postgresql_url: str, request: pytest.FixtureRequest
) -> None:
    pmo_db.bind(postgresql_url)
    with pmo_db.connection(), pmo_db.database.atomic() as transaction:
        for change in (
            "ALTER TABLE labels ALTER COLUMN name TYPE varchar(61)",
            "ALTER TABLE labels ALTER COLUMN colour DROP NOT NULL",
            "ALTER TABLE labels DROP CONSTRAINT labels_project_id_fkey",
            "ALTER TABLE tasks DROP CONSTRAINT tasks_weight_check",
        ):
            pmo_db.database.execute_sql(change)
        found = migrations.differences()
        transaction.rollback()
    pmo_db.database.close_all()

    assert found == [
        "labels: models say column colour character varying(32) not null",
        "labels: models say column name character varying(60) not null",
        "labels: models say foreign key project_id projects NO ACTION",
        "labels: database has column colour character varying(32) null",
        "labels: database has column name character varying(61) not null",
        "tasks: models say check weight>=0",
    ]


@pytest.fixture
def event(db: pw.Database) -> Event:
    """Insert an event: the control of the tests below."""
    made: Event = Event.create(at=NOW, kind="portfolio.exported", data={})
    return made


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET kind = 'task.moved'",
        "DELETE FROM events",
        "DELETE FROM events WHERE id = (SELECT MIN(id) FROM events)",
    ],
)
def test_the_journal_refuses_change(db: pw.Database, event: Event, statement: str) -> None:
    with pytest.raises(pw.DatabaseError, match="append-only"), db.atomic():
        db.execute_sql(statement)

    assert Event.select().count() == 1
    assert Event.get().kind == "portfolio.exported"


def test_the_journal_refuses_replacement(db: pw.Database, event: Event) -> None:
    if pmo_db.is_postgresql():
        statement = "TRUNCATE events CASCADE"
    else:
        statement = (
            "INSERT OR REPLACE INTO events (id, at, kind, data)"
            " SELECT id, at, 'task.moved', data FROM events"
        )

    with pytest.raises(pw.DatabaseError, match="append-only"), db.atomic():
        db.execute_sql(statement)

    assert Event.get().kind == "portfolio.exported"
