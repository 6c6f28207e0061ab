"""The journal of a project, as its readers page through it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.models import Event, User
from pmo.queries import access, removed_words


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event of a project. task_id: None where it is of no task. actor: '' is the product."""

    id: int
    at: datetime
    actor: str
    kind: str
    task_id: int | None
    data: dict[str, Any]


def of_project(
    project_id: int, actor: Actor, *, limit: int = 50, before_id: int | None = None
) -> tuple[JournalEntry, ...]:
    """Return events of a project, newest first; two or three statements.

    before_id: the last one seen, to page on. Raises NotFound.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    events = Event.select(Event.id, Event.at, User.name, Event.kind, Event.task, Event.data)
    events = events.join(User, pw.JOIN.LEFT_OUTER).where(Event.project == project_id)
    if before_id is not None:
        events = events.where(Event.id < before_id)
    found = rows(events.order_by(Event.id.desc()).limit(limit))
    told = removed_words.left_out([(task_id, kind, data) for *_, kind, task_id, data in found])
    return tuple(
        JournalEntry(id_, at, name or "", kind, task_id, data)
        for (id_, at, name, kind, task_id, _data), data in zip(found, told, strict=True)
    )
