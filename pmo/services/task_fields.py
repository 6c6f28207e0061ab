"""The editable fields of a task: as asked for, as rows, and as the journal keeps them.

Portable values outlive ids: people by login, labels by name, stages by key, dates ISO, fields of
the project's own by key: `own.f1`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import calendar, merging, periods
from pmo.domain.merging import Merge
from pmo.domain.own_fields import PREFIX
from pmo.domain.vocabulary import TaskKind
from pmo.errors import NotFound
from pmo.models import Event, Label, Membership, Stage, Task, TaskAssignee, TaskLabel, User
from pmo.services import own_values

TEXTS = (
    "title",
    "description",
    "plan_number",
    "expected_result",
    "responsible",
    "blocked_reason",
)
FIELDS = (
    *TEXTS,
    "kind",
    "stage_id",
    "period",
    "due_on",
    "weight",
    "assignee_ids",
    "label_ids",
    "own",
)
"""What an editor may send: ids for stage, people and labels; the period as text.

own: a mapping of keys of the project's own fields to what was typed, '' for nothing.
"""


ROW = frozenset({*TEXTS, "kind", "stage", "period", "due_on", "weight"})
"""Names of the values that stand in the task's own row."""

BATCH = 500
"""Rows of one INSERT."""


@dataclass(frozen=True, slots=True)
class Value:
    """One wanted value: what the row takes, and what the journal keeps."""

    row: Any
    portable: Any


Wanted = dict[str, Value]
"""By portable name: `stage`, `assignees`, `labels` instead of the ids' names."""


def wanted(
    project_id: int, fields: Mapping[str, Any], *, at: datetime, task_id: int | None = None
) -> Wanted:
    """Check the wanted values against the project and give them both forms.

    at: the moment whose academic year a bare «октябрь» belongs to. task_id: a task that is there
    already; its own people may stay though they have left the project.
    Raises NotFound for a stage or label of another project and for a person outside it, Invalid for
    an own field that does not exist or cannot hold its value.
    """
    result: Wanted = {name: Value(fields[name], fields[name]) for name in TEXTS if name in fields}
    if "weight" in fields:
        result["weight"] = Value(fields["weight"], fields["weight"])
    if "kind" in fields:
        result["kind"] = Value(fields["kind"], fields["kind"].value)
    if "due_on" in fields:
        result["due_on"] = Value(fields["due_on"], _iso(fields["due_on"]))
    if "period" in fields:
        result["period"] = _period(fields["period"], at)
    if "stage_id" in fields:
        result["stage"] = _stage(project_id, fields["stage_id"])
    if "assignee_ids" in fields:
        result["assignees"] = _people(project_id, fields["assignee_ids"], task_id)
    if "label_ids" in fields:
        result["labels"] = _labels(project_id, fields["label_ids"])
    own = own_values.read(project_id, fields.get("own") or {})
    result |= {name: Value(written, written.text) for name, written in own.items()}
    return result


def with_defaults(values: Wanted) -> Wanted:
    """Complete the values of a new task: its kind, and the due day that its period gives."""
    completed = {"kind": Value(TaskKind.EVENT, TaskKind.EVENT.value), **values}
    period = values["period"].row if "period" in values else None
    if "due_on" not in values and period is not None:
        completed["due_on"] = Value(period.ends_on, _iso(period.ends_on))
    return completed


def follow_period(task: Task, values: Wanted, changes: dict[str, list[Any]]) -> None:
    """Let the due day follow a changed period where it was the old period's end."""
    if "period" not in values or "due_on" in changes or task.due_on != task.ends_on:
        return
    ends_on = values["period"].row.ends_on if values["period"].row else None
    if ends_on != task.due_on:
        changes["due_on"] = [_iso(task.due_on), _iso(ends_on)]
        values["due_on"] = Value(ends_on, _iso(ends_on))


def only(values: Wanted, names: Iterable[str]) -> Wanted:
    """Return the values of these names."""
    return {name: values[name] for name in names}


def row_values(values: Wanted) -> dict[str, Any]:
    """Return what the task's own row takes; lists and own fields have tables of theirs."""
    row: dict[str, Any] = {}
    for name, value in values.items():
        if name == "period":
            row |= _period_columns(value.row)
        elif name not in {"assignees", "labels"} and not name.startswith(PREFIX):
            row[name] = value.row
    return row


def write_lists(task_id: int, values: Wanted) -> None:
    """Replace the task's people, labels and own fields where they are among the values."""
    if "assignees" in values:
        TaskAssignee.delete().where(TaskAssignee.task == task_id).execute()
        for user_id in values["assignees"].row:
            TaskAssignee.insert(task=task_id, user=user_id).execute()
    if "labels" in values:
        TaskLabel.delete().where(TaskLabel.task == task_id).execute()
        for label_id in values["labels"].row:
            TaskLabel.insert(task=task_id, label=label_id).execute()
    own = {name: value.row for name, value in values.items() if name.startswith(PREFIX)}
    if own:
        own_values.write(task_id, own)


