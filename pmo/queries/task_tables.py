"""Tasks with all their fields, for tables that leave the product."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, TaskKind
from pmo.models import (
    Board,
    Column,
    Label,
    Project,
    Sprint,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.queries import access, own_fields, task_filters
from pmo.queries.own_fields import OwnFieldView
from pmo.queries.task_filters import TaskFilters

AT_ONCE = 5_000
"""Tasks of one round of statements; SQLite takes 32,766 values in a statement."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with all its fields. people: names. own: written values by key."""

    key: str
    title: str
    description: str
    kind: TaskKind
    board: str
    column: str
    meaning: ColumnMeaning
    stage: str
    plan_number: str
    period: str
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    weight: int
    sprint: int | None
    people: tuple[str, ...]
    labels: tuple[str, ...]
    expected_result: str
    responsible: str
    blocked_reason: str
    checklist_done: int
    checklist_total: int
    comments: int
    files: int
    evidence: int
    created_by: str
    own: dict[str, str]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """Tasks of a board or a project. name: of the board, or the project's short name."""

    name: str
    code: str
    own_fields: tuple[OwnFieldView, ...]
    rows: tuple[TaskRow, ...]


def of_board(board_id: int, actor: Actor, filters: TaskFilters, *, today: date) -> TaskTable:
    """Return the tasks of a board that fit, in their places. Raises NotFound."""
    found = access.board(board_id, actor, Capability.PROJECT_READ)
    tasks = _rows(Column.board == board_id, filters, today)
    return TaskTable(found.name, found.code, own_fields.fields(found.project_id), tasks)


def of_project(project_id: int, actor: Actor, filters: TaskFilters, *, today: date) -> TaskTable:
    """Return the tasks of a project that fit, by boards and places. Raises NotFound."""
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    tasks = _rows(Task.project == project_id, filters, today)
    return TaskTable(found.code, found.code, own_fields.fields(project_id), tasks)


def count_of_board(board_id: int, actor: Actor, filters: TaskFilters, *, today: date) -> int:
    """Return how many tasks of a board fit. Raises NotFound."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return len(task_filters.ids(Column.board == board_id, filters, today=today))


def count_of_project(project_id: int, actor: Actor, filters: TaskFilters, *, today: date) -> int:
    """Return how many tasks of a project fit. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return len(task_filters.ids(Task.project == project_id, filters, today=today))


FIELDS = (
    Task.id,
    Project.code,
    Task.number,
    Task.title,
    Task.description,
    Task.kind,
    Board.name,
    Column.name,
    Column.meaning,
    Stage.name,
    Task.plan_number,
    Task.period_text,
    Task.starts_on,
    Task.ends_on,
    Task.due_on,
    Task.weight,
    Sprint.number,
    Task.expected_result,
    Task.responsible,
    Task.blocked_reason,
    Task.checklist_done,
    Task.checklist_total,
    Task.comment_count,
    Task.attachment_count,
    Task.evidence_count,
    User.name,
)
ORDER = (Board.position, Board.id, Column.position, Task.rank, Task.id)


def _rows(scope: pw.Expression, filters: TaskFilters, today: date) -> tuple[TaskRow, ...]:
    """Return the rows; five statements for every `AT_ONCE` tasks."""
    ids = task_filters.ids(scope, filters, today=today, order=ORDER)
    found: dict[int, TaskRow] = {}
    for first in range(0, len(ids), AT_ONCE):
        found |= _some(ids[first : first + AT_ONCE])
    return tuple(found[task_id] for task_id in ids if task_id in found)


def _some(ids: Sequence[int]) -> dict[int, TaskRow]:
    mine = Task.id.in_(list(ids))
    people = Task.select(Task.id, User.name).join_from(Task, TaskAssignee).join(User)
    labels = Task.select(Task.id, Label.name).join_from(Task, TaskLabel).join(Label)
    names = _grouped(rows(people.where(mine).order_by(User.name, User.id)))
    marks = _grouped(rows(labels.where(mine).order_by(Label.name)))
    own = own_fields.of_tasks(ids)
    query = Task.select(*FIELDS).join_from(Task, Project).join_from(Task, Column).join(Board)
    query = query.join_from(Task, Stage, pw.JOIN.LEFT_OUTER)
    query = query.join_from(Task, Sprint, pw.JOIN.LEFT_OUTER)
    query = query.join_from(Task, User, on=(Task.created_by == User.id)).where(mine)
    return {
        row[0]: _row(row, names[row[0]], marks[row[0]], own.get(row[0], {})) for row in rows(query)
    }


def _row(
    row: tuple[Any, ...], people: list[str], labels: list[str], own: dict[str, str]
) -> TaskRow:
    _id, code, number, title, description, kind, board, column, meaning, stage, *rest = row
    plan_number, period, starts_on, ends_on, due_on, weight, sprint, *texts = rest
    expected_result, responsible, blocked_reason, *counts, created_by = texts
    done, total, comments, files, evidence = counts
    return TaskRow(
        key=f"{code}-{number}",
        title=title,
        description=description,
        kind=kind,
        board=board,
        column=column,
        meaning=meaning,
        stage=stage or "",
        plan_number=plan_number,
        period=period,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=due_on,
        weight=weight,
        sprint=sprint,
        people=tuple(people),
        labels=tuple(labels),
        expected_result=expected_result,
        responsible=responsible,
        blocked_reason=blocked_reason,
        checklist_done=done,
        checklist_total=total,
        comments=comments,
        files=files,
        evidence=evidence,
        created_by=created_by,
        own=own,
    )


def _grouped(found: list[tuple[Any, ...]]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for task_id, name in found:
        groups[task_id].append(name)
    return groups
