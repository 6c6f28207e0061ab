"""The events of a project that figures of flow are made of, read in a few statements."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import as_moment, rows
from pmo.domain.flow.columns import KINDS as OF_COLUMNS
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.replaying import KINDS, Begun, Happened, Replay
from pmo.models import Event, Stage, Task
from pmo.statements import Statement

BATCH = 20_000
"""Events of one statement."""

LATEST = 16
"""How many of the last events tell whether anything was added: on PostgreSQL ids can come to be
seen out of order, when two people write at once."""

TOLD = ('"weight"', '"stage"', '"blocked_reason"', '"assignees"')
"""Of edits only those are read that name one of these."""

State = tuple[int, ...]
"""The ids of the last events of a project: equal as long as nothing is added."""


@dataclass(frozen=True, slots=True)
class ProjectLives:
    """Lives of a project's cards. state: of the journal that they are made of.

    columns: what happened to the columns of its boards. last_at: the latest moment of all; None
    without any. count: of the events that were read.
    """

    state: State
    lives: Lives
    columns: tuple[Happened, ...]
    last_at: datetime | None
    count: int = 0


def state(project_id: int) -> State:
    """Return what changes with every event of a project; one statement."""
    return tuple(int(event_id) for (event_id,) in _latest(project_id=project_id, limit=LATEST))


def lives(project_id: int) -> ProjectLives:
    """Replay the journal of a project, which the caller may read; a statement for 20,000 events."""
    known = state(project_id)
    replaying, columns = Replay(), []
    last_at, count = None, 0
    for count, event in enumerate(read(project_id), start=1):  # noqa: B007
        replaying.take(*event)
        last_at = event.at if last_at is None else max(last_at, event.at)
        if event.kind in OF_COLUMNS:
            columns.append(event)
    present = _present(project_id) if replaying.is_untold else {}
    return ProjectLives(known, replaying.lives(present), tuple(columns), last_at, count)


def read(project_id: int) -> Iterator[Happened]:
    """Yield the events of a project that a replay needs, in the order of their ids."""
    last = 0
    while True:
        found = _batch(project_id=project_id, after=last, limit=BATCH)
        for _id, at, kind, number, data in found:
            if kind == "task.edited" and not any(name in data for name in TOLD):
                continue
            yield Happened(as_moment(at), kind, number, json.loads(data))
        if len(found) < BATCH:
            return
        last = found[-1][0]


def _present(project_id: int) -> dict[int, Begun]:
    """Return what the tasks of a project hold now, by number."""
    query = Task.select(Task.number, Task.weight, Stage.key, Task.blocked_reason)
    query = query.join(Stage, pw.JOIN.LEFT_OUTER).where(Task.project == project_id)
    return {number: Begun(*held) for number, *held in rows(query)}


@Statement
def _latest(*, project_id: Any, limit: Any) -> Any:
    mine = Event.project == project_id
    return Event.select(Event.id).where(mine).order_by(Event.id.desc()).limit(limit)


@Statement
def _batch(*, project_id: Any, after: Any, limit: Any) -> Any:
    query = Event.select(Event.id, Event.at, Event.kind, Task.number, Event.data)
    query = query.join(Task, pw.JOIN.LEFT_OUTER, on=(Event.task == Task.id))
    mine = (
        (Event.project == project_id)
        & (Event.id > after)
        & Event.kind.in_(sorted(KINDS | OF_COLUMNS))
    )
    return query.where(mine).order_by(Event.id).limit(limit)
