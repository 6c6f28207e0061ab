"""A database of release 0.1 comes to the present version with everything that was in it."""

import gzip
import json
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

DUMP = Path(__file__).with_name("release_0_1.json.gz")
"""What release 0.1 held after loading its demo portfolio, table by table, in the order of keys."""

Tables = dict[str, dict[str, Any]]


@pytest.fixture
def dump() -> Tables:
    """Return columns and rows of every table, parents before children."""
    tables: Tables = json.loads(gzip.decompress(DUMP.read_bytes()))
    return tables


@pytest.fixture
def upgraded(empty: pw.Database, dump: Tables) -> pw.Database:
    """Make a database as release 0.1 left it, and bring it to the present version."""
    with pmo_db.connection():
        migrations.upgrade_to("0001_initial")
        for name, table in dump.items():
            _fill(empty, name, table)
        migrations.upgrade()
    pmo_db.connect()
    return empty


def test_every_value_of_every_row_is_kept(upgraded: pw.Database, dump: Tables) -> None:
    present = {name: _rows(upgraded, name, table["columns"]) for name, table in dump.items()}

    assert present == {name: _plain(table["rows"]) for name, table in dump.items()}


def test_the_schema_is_that_of_the_models(upgraded: pw.Database) -> None:
    assert migrations.differences() == []


def test_the_doctor_finds_nothing(upgraded: pw.Database, tmp_path: Path) -> None:
    search_index.refresh()
    found = doctor.findings(now=now(), data_dir=tmp_path)

    of_the_server = {"durability"}  # a server for tests alone may be hasty
    assert {finding.check for finding in found if not finding.is_well} <= of_the_server


def test_everything_of_then_is_found_after_the_upgrade(upgraded: pw.Database, dump: Tables) -> None:
    there = sum(len(dump[name]["rows"]) for name in ("tasks", "projects", "passports"))

    assert (search_index.refresh(), search_index.refresh()) == (there, None)


def test_a_task_stands_in_its_column_since_its_last_move(
    upgraded: pw.Database, dump: Tables
) -> None:
    events = dump["events"]
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
    marks = ", ".join([database.param] * len(columns))
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    flags = _booleans(database, name)
    for row in rows:
        values = [bool(v) if c in flags else v for c, v in zip(columns, row, strict=True)]
        database.execute_sql(statement, values)
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
