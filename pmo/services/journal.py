"""The journal: one event for every change, in the transaction of the change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from peewee import chunked

from pmo.db import database, rows
from pmo.domain import event_kinds
from pmo.domain.happenings import Happening
from pmo.domain.permissions import Actor, RuleActor
from pmo.models import Event
from pmo.statements import Statement

BATCH = 500
"""Events of one INSERT."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of an act that has several, before it is appended."""

    kind: str
    project_id: int
    task_id: int | None
    data: dict[str, Any]
    undoes_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return what `append` takes."""
        return {
            "project_id": self.project_id,
            "task_id": self.task_id,
            "data": self.data,
            "undoes_id": self.undoes_id,
        }


def append(  # noqa: PLR0913 - the columns of a row
    kind: str,
    *,
    actor: Actor | None,
    at: datetime,
    project_id: int | None = None,
    task_id: int | None = None,
    data: dict[str, Any],
    act_id: int | None = None,
    undoes_id: int | None = None,
    is_quiet: bool = False,
) -> int:
    """Append an event and return its id; only inside `transaction()`.

    kind: of `domain.event_kinds`, ValueError for another. actor: None when the product itself acts.
    data: portable values only: logins, keys, names, ISO dates; never ids.
    act_id: the first event of the act that this one belongs to, if it is not the first.
    undoes_id: the event that this one takes back. is_quiet: nobody is notified.
    What follows from the event (`services.reactions`) is done here, in the same transaction.
    Raises RuntimeError outside a transaction: the event must stand or fall with its change.
    """
    from pmo.services import reactions  # the reactions call services, which append to the journal

    if kind not in event_kinds.ALL:
        raise ValueError(f"{kind}: no kind of event")
    if not database.in_transaction():
        message = f"{kind}: an event belongs to the transaction of its change"
        raise RuntimeError(message)
    actor, data = _signed(actor, data)
    [(event_id,)] = insert(
        at=Event.at.db_value(at),
        actor_id=None if actor is None else actor.user_id,
        kind=kind,
        project_id=project_id,
        task_id=task_id,
        data=Event.data.db_value(data),
        act_id=act_id,
        undoes_id=undoes_id,
    )
    about = project_id, task_id, data
    is_undo = undoes_id is not None
    reactions.follow(Happening(int(event_id), kind, actor, at, *about, is_undo, is_quiet))
    return int(event_id)


def append_all(
    entries: Sequence[Entry], *, actor: Actor | None, at: datetime, is_quiet: bool = False
) -> int:
    """Append the events of one act and return the id of the first; only inside `transaction()`.

    The others name it as their act. A few statements, however many events. is_quiet: nobody is
    notified of them.
    """
    from pmo.services import reactions

    first, *others = entries
    act_id = append(first.kind, actor=actor, at=at, is_quiet=is_quiet, **first.columns())
    if isinstance(actor, RuleActor):
        others = [replace(entry, data=_signed(actor, entry.data)[1]) for entry in others]
        actor = None
    happened = []
    for batch in chunked(others, BATCH):
        if unknown := {entry.kind for entry in batch} - event_kinds.ALL:
            raise ValueError(f"{unknown}: no kinds of events")
        given = [_row(entry, actor, at, act_id) for entry in batch]
        ids = sorted(int(it) for (it,) in rows(Event.insert_many(given).returning(Event.id)))
        happened += [
            Happening(
                event_id,
                entry.kind,
                actor,
                at,
                entry.project_id,
                entry.task_id,
                entry.data,
                entry.undoes_id is not None,
                is_quiet,
            )
            for event_id, entry in zip(ids, batch, strict=True)
        ]
    reactions.follow(*happened)
    return act_id


def _signed(actor: Actor | None, data: dict[str, Any]) -> tuple[Actor | None, dict[str, Any]]:
    """Return who did it; a rule of a board is nobody, and is named in the particulars."""
    if isinstance(actor, RuleActor):
        return None, {**data, **actor.signature()}
    return actor, data


def _row(entry: Entry, actor: Actor | None, at: datetime, act_id: int) -> dict[str, Any]:
    return {
        "at": at,
        "actor": None if actor is None else actor.user_id,
        "kind": entry.kind,
        "project": entry.project_id,
        "task": entry.task_id,
        "data": entry.data,
        "act": act_id,
        "undoes": entry.undoes_id,
    }


@Statement
def insert(  # noqa: PLR0913 - the columns of a row
    *,
    at: Any,
    actor_id: Any,
    kind: Any,
    project_id: Any,
    task_id: Any,
    data: Any,
    act_id: Any,
    undoes_id: Any,
) -> Any:
    """Add a row to the journal and return its id."""
    values = {
        "at": at,
        "actor": actor_id,
        "kind": kind,
        "project": project_id,
        "task": task_id,
        "data": data,
        "act": act_id,
        "undoes": undoes_id,
    }
    return Event.insert(values).returning(Event.id)
