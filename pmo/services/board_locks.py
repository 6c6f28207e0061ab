"""Locks of boards, and the revision that every page of a board rides.

Everybody locks in one order, so that nobody waits in a circle: the project's counter,
columns by id, tasks, boards by id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pmo.db import locked, rows
from pmo.domain.board_rules import Rules
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.models import Board, Column, Task
from pmo.statements import Statement

P = ParamSpec("P")
R = TypeVar("R")


class MovedMeanwhile(Exception):
    """Between the look at a place and its lock, the task was moved or the column removed."""


def restarted(command: Callable[P, R]) -> Callable[P, R]:
    """Begin a command anew, with all locks given back, when its place is not there any more."""

    @wraps(command)
    def restarting(*args: P.args, **kwargs: P.kwargs) -> R:
        while True:
            try:
                return command(*args, **kwargs)
            except MovedMeanwhile:
                continue

    return restarting


def touch(project_id: int) -> None:
    """Tell the boards of a project that something they show has changed outside tasks.

    Inside the caller's transaction: a stage, a label, a person's name, the project itself.
    """
    ids = [
        board_id for (board_id,) in rows(Board.select(Board.id).where(Board.project == project_id))
    ]
    for board in lock_layout(ids):
        mark_all(board.id)


def redraw_columns(condition: Any) -> None:
    """Tell the boards that the cards of some columns show something else.

    In a transaction that has locked nothing else yet. condition: on `Column`.
    """
    found = rows(
        locked(Column.select(Column.id, Column.board).where(condition).order_by(Column.id))
    )
    revisions = next_revisions({board_id for _, board_id in found})
    for column_id, board_id in found:
        count(column_id, 0, 0, revision=revisions[board_id])


def redraw(task_id: int, column_id: int, **counters: int) -> int:
    """Tell the board that a card shows something else, and return its revision.

    Inside the caller's transaction, before it locks anything else of the board.
    counters: what to add to the task's own, by the names of `Task`: comment_count=1.
    Raises MovedMeanwhile if the task is not in that column any more.
    """
    [column] = lock_columns(column_id).values()
    there = (Task.id == task_id) & (Task.column == column_id)
    added = {name: getattr(Task, name) + by for name, by in counters.items()}
    if not Task.update({"column": column_id, **added}).where(there).execute():
        raise MovedMeanwhile
    revision = next_revision(column.board_id)
    count(column_id, 0, 0, revision=revision)
    return revision


def lock_layout(board_ids: list[int]) -> list[Board]:
    """Lock whole boards: all their columns first, then the boards, each in order of ids.

    Everybody locks in this order, so that nobody waits in a circle.
    """
    columns = Column.select(Column.id).where(Column.board.in_(board_ids)).order_by(Column.id)
    list(locked(columns))
    return list(locked(Board.select().where(Board.id.in_(board_ids)).order_by(Board.id)))


def next_revision(board_id: int) -> int:
    """Count one more revision of a board; the caller marks the columns."""
    [(revision,)] = bump_revision(board_id=board_id)
    return int(revision)


def next_revisions(board_ids: set[int]) -> dict[int, int]:
    """Count one more revision of one or two boards, in the order of their ids."""
    return {board_id: next_revision(board_id) for board_id in sorted(board_ids)}


def count(column_id: int, tasks: int, weight: int, *, revision: int) -> None:
    """Add to a column's sums, under its lock, and mark it as changed."""
    add_to_sums(column_id=column_id, tasks=tasks, weight=weight, revision=revision)


LOCKED = (
    Column.id,
    Column.board,
    Column.key,
    Column.name,
    Column.meaning,
    Column.wip_limit,
    Column.wip_kind,
    Column.task_count,
    Column.definition_of_done,
)
"""What `LockedColumn` is read from."""


@dataclass(frozen=True, slots=True)
class LockedColumn:
    """A column whose row is locked until the transaction ends."""

    id: int
    board_id: int
    key: str
    name: str
    meaning: ColumnMeaning
    wip_limit: int | None
    wip_kind: WipKind
    task_count: int
    definition_of_done: str


def lock_columns(one: int, other: int | None = None) -> dict[int, LockedColumn]:
    """Lock one or two columns, in the order of their ids, and return them by id.

    Raises MovedMeanwhile if one has been removed.
    """
    wanted = {one, one if other is None else other}
    found = columns_locked(one=min(wanted), other=max(wanted))
    if len(found) < len(wanted):
        raise MovedMeanwhile
    return {row[0]: _locked_column(row) for row in found}


def lock_many(column_ids: Iterable[int]) -> dict[int, LockedColumn]:
    """Lock any number of columns, in the order of their ids, and return them by id.

    Raises MovedMeanwhile if one has been removed.
    """
    wanted = set(column_ids)
    query = Column.select(*LOCKED).where(Column.id.in_(wanted)).order_by(Column.id)
    found = {row[0]: _locked_column(row) for row in rows(locked(query))}
    if len(found) < len(wanted):
        raise MovedMeanwhile
    return found


def _locked_column(row: tuple[Any, ...]) -> LockedColumn:
    id_, board_id, key, name, meaning, limit, kind, *rest = row
    return LockedColumn(
        id_, board_id, key, name, ColumnMeaning(meaning), limit, WipKind(kind), *rest
    )


def relayout(board_id: int) -> None:
    """Tell the board, whose layout is locked, that its columns themselves have changed."""
    revision = mark_all(board_id)
    Board.update(layout_revision=revision).where(Board.id == board_id).execute()


def set_rules(board_id: int, kind: Rules, *, present: bool) -> None:
    """Note whether the board, which is locked, has rules of a kind."""
    kinds = Board.rule_kinds.bin_or(int(kind)) if present else Board.rule_kinds.bin_and(~int(kind))
    Board.update(rule_kinds=kinds).where(Board.id == board_id).execute()


def mark_all(board_id: int) -> int:
    """Count one more revision of a board, which every column of it is of."""
    revision = next_revision(board_id)
    Column.update(revision=revision).where(Column.board == board_id).execute()
    return revision


@Statement
def columns_locked(one: Any, other: Any) -> Any:
    """Return one or two columns and lock them."""
    either = (Column.id == one) | (Column.id == other)
    return locked(Column.select(*LOCKED).where(either).order_by(Column.id))


@Statement
def bump_revision(board_id: Any) -> Any:
    """Raise a board's revision and return it."""
    bump = Board.update(revision=Board.revision + 1).where(Board.id == board_id)
    return bump.returning(Board.revision)


@Statement
def add_to_sums(column_id: Any, tasks: Any, weight: Any, revision: Any) -> Any:
    """Add to the two sums of a column."""
    sums = {
        "task_count": Column.task_count + tasks,
        "task_weight": Column.task_weight + weight,
        "revision": revision,
    }
    return Column.update(sums).where(Column.id == column_id)
