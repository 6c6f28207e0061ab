"""The journal: one event for every change, in the transaction of the change."""

from datetime import datetime
from typing import Any

from pmo.db import database
from pmo.domain import event_kinds
from pmo.domain.happenings import Happening
from pmo.domain.permissions import Actor
from pmo.models import Event
from pmo.statements import Statement


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
) -> int:
    """Append an event and return its id; only inside `transaction()`.

    kind: of `domain.event_kinds`, ValueError for another. actor: None when the product itself acts.
    data: portable values only: logins, keys, names, ISO dates; never ids.
    act_id: the first event of the act that this one belongs to, if it is not the first.
    undoes_id: the event that this one takes back.
    What follows from the event (`services.reactions`) is done here, in the same transaction.
    Raises RuntimeError outside a transaction: the event must stand or fall with its change.
    """
    from pmo.services import reactions  # the reactions call services, which append to the journal

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
        act_id=act_id,
        undoes_id=undoes_id,
    )
    reactions.follow(Happening(int(event_id), kind, actor, at, project_id, task_id, data))
    return int(event_id)


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
