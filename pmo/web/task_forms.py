"""The form with all fields of a task: as asked for, as sent, as refused."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from werkzeug.datastructures import MultiDict

from pmo.domain.own_fields import PREFIX
from pmo.domain.vocabulary import TaskKind
from pmo.errors import EditConflict, FieldConflict
from pmo.http import error_texts, errors, labels, task_texts
from pmo.queries.tasks import TaskView
from pmo.web import task_panel
from schemas.tasks import TaskForm

CHOICE = "choice-"
"""Begins the name of a choice between two values that clash."""

FORM_NAMES = {"stage": "stage_id", "assignees": "assignee_ids", "labels": "label_ids"}
"""Where the form's name of a field is not the journal's."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought. base: the version it changes. seen: revision of the page's board.

    is_part: the page shows a part of its board.
    """

    changes: dict[str, Any]
    base: int
    seen: int | None
    is_part: bool


def sent(task_id: int) -> Sent:
    """Read the form of a request, without what its sender leaves to others.

    Raises ValidationError.
    """
    typed = request.form.copy()
    choices = {name: typed.poplist(name)[-1] for name in list(typed) if name.startswith(CHOICE)}
    theirs = {name.removeprefix(CHOICE) for name, value in choices.items() if value == "theirs"}
    changes = TaskForm().load(typed)
    base, seen = changes.pop("version"), changes.pop("revision", None)
    is_part = changes.pop("is_part", False)
    since = changes.pop("since", base)
    own = changes["own"] = _present_own(task_id, changes.get("own", {}))
    for field in theirs:
        changes.pop(FORM_NAMES.get(field, field), None)
        own.pop(field.removeprefix(PREFIX), None)
    return Sent(changes, since if _is_open(request.form) else base, seen, is_part)


def show(task: TaskView) -> Response:
    """Draw the form with the fields of a task."""
    return _draw(task, _values(task))


def refused(task_id: int, error: Exception) -> Response:
    """Draw the form again: what was typed, beside what others have saved meanwhile."""
    task = task_panel.task_of(task_id)
    saved, typed = _values(task), request.form
    values: dict[str, Any] = {
        name: set(typed.getlist(name)) if isinstance(value, set) else typed.get(name, value)
        for name, value in saved.items()
    }
    if isinstance(error, EditConflict):
        clashing = {conflict.field for conflict in error.conflicts}
        for field in {*error.others} - clashing:
            name = FORM_NAMES.get(field, field)
            values[name] = saved[name]
        values["since"] = typed.get("since" if _is_open(typed) else "version", "")
        values["version"] = error.version
    return _draw(task, values, refused=error)


def _draw(
    task: TaskView, values: Mapping[str, Any], *, refused: Exception | None = None
) -> Response:
    choices = task_panel.choices_of(task)
    conflicts: tuple[FieldConflict, ...] = getattr(refused, "conflicts", ())
    return task_panel.answer(
        task,
        "tasks/_form.html",
        status=errors.status_of(refused) if refused else 200,
        values=values,
        choices={
            "kinds": [{"value": it.value, "name": labels.label_of(it)} for it in TaskKind],
            "stages": [{"value": str(it.id), "name": it.name} for it in choices.stages],
            "people": dict.fromkeys((*choices.people, *task.assignees)),
            "labels": choices.labels,
        },
        conflicts=task_texts.clashes(conflicts, choices),
        since=values.get("since", ""),
        errors=defaultdict(list, error_texts.messages_of(refused) if refused else {}),
    )


def _is_open(typed: MultiDict[str, str]) -> bool:
    """Tell whether a choice between two values was left open."""
    return any(typed.getlist(name)[-1] == "" for name in typed if name.startswith(CHOICE))


def _present_own(task_id: int, own: Mapping[str, str]) -> dict[str, str]:
    """Return values of own fields but of those that the project has lost meanwhile."""
    known = {it.key for it in task_panel.task_of(task_id).own} if own else set()
    return {key: text for key, text in own.items() if key in known}


def _values(task: TaskView) -> dict[str, Any]:
    """Return the values of the form as text, as a browser would send them."""
    return {
        "version": task.version,
        "title": task.title,
        "description": task.description,
        "kind": task.kind.value,
        "stage_id": str(task.stage.id) if task.stage else "",
        "plan_number": task.plan_number,
        "period": task.period.text if task.period else "",
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "weight": task.weight,
        "expected_result": task.expected_result,
        "responsible": task.responsible,
        "blocked_reason": task.blocked_reason,
        "assignee_ids": {str(person.id) for person in task.assignees},
        "label_ids": {str(label.id) for label in task.labels},
        **{own.field.entry: own.text for own in task.own},
    }
