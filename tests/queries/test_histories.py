"""A card's history, however long the journal."""

import peewee as pw
import pytest

from pmo.models import Event
from pmo.queries import histories
from pmo.services import tasks
from tests.cast import NOW, Cast


@pytest.mark.one_database
def test_no_line_of_it_looks_through_the_whole_journal(
    cast: Cast, db: pw.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"title": "One"}, base_version=1, actor=cast.mila, at=NOW)
    others = [{"at": NOW, "kind": "account.signed_in", "data": {}}] * 500
    Event.insert_many(others).execute()
    db.execute_sql("ANALYZE")  # from what it finds, SQLite has once chosen to look through all
    asked: list[tuple[str, list[object]]] = []
    usual = db.execute_sql

    def listen(statement: str, values: list[object], *rest: object) -> object:
        asked.append((statement, values))
        return usual(statement, values, *rest)

    monkeypatch.setattr(db, "execute_sql", listen)

    assert len(histories.of_task(task, cast.mila)) == 1

    [(statement, values)] = [it for it in asked if "EXISTS" in it[0]]
    plan = [row[-1] for row in usual(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert [line for line in plan if line.startswith("SCAN")] == []
