"""Places of single tasks: where one stands under the lock of its column, and where it goes."""

from dataclasses import dataclass
from typing import Any

from pmo.models import Task
from pmo.queries import access
from pmo.services import board_locks, ranks
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands, read under the lock of its column. below: the number under it.

    is_live: it is not in the archive.
    """

    task_id: int
    column_id: int
    rank: int
    weight: int
    below: int | None
    is_live: bool


def locked(
    found: access.TaskAccess, column_id: int
) -> tuple[Place, dict[int, board_locks.LockedColumn]]:
    """Lock the task's column and another, then read where it stands.

    Raises board_locks.MovedMeanwhile: locking yet another column now could make a circle of waits.
    """
    columns = board_locks.lock_columns(found.column_id, column_id)
    place = Place(*place_of(task_id=found.task_id)[0])
    if place.column_id not in columns or not place.is_live:
        raise board_locks.MovedMeanwhile
    return place, columns


def rank_before(place: Place, column_id: int, before_id: int | None) -> int | None:
    """Find the task's new rank; None if it stands there already.

    The neighbour counts only while it is in this column.
    """
    own = place.rank if place.column_id == column_id else None
    below = None
    if before_id == place.task_id and own is not None:
        return None
    if before_id is not None:
        neighbour = Place(*place_of(task_id=before_id)[0])
        below = neighbour.rank if neighbour.column_id == column_id else None
    try:
        return ranks.find(place.task_id, own, column_id, below)
    except ranks.NoGap:
        ranks.rebalance(column_id)
        return rank_before(Place(*place_of(task_id=place.task_id)[0]), column_id, before_id)


@Statement
def place_of(task_id: Any) -> Any:
    """Return where a task stands, as the fields of `Place`."""
    below = Task.alias()
    under = (below.column == Task.column) & (below.rank > Task.rank)
    number = below.select(below.number).where(under).order_by(below.rank).limit(1)
    columns = (Task.id, Task.column, Task.rank, Task.weight, number, Task.archived_at.is_null())
    return Task.select(*columns).where(Task.id == task_id)


@Statement
def is_of_project(task_id: Any, project_id: Any) -> Any:
    """Return a row if the task belongs to the project."""
    return Task.select(Task.id).where((Task.id == task_id) & (Task.project == project_id))


@Statement
def set_rank(task_id: Any, rank: Any) -> Any:
    """Write a task's place in its column, and nothing else of it."""
    return Task.update(rank=rank, moves=Task.moves + 1).where(Task.id == task_id)


@Statement
def enter(task_id: Any, column_id: Any, rank: Any, at: Any) -> Any:
    """Write a task's new column and place, and since when it stands there."""
    moved = {"column": column_id, "rank": rank, "moves": Task.moves + 1, "entered_at": at}
    return Task.update(moved).where(Task.id == task_id)
