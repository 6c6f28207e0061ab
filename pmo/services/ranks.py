"""Writing ranks: only under the lock of the column, in the caller's transaction."""

from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import ordering
from pmo.models import Task
from pmo.statements import Statement


def last(column_id: int) -> int | None:
    """Return the greatest rank of a column, None if it is empty."""
    [(rank,)] = greatest(column_id=column_id, task_id=0)
    return None if rank is None else int(rank)


def find(task_id: int, rank: int | None, column_id: int, below: int | None) -> int | None:
    """Return a rank for a task in a column above the rank `below`, None for where it stands.

    rank: the task's own, if it is in this column already. below: None for the end.
    Ranks the column anew when the gap is used up: `below` must be read again then,
    which NoGap tells.
    """
    if below is None:
        [(above,)] = greatest(column_id=column_id, task_id=task_id)
    else:
        [(above,)] = greatest_above(column_id=column_id, task_id=task_id, below=below)
    if rank is not None and (above or 0) < rank and (below is None or rank < below):
        return None
    found = ordering.between(above, below)
    if found is None:
        raise NoGap
    return found


class NoGap(Exception):
    """There is no whole number between the neighbours: `rebalance`, then ask again."""


def rebalance(column_id: int) -> None:
    """Rank a column evenly, keeping its order.

    Through negative ranks, because the unique index is checked row by row.
    """
    in_order = Task.select(Task.id).where(Task.column == column_id).order_by(Task.rank)
    ids = [task_id for (task_id,) in rows(in_order)]
    for task_id, rank in zip(ids, ordering.even(len(ids)), strict=True):
        Task.update(rank=-rank).where(Task.id == task_id).execute()
    Task.update(rank=Task.rank * -1).where(Task.column == column_id).execute()


@Statement
def greatest(column_id: Any, task_id: Any) -> Any:
    """Return the greatest rank in a column, not counting one task."""
    others = (Task.column == column_id) & (Task.id != task_id)
    return Task.select(pw.fn.MAX(Task.rank)).where(others)


@Statement
def greatest_above(column_id: Any, task_id: Any, below: Any) -> Any:
    """Return the greatest rank above another, not counting one task."""
    others = (Task.column == column_id) & (Task.id != task_id) & (Task.rank < below)
    return Task.select(pw.fn.MAX(Task.rank)).where(others)
