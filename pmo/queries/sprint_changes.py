"""What changed in a sprint since its start, read from the journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import as_moment, database, rows
from pmo.domain import sprint_changes as rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprint_changes import Change, Told
from pmo.models import Event, Project, Sprint, Task, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change with the card that it is about, as that is now. task_id: None if it is gone."""

    change: Change
    task_id: int | None
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SprintChanges:
    """committed: weight that it began with, and of how many cards. None before its start."""

    cards: int
    weight: int
    lines: tuple[ChangeLine, ...]


NONE = SprintChanges(0, 0, ())


def of_sprint(sprint_id: int, actor: Actor) -> SprintChanges | None:
    """Return what changed since the start of a sprint, up to its closing; None before the start.

    Five statements. Raises NotFound.
    """
    found = access.sprint(sprint_id, actor, Capability.PROJECT_READ)
    [(number,)] = rows(Sprint.select(Sprint.number).where(Sprint.id == sprint_id))
    started = _last(found.project_id, "sprint.started", number)
    if started is None:
        return None
    first, data = started
    ended = _last(found.project_id, "sprint.closed", number)
    committed = {it["task"]: it["weight"] for it in data["committed"]}
    told = list(_told(found.project_id, first, None if ended is None else ended[0]))
    numbers = {*committed, *(event.task for event in told)}
    tasks = _tasks(found.project_id, numbers)
    weights = {number_: weight for number_, (_id, _key, _title, weight) in tasks.items()}
    made = rules.changes(number, committed, weights, told)
    gone = (None, "", "", 0)
    lines = tuple(ChangeLine(it, *tasks.get(it.task, gone)[:3]) for it in made)
    return SprintChanges(len(committed), sum(committed.values()), lines)


def _last(project_id: int, kind: str, number: int) -> tuple[int, Any] | None:
    """Return the event of a kind that tells of a sprint, with its data."""
    mine = (Event.project == project_id) & (Event.kind == kind)
    query = Event.select(Event.id, Event.data).where(mine).order_by(Event.id.desc())
    fitting = (row for row in rows(query) if row[1]["sprint"] == number)
    return next(fitting, None)


def _told(project_id: int, after: int, before: int | None) -> Iterator[Told]:
    """Yield the events since the start; of edits only those that tell of a weight."""
    query = Event.select(Event.at, Event.kind, Task.number, User.name, Event.data)
    query = query.join(Task, on=(Event.task == Task.id))
    query = query.join_from(Event, User, pw.JOIN.LEFT_OUTER, on=(Event.actor == User.id))
    mine = (Event.project == project_id) & (Event.id > after)
    mine &= Event.kind.in_(sorted(rules.KINDS))
    if before is not None:
        mine &= Event.id < before
    for at, kind, task, name, text in database.execute(query.where(mine).order_by(Event.id)):
        if kind == "task.edited" and '"weight"' not in text:
            continue
        yield Told(as_moment(at), kind, task, name or "", json.loads(text))


def _tasks(project_id: int, numbers: set[int]) -> dict[int, tuple[int, str, str, int]]:
    fields = (Task.number, Task.id, Project.code, Task.title, Task.weight)
    query = Task.select(*fields).join(Project)
    query = query.where((Task.project == project_id) & Task.number.in_(sorted(numbers)))
    return {
        number: (task_id, f"{code}-{number}", title, weight)
        for number, task_id, code, title, weight in rows(query)
    }
