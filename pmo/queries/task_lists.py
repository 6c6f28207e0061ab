"""Tasks of a board or a project as a list: filtered, ordered, page by page."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import peewee as pw

from pmo.db import database, is_postgresql
from pmo.domain import folding
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, TaskKind
from pmo.models import Board, Column, Project, Task, TaskAssignee, TaskLabel
from pmo.queries import access, cards
from pmo.queries.cards import CardView


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """Which tasks are asked for; None and '' do not filter.

    search: words that key and title must all have, in any case of letters.
    """

    search: str = ""
    column_id: int | None = None
    stage_id: int | None = None
    label_id: int | None = None
    assignee_id: int | None = None
    kind: TaskKind | None = None
    is_done: bool | None = None
    is_blocked: bool | None = None
    is_overdue: bool | None = None
    is_archived: bool = False


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
    """Return tasks of a board; five statements at most. Raises NotFound."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return _page(Column.board == board_id, filters, wanted, today)


def of_project(
    project_id: int, actor: Actor, filters: TaskFilters, wanted: Slice, *, today: date
) -> TaskPage:
    """Return tasks of all boards of a project; five statements at most. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return _page(Task.project == project_id, filters, wanted, today)


def _page(scope: pw.Expression, filters: TaskFilters, wanted: Slice, today: date) -> TaskPage:
    ids = _ids(scope & _conditions(filters, today), filters.search, wanted.sort)
    first = (wanted.page - 1) * wanted.page_size
    shown = ids[first : first + wanted.page_size]
    items = cards.of_tasks(shown, today=today)
    return TaskPage(items, len(ids), wanted.page, wanted.page_size)


def _ids(condition: pw.Expression, search: str, sort: str) -> list[int]:
    """Return the ids in order. Words are looked for here: SQLite cannot fold Cyrillic."""
    query = Task.select(Task.id, Project.code, Task.number, Task.title).join(Column).join(Board)
    query = query.join_from(Task, Project).where(condition).order_by(*_order(sort))
    words = folding.words(search)
    return [
        task_id
        for task_id, code, number, title in database.execute(query)
        if not words or _has(folding.fold(f"{code}-{number}", title), words)
    ]


def _has(text: str, words: Any) -> bool:
    return all(word in text for word in words)


def _order(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    title = Task.title.collate('"C"') if is_postgresql() else Task.title
    columns: dict[str, list[Any]] = {
        "place": [Board.position, Board.id, Column.position, Task.rank],
        "number": [Task.number],
        "title": [title],
        "due_on": [Task.due_on],
        "weight": [Task.weight],
    }
    turned = sort.startswith("-")
    order = [
        column.desc(nulls="last") if turned else column.asc(nulls="last")
        for column in columns[name]
    ]
    return [*order, Task.id]


def _conditions(filters: TaskFilters, today: date) -> pw.Expression:
    done = Column.meaning == ColumnMeaning.DONE
    late = Task.due_on.is_null(is_null=False) & (Task.due_on < today) & ~done
    given = [
        (filters.column_id, Task.column == filters.column_id),
        (filters.stage_id, Task.stage == filters.stage_id),
        (filters.kind, Task.kind == filters.kind),
        (filters.label_id, Task.id.in_(_with_label(filters.label_id))),
        (filters.assignee_id, Task.id.in_(_of_person(filters.assignee_id))),
    ]
    told = [
        (filters.is_done, done),
        (filters.is_blocked, Task.blocked_reason != ""),
        (filters.is_overdue, late),
    ]
    conditions = [condition for value, condition in given if value is not None]
    conditions += [
        condition if value else ~(condition) for value, condition in told if value is not None
    ]
    kept: pw.Expression = Task.archived_at.is_null(not filters.is_archived)
    return reduce(and_, conditions, kept)


def _with_label(label_id: int | None) -> Any:
    return TaskLabel.select(TaskLabel.task).where(TaskLabel.label == label_id)


def _of_person(user_id: int | None) -> Any:
    return TaskAssignee.select(TaskAssignee.task).where(TaskAssignee.user == user_id)
