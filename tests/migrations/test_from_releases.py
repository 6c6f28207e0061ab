"""A database of each former release comes to the present version with everything in it.

`tools/dump_release.py` makes the dumps.
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee as pw
import pytest

from pmo import db as pmo_db
from pmo import migrations
from pmo.clock import now
from pmo.models import Task
from pmo.queries import doctor
from pmo.services import search_index

DUMPS = sorted(Path(__file__).parent.glob("release_*.json.gz"))
"""What a release held after loading its demo portfolio, table by table, in the order of keys."""

SEARCHED = {"tasks", "projects", "passports", "comments", "attachments"}
"""Tables whose every row is found by the search."""

BATCH = 50
"""Rows of one INSERT."""

Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Dump:
    """The last migration of a release; columns and rows of its tables, parents before children."""

    schema: str
    tables: Tables


@pytest.fixture(scope="module", params=DUMPS, ids=lambda path: path.name.partition(".")[0])
def dump(request: pytest.FixtureRequest) -> Dump:
    """Return what a release held."""
    return Dump(**json.loads(gzip.decompress(request.param.read_bytes())))


@pytest.fixture
def upgraded(empty: pw.Database, dump: Dump) -> pw.Database:
    """Make a database as the release left it, and bring it to the present version."""
    with pmo_db.connection():
        migrations.upgrade_to(dump.schema)
        for name, table in dump.tables.items():
            _fill(empty, name, table)
        migrations.upgrade()
    pmo_db.connect()
    return empty


def test_every_value_of_every_row_is_kept(upgraded: pw.Database, dump: Dump) -> None:
    present = {name: _rows(upgraded, name, table["columns"]) for name, table in dump.tables.items()}

    assert present == {name: _plain(table["rows"]) for name, table in dump.tables.items()}


def test_the_schema_is_that_of_the_models_and_the_doctor_finds_nothing(
    upgraded: pw.Database, dump: Dump, tmp_path: Path
) -> None:
    indexed = search_index.refresh()
    found = doctor.findings(now=now(), data_dir=tmp_path)

    of_the_server = {"durability"}  # a server for tests alone may be hasty
    assert {finding.check for finding in found if not finding.is_well} <= of_the_server
    assert migrations.differences() == []
    assert indexed == sum(len(dump.tables[name]["rows"]) for name in dump.tables.keys() & SEARCHED)
    assert search_index.refresh() is None


def test_a_task_stands_in_its_column_since_its_last_move(upgraded: pw.Database, dump: Dump) -> None:
    events = dump.tables["events"]
    place = {name: index for index, name in enumerate(events["columns"])}
    entered = {
        row[place["task_id"]]: row[place["at"]]
        for row in events["rows"]
        if row[place["kind"]] in {"task.created", "task.moved"}
    }

    since = {
        task.id: task.entered_at.replace(tzinfo=None).isoformat(" ", "microseconds")
        for task in Task.select()
    }

    assert since == entered


def _fill(database: pw.Database, name: str, table: dict[str, Any]) -> None:
    columns, rows = table["columns"], table["rows"]
    flags = _booleans(database, name)
    marks = f"({', '.join([database.param] * len(columns))})"
    for batch in pw.chunked(rows, BATCH):
        into = f"INSERT INTO {name} ({', '.join(columns)}) VALUES "  # noqa: S608
        values = [
            bool(value) if column in flags else value
            for row in batch
            for column, value in zip(columns, row, strict=True)
        ]
        database.execute_sql(into + ", ".join([marks] * len(batch)), values)
    if pmo_db.is_postgresql() and "id" in columns:
        following = max(row[columns.index("id")] for row in rows) + 1
        restart = f"ALTER SEQUENCE {name}_id_seq RESTART WITH {following}"
        database.execute_sql(restart)


def _booleans(database: pw.Database, name: str) -> set[str]:
    return {it.name for it in database.get_columns(name) if it.data_type.lower() == "boolean"}


def _rows(database: pw.Database, name: str, columns: list[str]) -> list[list[Any]]:
    keys = database.get_primary_keys(name)
    statement = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {', '.join(keys)}"  # noqa: S608
    return _plain(list(row) for row in database.execute_sql(statement))


def _plain(rows: Any) -> list[list[Any]]:
    """Return rows with moments, days and flags in one form for both databases."""
    return [[_text(value) for value in row] for row in rows]


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if hasattr(value, "isoformat"):
        return value.isoformat(" ", "microseconds") if hasattr(value, "hour") else str(value)
    return value
