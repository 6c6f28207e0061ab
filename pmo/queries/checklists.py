"""The checklist of a task."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import ChecklistItem, Project, Task, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A task that is named where another one is shown."""

    id: int
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line of a checklist. done_by: a name, '' while it is not done. became: its own task."""

    id: int
    task_id: int
    text: str
    is_done: bool
    done_by: str
    done_at: datetime | None
    became: TaskLink | None
    version: int


def of_task(task_id: int, actor: Actor) -> tuple[ItemView, ...]:
    """Return a task's items in their order; two statements. Raises NotFound."""
    access.task(task_id, actor, Capability.PROJECT_READ)
    return _items(ChecklistItem.task == task_id)


def item(item_id: int, actor: Actor) -> ItemView:
    """Return one item; two statements. Raises NotFound."""
    access.checklist_item(item_id, actor, Capability.PROJECT_READ)
    for view in _items(ChecklistItem.id == item_id):
        return view
    raise NotFound(kind="checklist item")


def _items(condition: pw.Expression) -> tuple[ItemView, ...]:
    made = Task.alias()
    columns = (
        ChecklistItem.id,
        ChecklistItem.task,
        ChecklistItem.text,
        ChecklistItem.is_done,
        User.name,
        ChecklistItem.done_at,
        ChecklistItem.version,
        made.id,
        Project.code,
        made.number,
        made.title,
    )
    query = ChecklistItem.select(*columns)
    query = query.join(User, pw.JOIN.LEFT_OUTER, on=(ChecklistItem.done_by == User.id))
    query = query.join_from(
        ChecklistItem, made, pw.JOIN.LEFT_OUTER, on=(ChecklistItem.became == made.id)
    )
    query = query.join(Project, pw.JOIN.LEFT_OUTER, on=(made.project == Project.id))
    found = query.where(condition).order_by(ChecklistItem.position, ChecklistItem.id)
    return tuple(_view(*row) for row in rows(found))


def _view(*row: Any) -> ItemView:
    (item_id, task_id, text, is_done, done_by, done_at, version, made, code, number, title) = row
    became = None if made is None else TaskLink(made, f"{code}-{number}", title)
    return ItemView(item_id, task_id, text, is_done, done_by or "", done_at, became, version)
