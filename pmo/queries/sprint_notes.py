"""Notes of retrospectives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import NoteColumn, SprintState
from pmo.models import Project, Sprint, SprintNote, Task, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. task_id, task_key: of the card that was made of it; None and '' if none was.

    can_edit: the actor wrote it or leads the project, and its sprint runs.
    """

    id: int
    sprint_id: int
    column: NoteColumn
    text: str
    author: str
    created_at: datetime
    task_id: int | None
    task_key: str
    version: int
    can_edit: bool


def of_sprint(sprint_id: int, actor: Actor) -> tuple[NoteView, ...]:
    """Return the notes of a sprint, the oldest first; two statements. Raises NotFound."""
    found = access.sprint(sprint_id, actor, Capability.PROJECT_READ)
    return _views(SprintNote.sprint == sprint_id, found)


def note(note_id: int, actor: Actor) -> NoteView:
    """Return one note. Raises NotFound."""
    found = access.sprint_note(note_id, actor, Capability.PROJECT_READ)
    [view] = _views(SprintNote.id == note_id, found)
    return view


def _views(condition: Any, found: access.ProjectAccess) -> tuple[NoteView, ...]:
    query = SprintNote.select(
        SprintNote.id,
        SprintNote.sprint,
        SprintNote.column,
        SprintNote.text,
        User.name,
        SprintNote.created_at,
        SprintNote.task,
        Task.number,
        SprintNote.version,
        SprintNote.author,
        Sprint.state,
        Project.code,
    )
    query = query.join_from(SprintNote, User).join_from(SprintNote, Sprint).join(Project)
    query = query.join_from(SprintNote, Task, pw.JOIN.LEFT_OUTER)
    leads, works = found.may(Capability.SPRINT_PLAN), found.may(Capability.TASK_EDIT)
    views = []
    for row in rows(query.where(condition).order_by(SprintNote.id)):
        shown, (number, version, author_id, state, code) = row[:-5], row[-5:]
        is_own = works and author_id == found.actor.user_id
        can_edit = (leads or is_own) and state is SprintState.ACTIVE
        key = "" if number is None else f"{code}-{number}"
        views.append(NoteView(*(*shown, key, version, can_edit)))
    return tuple(views)
