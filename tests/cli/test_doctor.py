"""`pmo doctor`: it is silent about what is well, and finds what is not."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import peewee as pw
import pytest
from click.testing import Result

from pmo import clock
from pmo import db as pmo_db
from pmo.models import Event
from pmo.services import clockwork
from tests.cast import assemble

Run = Callable[..., Result]


@pytest.fixture
def database(pmo: Run, database_url: str) -> pw.Database:
    """Return the office's database, with the cast in it."""
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assemble()
    bound: pw.Database = pmo_db.database.obj
    return bound


def faults(result: Result) -> list[str]:
    """Return the faults that were found; the tests' own PostgreSQL is not durable."""
    lines = [line for line in result.stdout.splitlines() if line.startswith("FAULT")]
    return [line for line in lines if "durability" not in line]


def test_a_good_office_is_well(pmo: Run, database: pw.Database) -> None:
    result = pmo("doctor")

    assert faults(result) == []
    assert result.stdout.count("ok   ") >= 14


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE board_columns SET task_count = task_count + 1", "sums of columns"),
        ("UPDATE board_columns SET task_weight = task_weight + 1", "sums of columns"),
        ("UPDATE projects SET next_task_number = 1", "numbers of tasks"),
        ("DELETE FROM passports", "passports"),
        ("UPDATE tasks SET checklist_total = 1", "counters of tasks"),
        ("UPDATE tasks SET comment_count = 1", "counters of tasks"),
        ("UPDATE tasks SET evidence_count = 1", "counters of tasks"),
        ("UPDATE tasks SET attachment_count = 1", "counters of tasks"),
        (
            "INSERT INTO evidence (task_id, title, url, presentation, note, added_by_id, added_at,"
            " version) SELECT MIN(t.id), 'x', '', '', '', MIN(u.id), '2025-01-01 00:00:00', 1"
            " FROM tasks t, users u",
            "evidence and its files",
        ),
        (
            "INSERT INTO task_dependencies (task_id, blocker_id)"
            " SELECT MIN(id), MAX(id) FROM tasks",
            "dependencies and their projects",
        ),
        ("UPDATE tasks SET rank = -rank", "order of tasks"),
        ("DELETE FROM search_state", "search index: it is not built"),
        ("DELETE FROM search_index", "search index: it is 10 entries apart"),
        (
            "DELETE FROM search_entries WHERE kind = 'passport'",
            "search index: it is 2 entries apart",
        ),
        (
            "UPDATE tasks SET project_id = (SELECT MAX(id) FROM projects), number = number + 100"
            " WHERE project_id = (SELECT MIN(id) FROM projects)",
            "tasks and their projects",
        ),
    ],
)
def test_what_must_not_be_is_found(
    pmo: Run, database: pw.Database, statement: str, told: str
) -> None:
    with pmo_db.connection():
        database.execute_sql(statement)

    result = pmo("doctor")

    assert result.exit_code == 1
    assert any(told in line for line in faults(result))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE labels ADD COLUMN note TEXT", "schema"),
        ("DROP TRIGGER events_refuse_update", "guard of the journal"),
        ("DELETE FROM users", "rows that belong to something"),
    ],
)
def test_what_sqlite_would_have_refused_is_found(
    pmo: Run, database: pw.Database, statement: str, told: str
) -> None:
    with pmo_db.connection():
        database.execute_sql("PRAGMA foreign_keys = 0")
        database.execute_sql(statement)
        database.execute_sql("PRAGMA foreign_keys = 1")

    result = pmo("doctor")

    assert result.exit_code == 1
    assert any(told in line for line in faults(result))


def test_a_clock_that_is_behind_is_found(pmo: Run, database: pw.Database) -> None:
    with pmo_db.connection():
        Event.create(at=clock.now() + timedelta(hours=1), kind="portfolio.exported", data={})

    result = pmo("doctor")

    assert any("it is behind the last event" in line for line in faults(result))


@pytest.mark.one_database
def test_a_broken_file_is_found(pmo: Run, database_url: str) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xff" * 4096
    path.write_bytes(data)

    result = pmo("doctor")

    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_work_that_is_not_done_is_told(pmo: Run, database: pw.Database) -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    with pmo_db.connection():
        for _ in range(3):
            clockwork.note("notifications.remind", an_hour_ago, RuntimeError("no such column"))

    said = faults(pmo("doctor"))

    assert said == [
        "FAULT  background work: nothing was done for 60 minutes:"
        " does “pmo serve” or “pmo work” run?",
        "FAULT  jobs: failed again and again:"
        " notifications.remind (3): RuntimeError: no such column",
    ]
