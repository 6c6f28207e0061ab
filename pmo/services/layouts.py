"""The order of many cards at once: changed in memory, under the locks of its columns.

An act on a hundred cards costs a few statements, not a hundred; and each move is told with the
neighbour it left, so that taking the moves back one by one, the last first, restores the order.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

import peewee as pw

from pmo.db import rows
from pmo.domain import ordering
from pmo.models import Task

BATCH = 500
"""Cards of one statement."""


class Layout:
    """All cards of some columns, archived ones too, top to bottom."""

    def __init__(self, column_ids: Iterable[int]) -> None:
        self._order: dict[int, list[int]] = {column_id: [] for column_id in column_ids}
        self._rank: dict[int, int] = {}
        self._column: dict[int, int] = {}
        self._came_from: dict[int, int] = {}
        self._moved: set[int] = set()
        self._numbers: dict[int, int] = {}
        fields = (Task.column, Task.id, Task.rank, Task.number)
        query = Task.select(*fields).where(Task.column.in_(list(self._order)))
        for column_id, task_id, rank, number in rows(query.order_by(Task.column, Task.rank)):
            self._order[column_id].append(task_id)
            self._rank[task_id] = rank
            self._numbers[task_id] = number
            self._column[task_id] = column_id

    def column_of(self, task_id: int) -> int:
        """Return the column where a card stands now."""
        return self._column[task_id]

    def number_below(self, task_id: int) -> int | None:
        """Return the number of the card under another, None for the last of its column."""
        below = self.below(task_id)
        return None if below is None else self._numbers[below]

    def below(self, task_id: int) -> int | None:
        """Return the card under another, None for the last of its column."""
        order = self._order[self._column[task_id]]
        place = order.index(task_id) + 1
        return order[place] if place < len(order) else None

    def put(self, task_id: int, column_id: int, before_id: int | None) -> bool:
        """Put a card before another, or at the end where that one is not; False if it is there."""
        source = self._column[task_id]
        if source == column_id and before_id in {task_id, self.below(task_id)}:
            return False
        self._order[source].remove(task_id)
        order = self._order[column_id]
        there = before_id is not None and self._column.get(before_id) == column_id
        order.insert(order.index(before_id) if there else len(order), task_id)  # type: ignore[arg-type]
        self._came_from.setdefault(task_id, source)
        self._column[task_id] = column_id
        self._moved.add(task_id)
        return True

    def write(self, at: datetime) -> None:
        """Write the cards that stand elsewhere now."""
        if not self._moved:
            return
        ranks = self._ranks()
        for batch in pw.chunked(sorted(ranks), BATCH):
            # Through negative ranks, because the unique index is checked row by row.
            negative = {task_id: -ranks[task_id] for task_id in batch}
            places = {"column": _case(batch, self._column), "rank": _case(batch, negative)}
            Task.update(places).where(Task.id.in_(batch)).execute()
        for batch in pw.chunked(sorted(ranks), BATCH):
            Task.update(rank=Task.rank * -1).where(Task.id.in_(batch)).execute()
        moved = Task.update(moves=Task.moves + 1).where(Task.id.in_(sorted(self._moved)))
        moved.execute()
        entered = [it for it, source in self._came_from.items() if self._column[it] != source]
        if entered:
            Task.update(entered_at=at).where(Task.id.in_(sorted(entered))).execute()

    def _ranks(self) -> dict[int, int]:
        """Return the new ranks: of the moved cards, or of a whole column without gaps."""
        found: dict[int, int] = {}
        for column_id in {self._column[task_id] for task_id in self._moved}:
            order = self._order[column_id]
            spread = self._spread(order)
            evenly = zip(order, ordering.even(len(order)), strict=True)
            found |= dict(evenly) if spread is None else spread
        return found

    def _spread(self, order: list[int]) -> dict[int, int] | None:
        """Rank the moved cards between those that stay; None if a gap is too narrow."""
        found: dict[int, int] = {}
        stay = [place for place, task_id in enumerate(order) if task_id not in self._moved]
        for start, end in pairwise([-1, *stay, len(order)]):
            run = order[start + 1 : end]
            low = 0 if start < 0 else self._rank[order[start]]
            if end == len(order):
                found |= {it: low + ordering.GAP * n for n, it in enumerate(run, start=1)}
                continue
            step = (self._rank[order[end]] - low) // (len(run) + 1)
            if run and step == 0:
                return None
            found |= {it: low + step * n for n, it in enumerate(run, start=1)}
        return found


def _case(batch: list[int], values: dict[int, int]) -> pw.Case:
    return pw.Case(Task.id, [(task_id, values[task_id]) for task_id in batch])
