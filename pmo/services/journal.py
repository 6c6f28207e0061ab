"""The journal: one event for every change, in the transaction of the change."""

from datetime import datetime
from typing import Any

from pmo.db import database
from pmo.domain import event_kinds
from pmo.domain.permissions import Actor
from pmo.models import Event


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
    event = Event.create(
        at=at,
        actor=None if actor is None else actor.user_id,
        kind=kind,
        project=project_id,
        task=task_id,
        data=data,
    )
    return int(event.id)
