"""The archive of a board as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.models import Column, Project, Task
from pmo.queries import access, boards, task_lists
from pmo.queries.boards import BoardHead
from pmo.queries.cards import CardView
from pmo.queries.task_filters import TaskFilters
from pmo.queries.task_lists import Slice


@dataclass(frozen=True, slots=True)
class ArchivedCard:
    """A card that was put away. successor: the number of the one it went on as, '' for none.

    is_elsewhere: that one is in another project, so this one is not restored.
    """

    card: CardView
    column_name: str
    archived_at: datetime
    successor: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of a board's archive, the latest first."""

    board: BoardHead
    items: tuple[ArchivedCard, ...]
    total: int
    page: int
    page_count: int


def of_board(
    board_id: int, actor: Actor, *, search: str, page: int, page_size: int, today: date
) -> ArchivePage:
    """Return archived tasks of a board; a fixed number of statements. Raises NotFound."""
    head = boards.head(board_id, actor)
    filters = TaskFilters(search=search, is_archived=True)
    wanted = Slice("-archived_at", page, page_size)
    found = task_lists.of_board(board_id, actor, filters, wanted, today=today)
    onward, other = Task.alias(), Project.alias()
    fields = (Task.id, Column.name, Task.archived_at, Task.project, other.id)
    query = Task.select(*fields, other.code, onward.number)
    query = query.join(Column).join_from(Task, onward, pw.JOIN.LEFT_OUTER, on=Task.successor)
    query = query.join(other, pw.JOIN.LEFT_OUTER, on=onward.project)
    facts = {
        task_id: (
            name,
            archived_at,
            f"{code}-{number}" if code else "",
            bool(code) and here != there,
        )
        for task_id, name, archived_at, here, there, code, number in rows(
            query.where(Task.id.in_([card.id for card in found.items]))
        )
    }
    items = tuple(ArchivedCard(card, *facts[card.id]) for card in found.items)
    return ArchivePage(head, items, found.total, page, max(1, -(-found.total // page_size)))


def board_of(task_id: int, actor: Actor) -> int:
    """Return the board that a task stands on, archived or not. Raises NotFound."""
    return access.task(task_id, actor, Capability.PROJECT_READ).board_id
