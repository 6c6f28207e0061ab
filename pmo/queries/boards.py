"""Boards as their pages show them: columns, heads, and what a move changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import database, rows
from pmo.domain import wip
from pmo.domain.permissions import Actor, Capability
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.domain.wip import Overrun
from pmo.models import Board, Column
from pmo.queries import access, cards
from pmo.queries.cards import CardView, LabelView, PersonView

__all__ = ["CardView", "LabelView", "PersonView"]


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's head: name, sums, limit. count: cards. weight: their sum."""

    id: int
    key: str
    name: str
    meaning: ColumnMeaning
    wip_limit: int | None
    wip_kind: WipKind
    is_full: bool
    is_over: bool
    count: int
    weight: int
    definition_of_done: str
    revision: int
    version: int


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column with its cards, top to bottom."""

    head: ColumnHead
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class BoardHead:
    """What stands above the columns, and what this actor may do here."""

    id: int
    name: str
    revision: int
    version: int
    project_id: int
    project_code: str
    project_name: str
    can_edit: bool
    can_configure: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """A whole board."""

    head: BoardHead
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True)
class PlacedView:
    """What the page must redraw after a move.

    heads: of the columns the card left and entered. stale_columns: whole columns, when
    the page was behind; `card` and `heads` are then inside them. overrun: a soft limit
    passed. layout_changed: the columns themselves are not those of the page.
    """

    card: CardView
    heads: tuple[ColumnHead, ...]
    stale_columns: tuple[ColumnView, ...]
    revision: int
    overrun: Overrun | None
    layout_changed: bool


def head(board_id: int, actor: Actor) -> BoardHead:
    """Return what stands above the columns; one statement. Raises NotFound, Forbidden."""
    found = access.board(board_id, actor, Capability.PROJECT_READ)
    return BoardHead(
        id=found.board_id,
        name=found.name,
        revision=found.revision,
        version=found.version,
        project_id=found.project_id,
        project_code=found.code,
        project_name=found.project_name,
        can_edit=found.may(Capability.TASK_EDIT),
        can_configure=found.may(Capability.BOARD_CONFIGURE),
    )


def columns(board_id: int, *, today: date) -> tuple[ColumnView, ...]:
    """Return the columns with their cards; four statements, however many cards.

    The caller has loaded the board through `head`, which checks the actor.
    """
    heads = column_heads(Column.board == board_id)
    grouped = cards.by_column(Column.board == board_id, today=today)
    return tuple(ColumnView(head, tuple(grouped.get(head.id, ()))) for head in heads)


def column(column_id: int, actor: Actor, *, today: date) -> tuple[BoardHead, ColumnView]:
    """Return one column and its board's head. Raises NotFound, Forbidden."""
    found = access.column(column_id, actor, Capability.PROJECT_READ)
    [view] = _whole(Column.id == column_id, today=today)
    return head(found.board_id, actor), view


def placed(fact: Placed, *, today: date) -> PlacedView:
    """Return what a page of the revision `fact.page_revision` must redraw after the move."""
    seen = fact.page_revision
    is_behind = seen is not None and seen < fact.revision - 1
    changed = (Column.board == fact.board_id) & (Column.revision > (seen or 0))
    layout = Board.select(Board.layout_revision).where(Board.id == fact.board_id).scalar()
    return PlacedView(
        card=cards.card(fact.task_id, today=today),
        heads=column_heads(Column.id.in_([fact.from_column_id, fact.column_id])),
        stale_columns=_whole(changed, today=today) if is_behind else (),
        revision=fact.revision,
        overrun=fact.overrun,
        layout_changed=seen is not None and layout > seen,
    )


def column_heads(condition: pw.Expression) -> tuple[ColumnHead, ...]:
    """Return the heads of the columns under a condition, in the board's order."""
    query = Column.select(*(getattr(Column, name) for name in HEAD_COLUMNS))
    query = query.where(condition).order_by(Column.board, Column.position)
    return tuple(_head(row) for row in database.execute(query))


def of_project(project_id: int, actor: Actor) -> tuple[BoardHead, ...]:
    """Return the boards of a project, in order. Raises NotFound, Forbidden."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    ids = Board.select(Board.id).where(Board.project == project_id).order_by(Board.position)
    return tuple(head(board_id, actor) for (board_id,) in rows(ids))


def _whole(condition: pw.Expression, *, today: date) -> tuple[ColumnView, ...]:
    heads = column_heads(condition)
    grouped = cards.by_column(condition, today=today)
    return tuple(ColumnView(head, tuple(grouped.get(head.id, ()))) for head in heads)


HEAD_COLUMNS = (
    "id",
    "key",
    "name",
    "meaning",
    "wip_limit",
    "wip_kind",
    "task_count",
    "task_weight",
    "definition_of_done",
    "revision",
    "version",
)


def _head(row: tuple[Any, ...]) -> ColumnHead:
    """Read a raw row, in the order of `HEAD_COLUMNS`."""
    found = dict(zip(HEAD_COLUMNS, row, strict=True))
    kind, limit = WipKind(found.pop("wip_kind")), found["wip_limit"]
    count = found.pop("task_count")
    return ColumnHead(
        meaning=ColumnMeaning(found.pop("meaning")),
        wip_kind=kind,
        count=count,
        weight=found.pop("task_weight"),
        is_full=wip.is_over(limit, kind, count=count + 1),
        is_over=wip.is_over(limit, kind, count=count),
        **found,
    )
