"""Boards as their pages show them: columns, heads, and what a move changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo.db import rows
from pmo.domain import done, wip
from pmo.domain.board_rules import Rules
from pmo.domain.move_rules import Guard
from pmo.domain.permissions import Actor, Capability
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload
from pmo.models import Board, Column
from pmo.queries import access, cards, task_filters, wip_rules
from pmo.queries.cards import CardView, LabelView, PersonView
from pmo.queries.task_filters import TaskFilters
from pmo.statements import Statement

__all__ = ["CardView", "LabelView", "PersonView"]


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's head: name, sums, limit. count: cards. weight: their sum.

    enter_by_lead, leave_by_lead: a rule keeps such moves for the lead of the project.
    """

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
    enter_by_lead: bool
    leave_by_lead: bool
    amber_days: int | None
    red_days: int | None
    revision: int
    version: int

    @property
    def criteria(self) -> tuple[str, ...]:
        """What is asked for when a card enters the column; () if nothing."""
        return done.asked(self.meaning, self.definition_of_done)


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
    rules: int


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
    passed; overloads: those of people, stages and labels. loads: all of the board beyond their
    limits, None if it has none. layout_changed: the columns are not those of the page.
    """

    card: CardView
    heads: tuple[ColumnHead, ...]
    stale_columns: tuple[ColumnView, ...]
    revision: int
    overrun: Overrun | None
    overloads: tuple[Overload, ...]
    loads: tuple[Overload, ...] | None
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
        rules=found.rules,
    )


def columns(board_id: int, *, today: date) -> tuple[ColumnView, ...]:
    """Return the columns with their cards; five statements, however many cards.

    The caller has loaded the board through `head`, which checks the actor.
    """
    heads = column_heads(board_id)  # first: kept HTML is named by a revision that its cards have
    return _whole(heads, cards.OF_BOARD.by_column(today=today, board_id=board_id))


def filtered(board_id: int, filters: TaskFilters, *, today: date) -> tuple[ColumnView, ...]:
    """Return the columns with those cards that fit; heads keep their true sums.

    Five statements, however many cards. The caller has loaded the board through `head`.
    """
    heads = column_heads(board_id)
    fitting = set(task_filters.ids(Column.board == board_id, filters, today=today))
    by_column = cards.OF_BOARD.by_column(today=today, board_id=board_id) if fitting else {}
    shown = {
        column_id: [card for card in found if card.id in fitting]
        for column_id, found in by_column.items()
    }
    return _whole(heads, shown)


def column(column_id: int, actor: Actor, *, today: date) -> tuple[BoardHead, ColumnView]:
    """Return one column and its board's head. Raises NotFound, Forbidden."""
    found = access.column(column_id, actor, Capability.PROJECT_READ)
    heads = tuple(head for head in column_heads(found.board_id) if head.id == column_id)
    cards_of = cards.OF_COLUMN.by_column(today=today, column_id=column_id)
    [view] = _whole(heads, cards_of)
    return head(found.board_id, actor), view


def placed(fact: Placed, *, today: date, whole: bool = False) -> PlacedView:
    """Return what a page of the revision `fact.page_revision` must redraw after the move.

    whole: the page has not put the card in its place itself; it needs the columns.
    """
    seen = fact.page_revision
    # First, so that what is read after it is as new, or newer.
    [(present, layout, rules)] = revisions(board_id=fact.board_id)
    heads = column_heads(fact.board_id)
    stale: tuple[ColumnView, ...] = ()
    if seen is not None and (whole or seen < present - 1):
        changed = cards.CHANGED.by_column(today=today, board_id=fact.board_id, revision=seen)
        stale = _whole(tuple(head for head in heads if head.revision > seen), changed)
    return PlacedView(
        card=cards.card(fact.task_id, today=today),
        heads=tuple(head for head in heads if head.id in {fact.from_column_id, fact.column_id}),
        stale_columns=stale,
        revision=present,
        overrun=fact.overrun,
        overloads=fact.overloads,
        loads=loads(fact.board_id, rules),
        layout_changed=seen is not None and layout > seen,
    )


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a page of an earlier revision must redraw: whole columns, top to bottom.

    loads: as of `PlacedView`.
    """

    columns: tuple[ColumnView, ...]
    revision: int
    layout_changed: bool
    loads: tuple[Overload, ...] | None


def changed(board_id: int, seen: int, *, today: date) -> BoardChange:
    """Return what has changed on a board since a revision; the caller has checked the actor."""
    [(revision, layout, rules)] = revisions(board_id=board_id)
    heads = tuple(head for head in column_heads(board_id) if head.revision > seen)
    cards_of = cards.CHANGED.by_column(today=today, board_id=board_id, revision=seen)
    over = loads(board_id, rules)
    return BoardChange(_whole(heads, cards_of), revision, layout > seen, over)


def loads(board_id: int, rules: int) -> tuple[Overload, ...] | None:
    """Return who and what has more in progress than agreed; None if nothing is agreed.

    rules: of the board's head. The caller has checked the actor.
    """
    return wip_rules.overloads(board_id) if rules & Rules.WIP else None


def column_heads(board_id: int) -> tuple[ColumnHead, ...]:
    """Return the heads of a board's columns, in order; the caller has checked the actor."""
    return tuple(_head(row) for row in heads_of_board(board_id=board_id))


def settings(board_id: int, actor: Actor) -> tuple[BoardHead, tuple[ColumnHead, ...]]:
    """Return a board and its column heads for editing. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.BOARD_CONFIGURE)
    return head(board_id, actor), column_heads(board_id)


def of_project(project_id: int, actor: Actor) -> tuple[BoardHead, ...]:
    """Return the boards of a project, in order. Raises NotFound, Forbidden."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    ids = Board.select(Board.id).where(Board.project == project_id).order_by(Board.position)
    return tuple(head(board_id, actor) for (board_id,) in rows(ids))


def _whole(
    heads: tuple[ColumnHead, ...], cards_of: dict[int, list[CardView]]
) -> tuple[ColumnView, ...]:
    return tuple(ColumnView(head, tuple(cards_of.get(head.id, ()))) for head in heads)


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
    "guard",
    "amber_days",
    "red_days",
    "revision",
    "version",
)


def _head(row: tuple[Any, ...]) -> ColumnHead:
    """Read a raw row, in the order of `HEAD_COLUMNS`."""
    found = dict(zip(HEAD_COLUMNS, row, strict=True))
    kind, limit = WipKind(found.pop("wip_kind")), found["wip_limit"]
    count, guard = found.pop("task_count"), found.pop("guard")
    return ColumnHead(
        meaning=ColumnMeaning(found.pop("meaning")),
        wip_kind=kind,
        count=count,
        weight=found.pop("task_weight"),
        is_full=wip.is_over(limit, kind, count=count + 1),
        is_over=wip.is_over(limit, kind, count=count),
        enter_by_lead=bool(guard & Guard.ENTER),
        leave_by_lead=bool(guard & Guard.LEAVE),
        **found,
    )


@Statement
def heads_of_board(board_id: Any) -> Any:
    """Return the columns of a board, in order."""
    query = Column.select(*(getattr(Column, name) for name in HEAD_COLUMNS))
    return query.where(Column.board == board_id).order_by(Column.position)


@Statement
def revisions(board_id: Any) -> Any:
    """Return the present revision, the one that last changed the columns, kinds of rules."""
    query = Board.select(Board.revision, Board.layout_revision, Board.rule_kinds)
    return query.where(Board.id == board_id)
