"""What happened to a task, as its history shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.undoing import PARTS, UNDOABLE
from pmo.models import Event, User
from pmo.queries import access, removed_words


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event of a task, newest first. data: as the journal keeps it (see docs/journal.md).

    act_id: the first event of its act, if that is another one. undoes_id: the event it took back.
    is_undone: it was taken back itself. can_undo: this actor may try to undo its whole act.
    """

    id: int
    at: datetime
    actor: str
    kind: str
    data: dict[str, Any]
    act_id: int | None = None
    undoes_id: int | None = None
    is_undone: bool = False
    can_undo: bool = False


def of_task(
    task_id: int, actor: Actor, *, limit: int = 50, before_id: int | None = None
) -> tuple[HistoryEntry, ...]:
    """Return a task's events, newest first. before_id: the last one seen, to page on.

    Raises NotFound, Forbidden.
    """
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    taken_back = Event.alias()
    undone = pw.fn.EXISTS(taken_back.select().where(taken_back.undoes == Event.id))
    first, other = pw.fn.COALESCE(Event.act, Event.id), Event.alias()
    of_act = (other.id == first) | (other.act == first)
    stays = pw.fn.EXISTS(other.select().where(of_act & other.kind.not_in(UNDOABLE | PARTS)))
    fields = (Event.id, Event.at, User.name, Event.kind, Event.data, Event.act, Event.undoes)
    events = Event.select(*fields, undone, stays).join(User, pw.JOIN.LEFT_OUTER)
    events = events.where(Event.task == task_id)
    if before_id is not None:
        events = events.where(Event.id < before_id)
    read = rows(events.order_by(Event.id.desc()).limit(limit))
    told = removed_words.left_out([(task_id, row[3], row[4]) for row in read])
    may = found.may(Capability.TASK_EDIT)
    return tuple(
        HistoryEntry(
            id_,
            at,
            name or "",
            kind,
            data,
            act_id,
            undoes_id,
            bool(is_undone),
            may and not is_undone and not stays,
        )
        for (id_, at, name, kind, _data, act_id, undoes_id, is_undone, stays), data in zip(
            read, told, strict=True
        )
    )