def write_lists_of(many: Mapping[int, Wanted]) -> None:
    """Replace what stands in tables of its own, of many tasks, where it is among their values."""
    _replace(TaskAssignee, TaskAssignee.user, many, "assignees")
    _replace(TaskLabel, TaskLabel.label, many, "labels")
    for task_id, values in many.items():
        own = {name: value.row for name, value in values.items() if name.startswith(PREFIX)}
        if own:
            own_values.write(task_id, own)


def _replace(model: type[Any], thing: Any, many: Mapping[int, Wanted], name: str) -> None:
    given = {task_id: values[name].row for task_id, values in many.items() if name in values}
    if not given:
        return
    model.delete().where(model.task.in_(list(given))).execute()
    pairs = [{model.task: task_id, thing: it} for task_id, ids in given.items() for it in ids]
    for batch in pw.chunked(pairs, BATCH):
        model.insert_many(batch).execute()


def portable(task: Task) -> dict[str, Any]:
    """Return every editable field of a task as the journal keeps it."""
    people = User.select(User.login).join(TaskAssignee).where(TaskAssignee.task == task.id)
    labels = Label.select(Label.name).join(TaskLabel).where(TaskLabel.task == task.id)
    return {
        **_row(task),
        "stage": task.stage.key if task.stage else None,
        "assignees": sorted(login for (login,) in rows(people)),
        "labels": sorted(name for (name,) in rows(labels)),
        **own_values.present(task.id, task.project_id),
    }


def portable_of(task_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the same of many tasks but for fields of the project's own, by id."""
    ids = list(task_ids)
    query = Task.select().where(Task.id.in_(ids))
    people = TaskAssignee.select(TaskAssignee.task, User.login).join(User)
    labels = TaskLabel.select(TaskLabel.task, Label.name).join(Label)
    stages = Stage.select(Task.id, Stage.key).join(Task)
    stage_of = dict(rows(stages.where(Task.id.in_(ids))))
    logins, names = defaultdict(list), defaultdict(list)
    for task_id, login in rows(people.where(TaskAssignee.task.in_(ids))):
        logins[task_id].append(login)
    for task_id, name in rows(labels.where(TaskLabel.task.in_(ids))):
        names[task_id].append(name)
    return {
        task.id: {
            **_row(task),
            "stage": stage_of.get(task.id),
            "assignees": sorted(logins[task.id]),
            "labels": sorted(names[task.id]),
        }
        for task in query
    }


def _row(task: Task) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in TEXTS},
        "weight": task.weight,
        "kind": task.kind.value,
        "due_on": _iso(task.due_on),
        "period": task.period_text,
    }


def merged(present: Mapping[str, Any], values: Wanted, touched: Mapping[str, Any]) -> Merge:
    """Merge wanted values with what others changed. touched: field → its value at the base."""
    yours = {name: value.portable for name, value in values.items()}
    return merging.merge(present, yours, touched)


def changed_since(task_id: int, version: int) -> dict[str, Any]:
    """Return the fields that were edited after a version, each with its value at that version."""
    edits = Event.select(Event.data).where((Event.task == task_id) & (Event.kind == "task.edited"))
    before: dict[str, Any] = {}
    for (data,) in rows(edits.order_by(Event.id.desc())):
        if data["version"] <= version:
            break
        before |= {name: old for name, (old, _) in data["changes"].items()}
    return before


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _period(text: str, at: datetime) -> Value:
    if not text:
        return Value(None, "")
    year = calendar.academic_year_of(at.date())
    return Value(periods.parse(text, academic_year=year), text)


def _period_columns(period: periods.Period | None) -> dict[str, Any]:
    return {
        "period": period,
        "period_text": period.text if period else "",
        "starts_on": period.starts_on if period else None,
        "ends_on": period.ends_on if period else None,
    }


def _stage(project_id: int, stage_id: int | None) -> Value:
    if stage_id is None:
        return Value(None, None)
    stage = Stage.get_or_none((Stage.id == stage_id) & (Stage.project == project_id))
    if stage is None:
        raise NotFound(kind="stage")
    return Value(stage_id, stage.key)


def _people(project_id: int, ids: Iterable[int], task_id: int | None) -> Value:
    asked = set(ids)
    people = User.select(User.id, User.login)
    member = (Membership.project == project_id) & User.id.in_(asked)
    found = dict(rows(people.join(Membership).where(member)))
    if task_id is not None and set(found) != asked:
        present = (TaskAssignee.task == task_id) & User.id.in_(asked)
        found |= dict(rows(people.join(TaskAssignee).where(present)))
    if set(found) != asked:
        raise NotFound(kind="member")
    return Value(sorted(asked), sorted(found.values()))


def _labels(project_id: int, ids: Iterable[int]) -> Value:
    asked = set(ids)
    own = (Label.project == project_id) & Label.id.in_(asked)
    found = dict(rows(Label.select(Label.id, Label.name).where(own)))
    if set(found) != asked:
        raise NotFound(kind="label")
    return Value(sorted(asked), sorted(found.values()))
