"""What of a task goes along to a project, and what stays behind: one answer for page and command.

Labels, the stage and own fields go by their names, people who are members there; the sprint stays,
and what a task waits for, because nobody waits for a card of another project.
"""

from dataclasses import dataclass, fields
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import own_fields
from pmo.domain.own_fields import Written
from pmo.models import (
    Label,
    Membership,
    OwnField,
    OwnValue,
    Project,
    Sprint,
    Stage,
    Task,
    TaskAssignee,
    TaskDependency,
    TaskLabel,
    TaskWatcher,
    User,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes along, by id there."""

    stage_id: int | None
    label_ids: tuple[int, ...]
    user_ids: tuple[int, ...]
    own: tuple[tuple[int, Written], ...]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What stays, by name or number. sprint: its number, '' for none."""

    stage: str
    sprint: str
    labels: tuple[str, ...]
    people: tuple[str, ...]
    watchers: tuple[str, ...]
    own_fields: tuple[str, ...]
    waits_for: tuple[str, ...]
    is_awaited_by: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether anything stays."""
        return any(getattr(self, one.name) for one in fields(self))


def of_task(task_id: int, target_id: int) -> tuple[Carried, LeftBehind]:
    """Return what goes along to a project, and what stays; the caller has checked the actor."""
    stage_id, stage = _stage(task_id, target_id)
    labels, other_labels = _labels(task_id, target_id)
    own, other_fields = _own(task_id, target_id)
    members = Membership.select(Membership.user).where(Membership.project == target_id)
    doing = _people(TaskAssignee, task_id, members)
    watching = _people(TaskWatcher, task_id, members)
    carried = Carried(stage_id, labels, tuple(it for it, _name, is_in in doing if is_in), own)
    left = LeftBehind(
        stage,
        _sprint(task_id, target_id),
        other_labels,
        tuple(name for _id, name, is_in in doing if not is_in),
        tuple(name for _id, name, is_in in watching if not is_in),
        other_fields,
        _linked(TaskDependency.blocker, TaskDependency.task, task_id, target_id),
        _linked(TaskDependency.task, TaskDependency.blocker, task_id, target_id),
    )
    return carried, left


def _stage(task_id: int, target_id: int) -> tuple[int | None, str]:
    mine = Stage.select(Stage.id, Stage.name, Stage.project).join(Task)
    for stage_id, name, project_id in rows(mine.where(Task.id == task_id)):
        if project_id == target_id:
            return stage_id, ""
        named = (Stage.project == target_id) & (Stage.name == name)
        found = rows(Stage.select(Stage.id).where(named).order_by(Stage.position).limit(1))
        return (found[0][0], "") if found else (None, name)
    return None, ""


def _sprint(task_id: int, target_id: int) -> str:
    mine = (Task.id == task_id) & (Sprint.project != target_id)
    found = rows(Sprint.select(Sprint.number).join(Task).where(mine))
    return str(found[0][0]) if found else ""


def _labels(task_id: int, target_id: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    mine = Label.select(Label.name).join(TaskLabel).where(TaskLabel.task == task_id)
    names = [name for (name,) in rows(mine.order_by(Label.name))]
    alike = (Label.project == target_id) & Label.name.in_(names)
    there = dict(rows(Label.select(Label.name, Label.id).where(alike)))
    return tuple(there.values()), tuple(name for name in names if name not in there)


def _own(task_id: int, target_id: int) -> tuple[tuple[tuple[int, Written], ...], tuple[str, ...]]:
    there = OwnField.alias()
    alike = (there.project == target_id) & (there.name == OwnField.name)
    alike &= there.kind == OwnField.kind
    query = OwnValue.select(OwnField.name, OwnField.kind, OwnValue.value, there.id, there.choices)
    query = query.join(OwnField).join(there, pw.JOIN.LEFT_OUTER, on=alike)
    carried, left = [], []
    found = rows(query.where(OwnValue.task == task_id).order_by(OwnField.position))
    for name, kind, text, field_id, choices in found:
        if field_id is not None and own_fields.is_written(kind, choices, text):
            carried.append((field_id, own_fields.read(kind, choices, text)))
        else:
            left.append(name)
    return tuple(carried), tuple(left)


def _people(link: Any, task_id: int, members: pw.Query) -> list[tuple[int, str, bool]]:
    is_in = pw.Case(None, [(User.id.in_(members), 1)], 0)
    query = User.select(User.id, User.name, is_in).join(link).where(link.task == task_id)
    return rows(query.order_by(User.name, User.id))


def _linked(this: pw.Field, other: pw.Field, task_id: int, target_id: int) -> tuple[str, ...]:
    query = Task.select(Project.code, Task.number).join(Project)
    ids = TaskDependency.select(this).where(other == task_id)
    away = Task.id.in_(ids) & (Task.project != target_id)
    return tuple(f"{code}-{number}" for code, number in rows(query.where(away)))
