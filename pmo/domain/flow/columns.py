"""The columns of a board as they were at a moment: from those of today, backwards.

The journal tells every change of a column but not what a board began with.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pmo.domain.flow.figures import FlowStep
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.replaying import MEANINGS, Happened
from pmo.domain.vocabulary import ColumnMeaning

KINDS = frozenset({"column.added", "column.edited", "column.moved", "column.removed"})
"""What is to be known of the past of columns."""


@dataclass(frozen=True, slots=True)
class BoardColumns:
    """A board with its columns from left to right. key: of the board."""

    key: str
    columns: tuple[FlowStep, ...]


def as_of(
    board: BoardColumns, events: Sequence[Happened], lives: Lives, moment: datetime
) -> BoardColumns:
    """Return a board as it was. events: of the project, of `KINDS`, in the order of their ids.

    lives: tell what a column that is gone meant.
    """
    mine = [event for event in events if event.data.get("board") == board.key]
    columns = {step.key: step for step in board.columns}
    order = [step.key for step in board.columns]
    for event in reversed(mine):
        if event.at <= moment:
            continue
        key = event.data.get("column", "")
        if event.kind == "column.added":
            columns.pop(key, None)
        elif event.kind == "column.removed":
            columns[key] = FlowStep(key, event.data.get("name", ""), _meant(key, board.key, lives))
        elif event.kind == "column.edited" and key in columns:
            columns[key] = _before(columns[key], event.data.get("changes", {}))
    if any(event.at > moment and event.kind != "column.edited" for event in mine):
        order = _order(columns, order, [event for event in mine if event.at <= moment])
    return replace(board, columns=tuple(columns[key] for key in order if key in columns))


def _order(columns: Iterable[str], present: Sequence[str], events: Sequence[Happened]) -> list[str]:
    """Return keys as they last were put in order; else as they were made, each at the right end.

    A key of another form than c1, c2 … came with a portfolio file, and keeps its present place.
    """
    moves = [event for event in events if event.kind == "column.moved"]
    placed: list[str] = list(moves[-1].data.get("order", ())) if moves else []
    others = [key for key in columns if key not in placed]
    return placed + sorted(others, key=lambda key: (_number(key), _place(key, present)))


def _number(key: str) -> int:
    found = re.fullmatch(r"c(\d{1,9})", key)
    return int(found[1]) if found else 0


def _place(key: str, present: Sequence[str]) -> int:
    return present.index(key) if key in present else len(present)


def _before(step: FlowStep, changes: Any) -> FlowStep:
    name, meaning = changes.get("name"), changes.get("meaning")
    if name:
        step = replace(step, name=name[0])
    if meaning and meaning[0] in MEANINGS:
        step = replace(step, meaning=MEANINGS[meaning[0]])
    return step


def _meant(key: str, board: str, lives: Lives) -> ColumnMeaning:
    """Return what a column meant to the last card that stood there."""
    spells = (
        spell
        for life in lives.values()
        for spell in life.spells
        if (spell.board, spell.column) == (board, key)
    )
    last = max(spells, key=lambda it: it.since, default=None)
    return ColumnMeaning.QUEUE if last is None else last.meaning
