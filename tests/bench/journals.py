"""Journals as years of work leave them: cards went to and fro, were weighed and blocked anew."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import peewee as pw

from pmo import db
from pmo.models import Event, Project, Task
from pmo.services import flow_days

BATCH = 2_000
COLUMNS = ("queue", "queue", "in_progress", "waiting", "done")


def flowing(code: str, *, days: int) -> None:
    """Let the cards of a project flow through its board up to now, four events for each."""
    rng = random.Random(16)  # noqa: S311 - the same journal in every run
    with db.transaction():
        _write(_flow(_project(code), rng, datetime.now(UTC) - timedelta(days=days), days))


def rebuild(events: int) -> float:
    """Add so many events to all projects, and return how long the rebuilding of figures takes."""
    rng = random.Random(15)  # noqa: S311
    projects = [it for (it,) in db.rows(Project.select(Project.id))]
    begun = datetime.now(UTC) - timedelta(days=900)
    each = -(-events // len(projects))
    with db.transaction():
        for project_id in projects:
            _write(_random(project_id, rng, begun, each))
    at = datetime.now(UTC)
    started = time.perf_counter()
    done = flow_days.rebuild(at, at.date())
    seconds = time.perf_counter() - started
    print(f"figures of {done.events} events: {done.days} days, {done.differing} wrong")
    return seconds


def _project(code: str) -> int:
    return int(Project.select(Project.id).where(Project.code == code).scalar())


def _tasks(project_id: int) -> list[int]:
    query = Task.select(Task.id).where(Task.project == project_id).order_by(Task.number)
    return [it for (it,) in db.rows(query)]


def _flow(
    project_id: int, rng: random.Random, begun: datetime, days: int
) -> Iterator[dict[str, Any]]:
    """Yield events card by card: most are done, the last ones are in work."""
    tasks = _tasks(project_id)
    for place, task_id in enumerate(tasks):
        at = begun + timedelta(days=days * place / len(tasks))
        for column in (1, 2, 3, 4):
            at += timedelta(hours=rng.expovariate(1 / 40))
            if at < datetime.now(UTC):
                yield _moved(project_id, task_id, at, column)


def _random(
    project_id: int, rng: random.Random, begun: datetime, count: int
) -> Iterator[dict[str, Any]]:
    tasks = _tasks(project_id)
    for number in range(count):
        task_id, at = rng.choice(tasks), begun + timedelta(days=890 * number / count)
        if number % 3:
            yield _moved(project_id, task_id, at, rng.randrange(len(COLUMNS)))
        elif number % 2:
            yield _edited(project_id, task_id, at, weight=[1, rng.randrange(9)])
        else:
            yield _edited(project_id, task_id, at, blocked_reason=["", rng.choice(["", "Ждём"])])


def _moved(project_id: int, task_id: int, at: datetime, to: int) -> dict[str, Any]:
    data = {"board": "b1", "from": "c1", "from_meaning": "queue", "from_name": "Бэклог"}
    data |= {"to": f"c{to + 1}", "to_meaning": COLUMNS[to], "to_name": "Колонка"}
    return _event(project_id, task_id, at, "task.moved", data)


def _edited(project_id: int, task_id: int, at: datetime, **changes: Any) -> dict[str, Any]:
    return _event(project_id, task_id, at, "task.edited", {"version": 2, "changes": changes})


def _event(
    project_id: int, task_id: int, at: datetime, kind: str, data: dict[str, Any]
) -> dict[str, Any]:
    return {"at": at, "kind": kind, "project": project_id, "task": task_id, "data": data}


def _write(events: Iterator[dict[str, Any]]) -> None:
    for batch in pw.chunked(events, BATCH):
        Event.insert_many(batch).execute()
