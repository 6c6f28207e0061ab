"""Tasks of a board as rows of a table, with what they hold in own fields."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.models import Column, Task
from pmo.queries import access, cards, own_fields, task_lists
from pmo.queries.cards import CardView
from pmo.queries.own_fields import OwnFieldView
from pmo.queries.task_filters import TaskFilters
from pmo.queries.task_lists import Slice


@dataclass(frozen=True, slots=True)
class TableRow:
    """A task as a row. own: written values by `own.f1`; none where there is nothing."""

    card: CardView
    column: str
    expected_result: str
    own: dict[str, str]


@dataclass(frozen=True, slots=True)
class TablePage:
    """A page of rows. fields: own fields of the project. total: over all pages."""

    rows: tuple[TableRow, ...]
    fields: tuple[OwnFieldView, ...]
    total: int
    page: int
    page_size: int

    @property
    def page_count(self) -> int:
        """How many pages there are; one at least."""
        return max(-(-self.total // self.page_size), 1)


def of_board(
    board_id: int, actor: Actor, filters: TaskFilters, wanted: Slice, *, today: date
) -> TablePage:
    """Return rows of a board; nine statements at most. Raises NotFound."""
    found = access.board(board_id, actor, Capability.PROJECT_READ)
    page = task_lists.of_board(board_id, actor, filters, wanted, today=today)
    fields = own_fields.fields(found.project_id)
    return TablePage(_rows(page.items, fields), fields, page.total, page.page, page.page_size)


def row(task_id: int, actor: Actor, *, today: date) -> tuple[TableRow, tuple[OwnFieldView, ...]]:
    """Return one task as a row, with the own fields of its project. Raises NotFound."""
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    fields = own_fields.fields(found.project_id)
    [one] = _rows((cards.card(task_id, today=today),), fields)
    return one, fields


def _rows(found: tuple[CardView, ...], fields: tuple[OwnFieldView, ...]) -> tuple[TableRow, ...]:
    ids = [card.id for card in found]
    texts: dict[int, Any] = {}
    if ids:
        query = Task.select(Task.id, Column.name, Task.expected_result).join(Column)
        texts = {row[0]: row[1:] for row in rows(query.where(Task.id.in_(ids)))}
    held = own_fields.of_tasks(ids) if ids and fields else {}
    entries = {field.key: field.entry for field in fields}
    return tuple(
        TableRow(
            card,
            texts[card.id][0],
            texts[card.id][1],
            {entries[key]: text for key, text in held.get(card.id, {}).items()},
        )
        for card in found
    )
