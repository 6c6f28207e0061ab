"""Tasks, what hangs on them, and their events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.domain.permissions import Actor, Capability
from pmo.errors import Archived
from pmo.models import (
    Attachment,
    Board,
    ChecklistItem,
    Column,
    Comment,
    Event,
    Evidence,
    Project,
    Task,
)
from pmo.queries.access.loaders import Access, Loader, ProjectAccess


@dataclass(frozen=True, slots=True)
class TaskAccess(ProjectAccess):
    """A task, where it stands now, and its two counters."""

    task_id: int
    column_id: int
    board_id: int
    board_key: str
    rules: int
    board_revision: int
    version: int
    moves: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskPartAccess(ProjectAccess):
    """Something that hangs on a task."""

    task_id: int
    column_id: int


@dataclass(frozen=True, slots=True)
class CommentAccess(TaskPartAccess):
    """A comment of a task. is_removed: only its tombstone is left."""

    comment_id: int
    number: int
    author_id: int | None
    is_removed: bool


@dataclass(frozen=True, slots=True)
class EventAccess(ProjectAccess):
    """An event of a task. act_id: the first event of its act, itself if it stands alone."""

    event_id: int
    task_id: int
    act_id: int


def _tasks(query: "pw.ModelSelect[Any]") -> "pw.ModelSelect[Any]":
    return query.join(Task, on=(Task.project == Project.id))


_task = Loader(
    TaskAccess,
    "task",
    lambda query: _tasks(query).join(Column).join(Board),
    Task.id,
    Task.id,
    Column.id,
    Board.id,
    Board.key,
    Board.rule_kinds,
    Board.revision,
    Task.version,
    Task.moves,
    Task.archived_at,
)


def task(task_id: int, actor: Actor, capability: Capability) -> TaskAccess:
    """Load a task; an archived one can only be read. Raises NotFound, Forbidden, Archived."""
    found = archived_or_live_task(task_id, actor, capability)
    if found.archived_at is not None and capability is not Capability.PROJECT_READ:
        raise Archived
    return found


def archived_or_live_task(task_id: int, actor: Actor, capability: Capability) -> TaskAccess:
    """Load a task wherever it is, for what is done to the archive. Raises NotFound, Forbidden."""
    *values, archived_at = _task.values(task_id, actor, capability)
    return TaskAccess(*(*values, Task.archived_at.python_value(archived_at)))


class _PartLoader(Loader[Access]):
    """Loads what hangs on a task; on an archived one it can only be read."""

    def __init__(self, access: Callable[..., Access], kind: str, part: Any, *more: Any) -> None:
        of_task = part.task == Task.id
        super().__init__(
            access,
            kind,
            lambda query: _tasks(query).join(part, on=of_task),
            part.id,
            Task.id,
            Task.column,
            *more,
            Task.archived_at.is_null(False),
        )

    def values(self, wanted_id: int, actor: Actor, capability: Capability) -> tuple[Any, ...]:
        """Return what the access is made of. Raises NotFound, Forbidden, Archived."""
        *values, is_archived = super().values(wanted_id, actor, capability)
        if is_archived and capability is not Capability.PROJECT_READ:
            raise Archived
        return tuple(values)


attachment = _PartLoader(TaskPartAccess, "attachment", Attachment)
checklist_item = _PartLoader(TaskPartAccess, "checklist item", ChecklistItem)
evidence = _PartLoader(TaskPartAccess, "evidence", Evidence)
_comment = _PartLoader(
    CommentAccess,
    "comment",
    Comment,
    Comment.id,
    Comment.number,
    Comment.author,
    Comment.removed_at.is_null(False),
)


def comment(comment_id: int, actor: Actor, capability: Capability) -> CommentAccess:
    """Load a comment. Raises NotFound, Forbidden, Archived as its task would."""
    *values, is_removed = _comment.values(comment_id, actor, capability)
    return CommentAccess(*(*values, bool(is_removed)))


_event = Loader(
    EventAccess,
    "event",
    lambda query: _tasks(query).join(Event, on=(Event.task == Task.id)),
    Event.id,
    Event.id,
    Task.id,
    Event.act,
)


def event(event_id: int, actor: Actor, capability: Capability) -> EventAccess:
    """Load an event of a task; others are not there. Raises NotFound, Forbidden."""
    *values, act_id = _event.values(event_id, actor, capability)
    return EventAccess(*(*values, act_id or event_id))
