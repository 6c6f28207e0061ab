"""Notes of a retrospective: what to keep, to stop, to try; an action of it becomes a card.

They are written while the sprint runs; closed, they are frozen but for the cards made of them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import sprints as rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, NoteColumn, SprintState
from pmo.errors import (
    AlreadyACard,
    Forbidden,
    NoColumnForLeftovers,
    NoNextSprint,
    NotFound,
    SprintFrozen,
    SprintNotActive,
    TooMany,
)
from pmo.models import Board, Column, Project, Sprint, SprintNote, Task
from pmo.queries import access
from pmo.services import board_locks, held_cards, journal, sprint_scope, sprints, tasks, versions

MOST = 100
"""Notes of one sprint."""

FIELDS = ("column", "text")
TITLE_LENGTH = 200


def add(sprint_id: int, *, column: NoteColumn, text: str, actor: Actor, at: datetime) -> int:
    """Add a note and return its id. Raises NotFound, Forbidden, SprintNotActive, TooMany."""
    with transaction():
        found = access.sprint(sprint_id, actor, Capability.TASK_EDIT)
        _held, sprint = sprints.held_sprint(found.project_id, sprint_id)
        _check_runs(sprint)
        if SprintNote.select().where(SprintNote.sprint == sprint_id).count() >= MOST:
            raise TooMany(most=MOST)
        note = SprintNote.create(
            sprint=sprint, column=column, text=text, author=actor.user_id, created_at=at
        )
        _append("sprint.note_added", note, _portable(note), actor=actor, at=at)
    return int(note.id)


def edit(
    note_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write `FIELDS` of a note: its author, or who leads the project.

    Raises NotFound, Forbidden, StaleVersion, SprintNotActive.
    """
    versions.check_names(changes, FIELDS)
    with transaction():
        note = _own(note_id, actor)
        told = _portable(note)
        if changed := versions.write(note, changes, expected_version):
            data = {**told, "changes": versions.portable(changed)}
            _append("sprint.note_edited", note, data, actor=actor, at=at)


def remove(note_id: int, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Remove a note, as `edit`."""
    with transaction():
        note = _own(note_id, actor)
        versions.write(note, {}, expected_version)
        data = _portable(note)
        note.delete_instance()
        _append("sprint.note_removed", note, data, actor=actor, at=at)


@board_locks.restarted
def make_card(note_id: int, *, is_next: bool, actor: Actor, at: datetime) -> int:
    """Make a card of a note, at the end of the project's first queue, and return its id.

    is_next: the card goes into the next sprint, else into the backlog; also when the sprint of
    the note is closed. A text longer than a title goes on in the description.
    Raises NotFound, Forbidden (the next sprint is for who plans), AlreadyACard, NoNextSprint,
    PreviousNotClosed, NoColumnForLeftovers, WipLimitReached.
    """
    needed = Capability.SPRINT_PLAN if is_next else Capability.TASK_EDIT
    with transaction():
        found = access.sprint_note(note_id, actor, needed)
        held, sprint = sprints.held_sprint(found.project_id, found.sprint_id)
        note = _note(note_id)
        if note.task is not None:
            raise AlreadyACard(card=f"{found.code}-{note.task.number}")
        target = _following(held, sprint) if is_next else None
        fields = _fields(note.text)
        column_id = _queue(found.project_id)
        made = tasks.create(column_id, fields=fields, confirmed=True, actor=actor, at=at)
        if target is not None:
            cards = held_cards.hold([made.task_id])
            sprint_scope.write(cards, held, target, actor=actor, at=at)
        task = Task.get_by_id(made.task_id)
        versions.write(note, {"task": task}, None)
        data = {**_portable(note), "task": task.number, "changes": {"task": [None, task.number]}}
        _append("sprint.note_edited", note, data, actor=actor, at=at)
    return made.task_id


def _own(note_id: int, actor: Actor) -> SprintNote:
    """Return a note that the actor may change, under the lock of its project."""
    found = access.sprint_note(note_id, actor, Capability.TASK_EDIT)
    _held, sprint = sprints.held_sprint(found.project_id, found.sprint_id)
    note = _note(note_id)
    if note.author_id != actor.user_id and not found.may(Capability.SPRINT_PLAN):
        raise Forbidden(capability=Capability.SPRINT_PLAN.value)
    _check_runs(sprint)
    return note


def _note(note_id: int) -> SprintNote:
    """Read it under the lock of its project; whoever removed it was faster."""
    note: SprintNote | None = SprintNote.get_or_none(SprintNote.id == note_id)
    if note is None:
        raise NotFound(kind="note")
    return note


def _check_runs(sprint: Sprint) -> None:
    if sprint.state is SprintState.CLOSED:
        raise SprintFrozen(sprint.number)
    if sprint.state is not SprintState.ACTIVE:
        raise SprintNotActive(sprint.number)


def _following(held: sprints.Held, sprint: Sprint) -> Sprint:
    """Return the first sprint that has not started. Raises NoNextSprint, PreviousNotClosed."""
    number = rules.next_open(held.standings)
    if number is None:
        raise NoNextSprint(sprint.number)
    rules.check_takes(number, held.standings, held.project.sprint_policy)
    return held.sprints[number]


def _queue(project_id: int) -> int:
    """Return the first queue column of a project's boards. Raises NoColumnForLeftovers."""
    is_queue = (Board.project == project_id) & (Column.meaning == ColumnMeaning.QUEUE)
    query = Column.select(Column.id).join(Board).where(is_queue)
    for (column_id,) in rows(query.order_by(Board.position, Board.id, Column.position).limit(1)):
        return int(column_id)
    raise NoColumnForLeftovers(board=Project.get_by_id(project_id).short_name)


def _fields(text: str) -> dict[str, str]:
    line = " ".join(text.split())
    if line == text.strip() and len(line) <= TITLE_LENGTH:
        return {"title": line}
    title = line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"
    return {"title": title, "description": text}


def _portable(note: SprintNote) -> dict[str, Any]:
    return {
        "sprint": note.sprint.number,
        "column": note.column.value,
        "text": note.text,
        "task": note.task and note.task.number,
    }


def _append(
    kind: str, note: SprintNote, data: dict[str, Any], *, actor: Actor, at: datetime
) -> None:
    project_id = note.sprint.project_id
    journal.append(kind, actor=actor, at=at, project_id=project_id, data=data)
