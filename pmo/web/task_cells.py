"""One field of a task, edited where it is shown: a cell of a table, a day of a calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from pmo import clock
from pmo.domain.own_fields import PREFIX
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import TaskKind
from pmo.errors import EditConflict, Invalid, NotFound
from pmo.http import current, error_texts, errors, labels, redirects, rendering, task_texts
from pmo.http.access import requires
from pmo.queries import task_rows, tasks
from pmo.queries.tasks import TaskChoices, TaskView
from pmo.services import tasks as services
from pmo.web import undo_offers
from schemas.task_cells import TaskCellForm, TaskCellQuerySchema
from schemas.tasks import TaskUpdateSchema

bp = Blueprint("task_cells", __name__)

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """How a field is edited.

    form_name: of the whole form. control: text, lines, number, date, choice, choices.
    """

    form_name: str
    control: str
    options: Callable[[TaskView, TaskChoices], Pairs] = lambda _task, _choices: []


def _people(task: TaskView, choices: TaskChoices) -> Pairs:
    found = dict.fromkeys((*choices.people, *task.assignees))
    return [(str(it.id), it.name) for it in found]


def _labels(_task: TaskView, choices: TaskChoices) -> Pairs:
    return [(str(it.id), it.name) for it in choices.labels]


CELLS = {
    "title": Cell("title", "text"),
    "kind": Cell("kind", "choice", lambda *_: [(it.value, labels.label_of(it)) for it in TaskKind]),
    "stage": Cell(
        "stage_id", "empty choice", lambda _task, of: [(str(it.id), it.name) for it in of.stages]
    ),
    "period": Cell("period", "text"),
    "due_on": Cell("due_on", "date"),
    "weight": Cell("weight", "number"),
    "expected_result": Cell("expected_result", "lines"),
    "assignees": Cell("assignee_ids", "choices", _people),
    "labels": Cell("label_ids", "choices", _labels),
}
OWN_CONTROLS = {"text": "text", "number": "decimal", "date": "date", "choice": "empty choice"}


@bp.get("/tasks/<int:task_id>/cells/<field>")
@requires(Capability.TASK_EDIT)
def edit(task_id: int, field: str) -> ResponseReturnValue:
    """Show the form of one field: in its place, or on a page of its own."""
    back = TaskCellQuerySchema().load(request.args)["back"]
    task = _task(task_id)
    return _form(task, field, _present(task, field), task.version, back)


@bp.post("/tasks/<int:task_id>/cells/<field>")
@requires(Capability.TASK_EDIT)
def update(task_id: int, field: str) -> ResponseReturnValue:
    """Change one field; what others changed meanwhile stays, a clash shows both values."""
    given = TaskCellForm().load(request.form)
    typed, back = given["value"], given["back"]
    try:
        edited = _change(task_id, field, typed, given["version"])
    except (ValidationError, Invalid, EditConflict) as error:
        if given["is_drag"]:
            raise
        task = _task(task_id)
        return _form(task, field, typed, task.version, back, refused=error)
    text = _("The card is changed.")
    if not rendering.is_htmx():
        undo_offers.flash_undo(edited.event_id, text)
        default = url_for("tasks.show", task_id=task_id)
        return redirect(redirects.safe_next(back, default), 303)
    row, fields = task_rows.row(task_id, current.actor(), today=current.today())
    facts = {"row": row, "name": field, "fields": fields, "can_edit": True}
    undo = undo_offers.offer(edited.event_id, text)
    response = Response(render_template("task_tables/cell.hx.html", **facts, undo=undo))
    if set(edited.changed) - {field}:
        response.headers["HX-Trigger"] = "board:stale"
    return response


def _change(task_id: int, field: str, typed: list[str], version: int) -> services.Edited:
    """Write one field."""
    actor, at = current.actor(), clock.now()
    task = _task(task_id)
    cell = _cell(task, field)
    values = MultiDict([(cell.form_name, one) for one in typed or [""]])
    changes = TaskUpdateSchema(partial=True).load(values)
    return services.edit(task_id, changes, base_version=version, actor=actor, at=at)


def _form(
    task: TaskView,
    field: str,
    typed: list[str],
    version: int,
    back: str,
    *,
    refused: Exception | None = None,
) -> Response:
    cell, choices = _cell(task, field), tasks.choices(task.project_id, current.actor())
    messages = error_texts.messages_of(refused) if refused else {}
    facts: Mapping[str, Any] = {
        "is_inline": rendering.is_htmx(),
        "task": task,
        "field": field,
        "name": task_texts.field_name(field, choices),
        "control": cell.control,
        "options": cell.options(task, choices),
        "values": typed,
        "version": version,
        "back": back,
        "faults": [message for found in messages.values() for message in found],
        "clashes": task_texts.clashes(getattr(refused, "conflicts", ()), choices),
    }
    template = "task_cells/_form.html" if rendering.is_htmx() else "task_cells/edit.html"
    response = Response(
        render_template(template, **facts), errors.status_of(refused) if refused else 200
    )
    response.vary.add("HX-Request")
    return response


def _cell(task: TaskView, field: str) -> Cell:
    """Return how a field is edited. Raises NotFound for one that the task does not have."""
    own = {it.field.entry: it.field for it in task.own}
    if field in own:
        pairs = [(choice, choice) for choice in own[field].choices]
        return Cell(field, OWN_CONTROLS[own[field].kind.value], lambda *_: pairs)
    if field not in CELLS:
        raise NotFound(kind="field")
    return CELLS[field]


def _present(task: TaskView, field: str) -> list[str]:
    """Return what a field holds, as a form sends it."""
    if field.startswith(PREFIX):
        return [own.text for own in task.own if own.field.entry == field]
    if field in {"assignees", "labels"}:
        return [str(one.id) for one in getattr(task, field)]
    if field == "stage":
        return [str(task.stage.id) if task.stage else ""]
    if field == "period":
        return [task.period.text if task.period else ""]
    value = getattr(task, field, None)
    return ["" if value is None else str(value)]


def _task(task_id: int) -> TaskView:
    return tasks.task(task_id, current.actor(), today=current.today())
