"""Tasks of a board or a project as a list: filtered, ordered, page by page."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import is_postgresql
from pmo.domain.own_fields import PREFIX
from pmo.domain.permissions import Actor, Capability
from pmo.models import Board, Column, OwnField, OwnValue, Stage, Task
from pmo.queries import access, cards, own_fields, task_filters
from pmo.queries.cards import CardView
from pmo.queries.task_filters import TaskFilters


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page in which order. sort: of `domain.task_order.ORDERS`. page: from 1."""

    sort: str = "place"
    page: int = 1
    page_size: int = 50


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of tasks. total: how many fit the filters, over all pages."""

    items: tuple[CardView, ...]
    total: int
    page: int
    page_size: int


def of_board(
    board_id: int, actor: Actor, filters: TaskFilters, wanted: Slice, *, today: date
) -> TaskPage:
    """Return tasks of a board; six statements at most. Raises NotFound."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return _page(Column.board == board_id, filters, wanted, today)


def of_project(
    project_id: int, actor: Actor, filters: TaskFilters, wanted: Slice, *, today: date
) -> TaskPage:
    """Return tasks of all boards of a project; six statements at most. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return _page(Task.project == project_id, filters, wanted, today)


def with_own(page: TaskPage) -> TaskPage:
    """Return a page whose tasks show the own fields of their project; one statement."""
    own = own_fields.listed([card.id for card in page.items])
    return replace(page, items=tuple(replace(card, own=own[card.id]) for card in page.items))


def _page(scope: pw.Expression, filters: TaskFilters, wanted: Slice, today: date) -> TaskPage:
    ids = task_filters.ids(scope, filters, today=today, order=_order(wanted.sort))
    first = (wanted.page - 1) * wanted.page_size
    shown = ids[first : first + wanted.page_size]
    items = cards.of_tasks(shown, today=today)
    return TaskPage(items, len(ids), wanted.page, wanted.page_size)


def _order(sort: str) -> tuple[Any, ...]:
    name = sort.removeprefix("-")
    title = _by_code_points(Task.title)
    if name.startswith(PREFIX):
        return (*_own_order(name.removeprefix(PREFIX), turned=sort.startswith("-")), Task.id)
    columns: dict[str, list[Any]] = {
        "place": [Board.position, Board.id, Column.position, Task.rank],
        "number": [Task.number],
        "title": [title],
        "due_on": [Task.due_on],
        "weight": [Task.weight],
        "archived_at": [Task.archived_at],
        "stage": [Stage.select(Stage.position).where(Stage.id == Task.stage)],
    }
    turned = sort.startswith("-")
    return (*(_turned(column, turned=turned) for column in columns[name]), Task.id)


def _own_order(key: str, *, turned: bool) -> tuple[Any, ...]:
    """Order by an own field: numbers and days by their amount, texts by their folded words."""
    held = OwnValue.select().join(OwnField)
    held = held.where((OwnValue.task == Task.id) & (OwnField.key == key))
    columns = (held.select(OwnValue.amount), held.select(_by_code_points(OwnValue.folded)))
    return tuple(_turned(column, turned=turned) for column in columns)


def _turned(column: Any, *, turned: bool) -> Any:
    return pw.Ordering(column, "DESC" if turned else "ASC", nulls="last")


def _by_code_points(text: Any) -> Any:
    return text.collate('"C"') if is_postgresql() else text
