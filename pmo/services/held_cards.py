"""Cards held for an act: their columns locked first, then read where they stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows
from pmo.models import Board, Project, Task
from pmo.services import board_locks
from pmo.services.board_locks import LockedColumn


@dataclass(frozen=True, slots=True)
class Card:
    """A task as it stands, read under the lock of its column."""

    id: int
    project_id: int
    code: str
    number: int
    title: str
    column_id: int
    weight: int
    version: int
    archived_at: datetime | None
    successor_id: int | None

    @property
    def key(self) -> str:
        """Return its number as people say it."""
        return f"{self.code}-{self.number}"


@dataclass(frozen=True, slots=True)
class HeldBoard:
    """A board of cards that are held. rules: kinds of rules that it has."""

    key: str
    rules: int


@dataclass(frozen=True, slots=True)
class Held:
    """Cards, with all columns that an act touches, until the transaction ends."""

    cards: dict[int, Card]
    columns: dict[int, LockedColumn]
    boards: dict[int, HeldBoard]

    def board_key(self, column_id: int) -> str:
        """Return the key of a column's board."""
        return self.boards[self.columns[column_id].board_id].key

    def place(self, column_id: int) -> dict[str, Any]:
        """Describe where a card stands for the journal, with values that outlive it."""
        column = self.columns[column_id]
        return {
            "board": self.board_key(column_id),
            "column": column.key,
            "meaning": column.meaning.value,
            "column_name": column.name,
        }


def hold(task_ids: Collection[int], column_ids: Collection[int] = ()) -> Held:
    """Lock the columns of some cards, and others, then read where the cards stand.

    Raises board_locks.MovedMeanwhile: locking yet another column now could make a circle of waits.
    """
    ids = list(task_ids)
    standing = rows(Task.select(Task.column).where(Task.id.in_(ids)).distinct())
    columns = board_locks.lock_many({*column_ids, *(column_id for (column_id,) in standing)})
    cards = {row[0]: Card(*row) for row in rows(_cards().where(Task.id.in_(ids)))}
    if any(card.column_id not in columns for card in cards.values()):
        raise board_locks.MovedMeanwhile
    board_ids = {column.board_id for column in columns.values()}
    found = Board.select(Board.id, Board.key, Board.rule_kinds).where(Board.id.in_(board_ids))
    boards = {board_id: HeldBoard(*row) for board_id, *row in rows(found)}
    return Held(cards, columns, boards)


def _cards() -> Any:
    fields = (
        Task.id,
        Task.project,
        Project.code,
        Task.number,
        Task.title,
        Task.column,
        Task.weight,
        Task.version,
        Task.archived_at,
        Task.successor,
    )
    return Task.select(*fields).join(Project)
