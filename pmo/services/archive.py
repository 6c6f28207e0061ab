"""Commands on the archive: a card never vanishes, it is put away and can be taken out.

An archived task keeps its column and its rank, so that it comes back to its place; it takes no
part in the sums of the column, and nothing else can be done to it.
"""

from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain.acts import Acted
from pmo.domain.permissions import Actor, Capability
from pmo.errors import GoesOnElsewhere
from pmo.models import Project, Task
from pmo.queries import access
from pmo.services import acts, board_locks, held_cards
from pmo.services.held_cards import Card
from pmo.services.steps import Shelf, Step


@board_locks.restarted
def archive(task_id: int, *, actor: Actor, at: datetime) -> Acted:
    """Put a task into the archive; one that is there stays as it is.

    Raises NotFound, Forbidden.
    """
    with transaction():
        access.archived_or_live_task(task_id, actor, Capability.TASK_EDIT)
        held = held_cards.hold([task_id])
        if held.cards[task_id].archived_at is not None:
            return Acted(None)
        step = Step(task_id, "task.archived", shelf=Shelf(at))
        return acts.write([step], held, actor=actor, at=at)


@board_locks.restarted
def restore(task_id: int, *, actor: Actor, at: datetime) -> Acted:
    """Take a task out of the archive, to its place; one that is not there stays as it is.

    One that was merged into another is from then on a card beside it; one that went on in another
    project stays, so that it is never on two boards.
    Raises NotFound, Forbidden, GoesOnElsewhere, WipLimitReached.
    """
    with transaction():
        access.archived_or_live_task(task_id, actor, Capability.TASK_EDIT)
        held = held_cards.hold([task_id])
        card = held.cards[task_id]
        if card.archived_at is None:
            return Acted(None)
        data = {} if card.successor_id is None else {"successor": _onward(card, card.successor_id)}
        step = Step(task_id, "task.restored", data, shelf=Shelf(None))
        return acts.write([step], held, actor=actor, at=at)


def _onward(card: Card, successor_id: int) -> str:
    """Return the number of the task that a card went on as. Raises GoesOnElsewhere."""
    query = Task.select(Project.id, Project.code, Task.number).join(Project)
    [(project_id, code, number)] = rows(query.where(Task.id == successor_id))
    key = f"{code}-{number}"
    if project_id != card.project_id:
        raise GoesOnElsewhere(key=key)
    return key
