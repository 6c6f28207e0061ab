"""One task as its panel shows it: fields and choices."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import as_date, rows
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import is_overdue
from pmo.domain.vocabulary import ColumnMeaning, SprintState, TaskKind
from pmo.models import (
    Column,
    Label,
    Membership,
    Project,
    Sprint,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.queries import access, cards, own_fields
from pmo.queries.cards import LabelView, PersonView
from pmo.queries.own_fields import OwnFieldView, OwnValueView
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class StageChoice:
    """A stage that a task may stand in."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class SprintChoice:
    """A sprint that a task may stand in."""

    id: int
    number: int
    state: SprintState


@dataclass(frozen=True, slots=True)
class SuccessorView:
    """The task that another went on as. id: None where the actor may not see it."""

    id: int | None
    key: str
    project_id: int


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
    sprint: SprintChoice | None
    expected_result: str
    responsible: str
    blocked_reason: str
    assignees: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]
    own: tuple[OwnValueView, ...]
    created_by: str
    created_at: datetime
    archived_at: datetime | None
    successor: "SuccessorView | None"
    version: int
    moves: int
    can_edit: bool
    can_restore: bool
    can_recur: bool


@dataclass(frozen=True, slots=True)
class TaskChoices:
    """What the fields of a task's form may be set to."""

    stages: tuple[StageChoice, ...]
    people: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]
    own: tuple[OwnFieldView, ...]


def task(task_id: int, actor: Actor, *, today: date) -> TaskView:
    """Return a task with all its fields. Raises NotFound, Forbidden."""
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    [row] = fields_of(task_id=task_id)
    value = dict(zip(FIELDS, row, strict=True))
    due_on = as_date(value.pop("due_on"))
    is_done = value.pop("meaning") == ColumnMeaning.DONE
    successor = _successor(value.pop("successor_id"), actor)
    is_elsewhere = successor is not None and successor.project_id != found.project_id
    is_archived = found.archived_at is not None
    stage = [value.pop(name) for name in ("stage_id", "stage_key", "stage_name")]
    sprint_id, number, state = (value.pop(name) for name in SPRINT)
    return TaskView(
        **value
        | {
            "kind": TaskKind(value["kind"]),
            "period": Task.period.python_value(value["period"]),
            "created_at": Task.created_at.python_value(value["created_at"]),
            "archived_at": Task.archived_at.python_value(value["archived_at"]),
        },
        key=f"{found.code}-{value['number']}",
        project_id=found.project_id,
        project_code=found.code,
        board_id=found.board_id,
        stage=None if stage[0] is None else StageChoice(*stage),
        sprint=None if state is None else SprintChoice(sprint_id, number, SprintState(state)),
        due_on=due_on,
        is_overdue=is_overdue(due_on, today, is_done=is_done),
        is_done=is_done,
        assignees=tuple(cards.person(*person) for person in people_of(task_id=task_id)),
        labels=tuple(cards.label(*label) for label in labels_of(task_id=task_id)),
        own=own_fields.of_task(task_id, found.project_id),
        successor=successor,
        can_edit=found.may(Capability.TASK_EDIT) and not is_archived,
        can_restore=found.may(Capability.TASK_EDIT) and is_archived and not is_elsewhere,
        can_recur=found.may(Capability.PROJECT_EDIT) and not is_archived,
    )


def _successor(task_id: int | None, actor: Actor) -> SuccessorView | None:
    if task_id is None:
        return None
    visible = access.visible_projects(actor)
    fields = (Project.code, Task.number, Project.id, pw.Case(None, [(visible, 1)], 0))
    query = Task.select(*fields).join(Project)
    [(code, number, project_id, is_visible)] = rows(query.where(Task.id == task_id))
    return SuccessorView(task_id if is_visible else None, f"{code}-{number}", project_id)


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
        own=own_fields.fields(project_id),
    )


FIELDS = {
    "id": Task.id,
    "number": Task.number,
    "project_name": Project.short_name,
    "column_id": Task.column,
    "column_name": Column.name,
    "meaning": Column.meaning,
    "title": Task.title,
    "description": Task.description,
    "kind": Task.kind,
    "stage_id": Stage.id,
    "stage_key": Stage.key,
    "stage_name": Stage.name,
    "plan_number": Task.plan_number,
    "period": Task.period,
    "sprint_id": Sprint.id,
    "sprint_number": Sprint.number,
    "sprint_state": Sprint.state,
    "due_on": Task.due_on,
    "weight": Task.weight,
    "expected_result": Task.expected_result,
    "responsible": Task.responsible,
    "blocked_reason": Task.blocked_reason,
    "created_by": User.name,
    "created_at": Task.created_at,
    "archived_at": Task.archived_at,
    "successor_id": Task.successor,
    "version": Task.version,
    "moves": Task.moves,
}
"""What a task's view is made of, by the names of the view."""


SPRINT = ("sprint_id", "sprint_number", "sprint_state")


@Statement
def fields_of(task_id: Any) -> Any:
    """Return the one row of `FIELDS`."""
    query = Task.select(*FIELDS.values()).join_from(Task, Column).join_from(Task, Project)
    query = query.join_from(Task, User).join_from(Task, Stage, pw.JOIN.LEFT_OUTER)
    query = query.join_from(Task, Sprint, pw.JOIN.LEFT_OUTER)
    return query.where(Task.id == task_id)


@Statement
def people_of(task_id: Any) -> Any:
    """Return the people of a task."""
    query = TaskAssignee.select(User.id, User.login, User.name).join(User)
    return query.where(TaskAssignee.task == task_id).order_by(User.name, User.id)


@Statement
def labels_of(task_id: Any) -> Any:
    """Return the labels of a task."""
    query = TaskLabel.select(Label.id, Label.name, Label.colour).join(Label)
    return query.where(TaskLabel.task == task_id).order_by(Label.name)
