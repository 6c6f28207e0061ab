"""The one command of “done”: move a task to where its board keeps what is done."""

from datetime import datetime

from pmo.db import rows
from pmo.domain.done import Confirmed
from pmo.domain.permissions import Actor, Capability
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import NoDoneColumn
from pmo.models import Column
from pmo.queries import access
from pmo.services import tasks


def complete(
    task_id: int, *, confirmed: Confirmed = False, actor: Actor, at: datetime
) -> Placed | None:
    """Move a task to the end of the first column of its board that means done.

    confirmed: as in `tasks.place`, which also refuses what it refuses. None if it is done already.
    Raises NotFound, Forbidden, Archived, NoDoneColumn, MoveNotAllowed, DefinitionOfDoneAsked,
    WipLimitReached.
    """
    found = access.task(task_id, actor, Capability.TASK_EDIT)
    is_done = (Column.board == found.board_id) & (Column.meaning == ColumnMeaning.DONE)
    query = Column.select(Column.id).where(is_done).order_by(Column.position)
    targets = [column_id for (column_id,) in rows(query)]
    if not targets:
        raise NoDoneColumn
    if found.column_id in targets:
        return None
    return tasks.place(task_id, column_id=targets[0], confirmed=confirmed, actor=actor, at=at)
