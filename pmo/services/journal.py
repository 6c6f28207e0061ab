"""The journal: one event for every change, in the transaction of the change."""

from datetime import datetime
from typing import Any

from pmo.db import database
from pmo.domain import event_kinds
from pmo.domain.permissions import Actor
from pmo.models import Event
from pmo.statements import Statement


def append(
    kind: str,
    *,
    actor: Actor | None,
    at: datetime,
    project_id: int | None = None,
    task_id: int | None = None,
    data: dict[str, Any],
) -> int:
    """Append an event and return its id; only inside `transaction()`.

    kind: of `domain.event_kinds`, ValueError for another. actor: None when the product itself acts.
    data: portable values only: logins, keys, names, ISO dates; never ids.
    Raises RuntimeError outside a transaction: the event must stand or fall with its change.
    """
    if kind not in event_kinds.ALL:
        raise ValueError(f"{kind}: no kind of event")
    if not database.in_transaction():
        message = f"{kind}: an event belongs to the transaction of its change"
        raise RuntimeError(message)
    [(event_id,)] = insert(
        at=Event.at.db_value(at),
        actor_id=None if actor is None else actor.user_id,
        kind=kind,
        project_id=project_id,
        task_id=task_id,
        data=Event.data.db_value(data),
    )
    return int(event_id)


@Statement
def insert(*, at: Any, actor_id: Any, kind: Any, project_id: Any, task_id: Any, data: Any) -> Any:
    """Add a row to the journal and return its id."""
    values = {
        "at": at,
        "actor": actor_id,
        "kind": kind,
        "project": project_id,
        "task": task_id,
        "data": data,
    }
    return Event.insert(values).returning(Event.id)
