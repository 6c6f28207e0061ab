"""Writing ranks: only under the lock of the column, in the caller's transaction."""

import peewee as pw

from pmo.db import rows
from pmo.domain import ordering
from pmo.models import Task


def last(column_id: int) -> int | None:
    """Return the greatest rank of a column, None if it is empty."""
    rank: int | None = Task.select(pw.fn.MAX(Task.rank)).where(Task.column == column_id).scalar()
    return rank


def write(task: Task, column_id: int, before_id: int | None) -> bool:
    """Put a task before another in a column, or at its end; False if it stands there already.

    The neighbour counts only while it is in this column. Writes the task's row alone,
    unless the gap is used up: then the column is ranked anew first.
    """
    above, below = _neighbours(task.id, column_id, before_id)
    if task.column_id == column_id and _is_between(task.rank, above, below):
        return False
    rank = ordering.between(above, below)
    if rank is None:
        rebalance(column_id)
        rank = ordering.between(*_neighbours(task.id, column_id, before_id))
        if rank is None:
            message = "an evenly ranked column has no gap"
            raise RuntimeError(message)
    moved = {"column": column_id, "rank": rank, "moves": Task.moves + 1}
    Task.update(moved).where(Task.id == task.id).execute()
    return True


def rebalance(column_id: int) -> None:
    """Rank a column evenly, keeping its order.

    Through negative ranks, because the unique index is checked row by row.
    """
    in_order = Task.select(Task.id).where(Task.column == column_id).order_by(Task.rank)
    ids = [task_id for (task_id,) in rows(in_order)]
    for task_id, rank in zip(ids, ordering.even(len(ids)), strict=True):
        Task.update(rank=-rank).where(Task.id == task_id).execute()
    Task.update(rank=Task.rank * -1).where(Task.column == column_id).execute()


def _neighbours(
    task_id: int, column_id: int, before_id: int | None
) -> tuple[int | None, int | None]:
    """Return the ranks above and below the wanted place, not counting the task itself."""
    others = (Task.column == column_id) & (Task.id != task_id)
    below = None
    if before_id is not None:
        below = Task.select(Task.rank).where(others & (Task.id == before_id)).scalar()
    greatest = Task.select(pw.fn.MAX(Task.rank)).where(others)
    if below is not None:
        greatest = greatest.where(Task.rank < below)
    return greatest.scalar(), below


def _is_between(rank: int, above: int | None, below: int | None) -> bool:
    return (above or 0) < rank and (below is None or rank < below)
