"""One task as its panel shows it: fields, choices, history, places to move it to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import is_overdue
from pmo.domain.vocabulary import ColumnMeaning, LabelColour, TaskKind
from pmo.models import (
    Column,
    Event,
    Label,
    Membership,
    Project,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.queries import access, boards, cards
from pmo.queries.boards import ColumnHead
from pmo.queries.cards import LabelView, PersonView


@dataclass(frozen=True, slots=True)
class StageChoice:
    """A stage that a task may stand in."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with all its fields. version: counts edits. etag changes with moves too."""

    id: int
    key: str
    number: int
    project_id: int
    project_code: str
    project_name: str
    board_id: int
    column_id: int
    column_name: str
    title: str
    description: str
    kind: TaskKind
    stage: StageChoice | None
    plan_number: str
    period: Period | None
    due_on: date | None
    is_overdue: bool
    is_done: bool
    weight: int
    expected_result: str
    responsible: str
    blocked_reason: str
    assignees: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]
    created_by: str
    created_at: datetime
    version: int
    moves: int
    can_edit: bool


@dataclass(frozen=True, slots=True)
class TaskChoices:
    """What the fields of a task's form may be set to."""

    stages: tuple[StageChoice, ...]
    people: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event of a task, newest first. data: as the journal keeps it (see docs/journal.md)."""

    id: int
    at: datetime
    actor: str
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlacementView:
    """Where a task can be moved to: all columns of its board, with their cards' titles."""

    task: TaskView
    columns: tuple["PlacementColumn", ...]


@dataclass(frozen=True, slots=True)
class PlacementColumn:
    """A column as a target: its head and the cards one can be put before (id, key, title)."""

    head: ColumnHead
    cards: tuple[tuple[int, str, str], ...]


def task(task_id: int, actor: Actor, *, today: date) -> TaskView:
    """Return a task with all its fields. Raises NotFound, Forbidden."""
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    query = Task.select(Task, Column, Project, Stage, User).join_from(Task, Column)
    query = query.join_from(Task, Project).join_from(Task, User)
    query = query.join_from(Task, Stage, pw.JOIN.LEFT_OUTER).where(Task.id == task_id)
    row = query.get()
    is_done = row.column.meaning is ColumnMeaning.DONE
    return TaskView(
        id=row.id,
        key=f"{found.code}-{row.number}",
        number=row.number,
        project_id=found.project_id,
        project_code=found.code,
        project_name=row.project.short_name,
        board_id=found.board_id,
        column_id=row.column_id,
        column_name=row.column.name,
        title=row.title,
        description=row.description,
        kind=row.kind,
        stage=_stage(row.stage),
        plan_number=row.plan_number,
        period=row.period,
        due_on=row.due_on,
        is_overdue=is_overdue(row.due_on, today, is_done=is_done),
        is_done=is_done,
        weight=row.weight,
        expected_result=row.expected_result,
        responsible=row.responsible,
        blocked_reason=row.blocked_reason,
        assignees=_people(TaskAssignee.select().where(TaskAssignee.task == task_id)),
        labels=_labels(TaskLabel.select().where(TaskLabel.task == task_id)),
        created_by=row.created_by.name,
        created_at=row.created_at,
        version=row.version,
        moves=row.moves,
        can_edit=found.may(Capability.TASK_EDIT),
    )


def choices(project_id: int, actor: Actor) -> TaskChoices:
    """Return what a task's fields may be set to. Raises NotFound, Forbidden."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    stages = Stage.select(Stage.id, Stage.key, Stage.name).where(Stage.project == project_id)
    people = User.select(User.id, User.login, User.name).join(Membership)
    people = people.where((Membership.project == project_id) & User.is_active)
    labels = Label.select(Label.id, Label.name, Label.colour).where(Label.project == project_id)
    return TaskChoices(
        stages=tuple(StageChoice(*row) for row in rows(stages.order_by(Stage.position))),
        people=tuple(cards.person(*row) for row in rows(people.order_by(User.name))),
        labels=tuple(LabelView(*row) for row in rows(labels.order_by(Label.name))),
    )


def history(
    task_id: int, actor: Actor, *, limit: int = 50, before_id: int | None = None
) -> tuple[HistoryEntry, ...]:
    """Return a task's events, newest first. before_id: the last one seen, to page on.

    Raises NotFound, Forbidden.
    """
    access.task(task_id, actor, Capability.PROJECT_READ)
    events = Event.select(Event.id, Event.at, User.name, Event.kind, Event.data)
    events = events.join(User, pw.JOIN.LEFT_OUTER).where(Event.task == task_id)
    if before_id is not None:
        events = events.where(Event.id < before_id)
    events = events.order_by(Event.id.desc()).limit(limit)
    return tuple(
        HistoryEntry(id_, at, name or "", kind, data) for id_, at, name, kind, data in rows(events)
    )


def placement(task_id: int, actor: Actor, *, today: date) -> PlacementView:
    """Return the places that a task can be moved to. Raises NotFound, Forbidden."""
    access.task(task_id, actor, Capability.TASK_EDIT)
    view = task(task_id, actor, today=today)
    titles: dict[int, list[tuple[int, str, str]]] = {}
    others = Task.select(Task.column, Task.id, Task.number, Task.title).join(Column)
    others = others.where((Column.board == view.board_id) & (Task.id != task_id)).order_by(
        Task.rank
    )
    for column_id, id_, number, title in rows(others):
        titles.setdefault(column_id, []).append((id_, f"{view.project_code}-{number}", title))
    heads = boards.column_heads(view.board_id)
    targets = (PlacementColumn(head, tuple(titles.get(head.id, ()))) for head in heads)
    return PlacementView(view, tuple(targets))


def _stage(stage: Stage | None) -> StageChoice | None:
    return None if stage is None else StageChoice(stage.id, stage.key, stage.name)


def _people(assignments: "pw.ModelSelect[Any]") -> tuple[PersonView, ...]:
    query = assignments.select(User.id, User.login, User.name).join(User).order_by(User.name)
    return tuple(cards.person(*row) for row in rows(query))


def _labels(labelings: "pw.ModelSelect[Any]") -> tuple[LabelView, ...]:
    query = labelings.select(Label.id, Label.name, Label.colour).join(Label).order_by(Label.name)
    return tuple(LabelView(id_, name, LabelColour(colour)) for id_, name, colour in rows(query))
