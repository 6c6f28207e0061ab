"""Tasks: the panel beside a board, the form, the place, the history."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_htmx import make_response
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from pmo import clock
from pmo.domain import card_lanes
from pmo.domain.own_fields import PREFIX
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import CardOrder, TaskKind
from pmo.errors import EditConflict, FieldConflict, Invalid
from pmo.http import board_pages, current, errors, fragments, labels, rendering, task_texts
from pmo.http.access import requires
from pmo.queries import attachments, board_looks, boards, comments
from pmo.queries import tasks as queries
from pmo.queries.boards import CardView, ColumnView, PlacedView
from pmo.queries.tasks import TaskChoices, TaskView
from pmo.services import lanes
from pmo.services import tasks as services
from pmo.web import task_panel
from pmo.web.acted import Undo, flash_undo, offer
from schemas.comments import COMMENT_LENGTH
from schemas.tasks import EarlierQuerySchema, PlacementForm, TaskForm, TaskQuickAddForm

bp = Blueprint("tasks", __name__)

HISTORY_LINES = 20
CHOICE = "choice-"
PLACEMENT = PlacementForm()
"""One for all requests: making it takes as long as a dozen statements."""

FORM_NAMES = {"stage": "stage_id", "assignees": "assignee_ids", "labels": "label_ids"}
"""Where the form's name of a field is not the journal's."""


@bp.get("/tasks/<int:task_id>")
@requires(Capability.PROJECT_READ)
def show(task_id: int) -> ResponseReturnValue:
    """Show a task in the panel of its board."""
    task = _task(task_id)
    return in_panel(task, "tasks/_panel.html", **_panel(task))


@bp.get("/tasks/<int:task_id>/edit")
@requires(Capability.TASK_EDIT)
def edit(task_id: int) -> ResponseReturnValue:
    """Show the form with all fields of a task."""
    task = _task(task_id)
    return _form(task, _choices(task), _values(task))


@bp.post("/tasks/<int:task_id>")
@requires(Capability.TASK_EDIT)
def update(task_id: int) -> ResponseReturnValue:
    """Change a task; a clash or a bad value brings the form back with all that was typed."""
    typed = request.form.copy()
    choices = {name: typed.poplist(name)[-1] for name in list(typed) if name.startswith(CHOICE)}
    theirs = {name.removeprefix(CHOICE) for name, value in choices.items() if value == "theirs"}
    try:
        changes = TaskForm().load(typed)
        base, seen = changes.pop("version"), changes.pop("revision", None)
        is_part = changes.pop("is_part", False)
        since = changes.pop("since", base)
        base = since if _is_open(request.form) else base
        own = changes["own"] = _present_own(task_id, changes.get("own", {}))
        for field in theirs:
            changes.pop(FORM_NAMES.get(field, field), None)
            own.pop(field.removeprefix(PREFIX), None)
        edited = services.edit(
            task_id, changes, base_version=base, actor=current.actor(), at=clock.now()
        )
    except (ValidationError, Invalid, EditConflict) as error:
        return _refused(task_id, error)
    text = _("The card is changed.")
    if not rendering.is_htmx():
        flash_undo(edited.event_id, text, overloads=edited.overloads)
        return redirect(url_for("tasks.show", task_id=task_id), 303)
    response = _updated(edited, seen, offer(edited.event_id, text))
    if is_part and edited.changed:
        response.headers["HX-Trigger"] = "board:stale"
    return response


@bp.post("/columns/<int:column_id>/tasks")
@requires(Capability.TASK_EDIT)
def create(column_id: int) -> ResponseReturnValue:
    """Add a task at the end of a column."""
    given = TaskQuickAddForm().load(request.form)
    seen, confirmed = given.pop("revision", None), given.pop("confirmed")
    made = services.create(
        column_id,
        fields=_given(given),
        confirmed=confirmed,
        actor=current.actor(),
        at=clock.now(),
    )
    text = _("The card is added.")
    if not rendering.is_htmx():
        flash_undo(made.event_id, text, made.overrun, made.overloads)
        anchor = rendering.dom_id("task", made.task_id)
        return redirect(url_for("boards.show", board_id=made.board_id, _anchor=anchor), 303)
    board, column = boards.column(column_id, current.actor(), today=current.today())
    card = _card(column, made.task_id)
    if card is None:
        return _page_anew()
    return fragments.reply(
        "tasks/create.hx.html",
        card_html=fragments.card(card),
        head=column.head,
        revision=made.revision if seen == made.revision - 1 else None,
        overrun=made.overrun,
        undo=offer(made.event_id, text),
        overloads=made.overloads,
        loads=boards.loads(board.id, board.rules),
    )


@bp.get("/tasks/<int:task_id>/placement")
@requires(Capability.TASK_EDIT)
def placement(task_id: int) -> ResponseReturnValue:
    """Show where a task can be moved to: the sheet, and the form without JavaScript."""
    view = queries.placement(task_id, current.actor(), today=current.today())
    wanted = request.args.get("column", view.task.column_id, type=int)
    column = next((it for it in view.columns if it.head.id == wanted), view.columns[0])
    return in_panel(view.task, "tasks/_placement.html", view=view, column=column)


@bp.post("/tasks/<int:task_id>/placement")
@requires(Capability.TASK_EDIT)
def place(task_id: int) -> ResponseReturnValue:
    """Move a task to a column and a position in it."""
    wanted = PLACEMENT.load(request.form)
    is_part, lane, was = (wanted.pop(name) for name in ("is_part", "lane", "from_lane"))
    changes_lane = lane is not None and lane != was
    if changes_lane:
        to = card_lanes.parse(lane)
        fact = lanes.place(task_id, lane=to, **wanted, actor=current.actor(), at=clock.now())
    else:
        fact = services.place(task_id, **wanted, actor=current.actor(), at=clock.now())
    text = _("The card is moved.")
    if not rendering.is_htmx():
        flash_undo(fact.event_id, text, fact.overrun, fact.overloads)
        anchor = rendering.dom_id("task", task_id)
        return redirect(url_for("boards.show", board_id=fact.board_id, _anchor=anchor), 303)
    placed = boards.placed(fact, today=current.today(), whole=bool(wanted["confirmed"]))
    if placed.layout_changed:
        return _page_anew()
    if is_part and (changes_lane or placed.stale_columns or _is_sorted(fact.board_id)):
        return _redrawn(placed, offer(fact.event_id, text))
    columns = [
        {"id": column.head.id, "html": fragments.column(column, can_edit=True)}
        for column in placed.stale_columns
    ]
    return fragments.reply(
        "tasks/place.hx.html",
        placed=placed,
        card_html=fragments.card(placed.card),
        columns=columns,
        revision=placed.revision,
        overrun=placed.overrun,
        undo=offer(fact.event_id, text),
        overloads=placed.overloads,
        loads=placed.loads,
    )


@bp.get("/tasks/<int:task_id>/history")
@requires(Capability.PROJECT_READ)
def history(task_id: int) -> ResponseReturnValue:
    """Show earlier lines of a task's history."""
    task = _task(task_id)
    before = EarlierQuerySchema().load(request.args).get("before_id")
    template = "tasks/_history.html" if rendering.is_htmx() else "tasks/history.html"
    return render_template(template, task=task, **_history(task, before))


def panel_html(task_id: int) -> str:
    """Draw the panel of a task."""
    task = _task(task_id)
    return render_template("tasks/_panel.html", task=task, **_panel(task))


def _task(task_id: int) -> TaskView:
    return queries.task(task_id, current.actor(), today=current.today())


def _choices(task: TaskView) -> TaskChoices:
    return queries.choices(task.project_id, current.actor())


def in_panel(task: TaskView, template: str, *, status: int = 200, **facts: Any) -> Response:
    """Draw a panel alone for htmx, else on the page of its board."""
    html = render_template(template, task=task, **facts)
    if rendering.is_htmx():
        response = Response(html, status)
        response.vary.add("HX-Request")
        return response
    head = boards.head(task.board_id, current.actor())
    return board_pages.page(head, asked={}, panel=html, status=status)


def _panel(task: TaskView) -> dict[str, Any]:
    return {
        "board_url": url_for("boards.show", board_id=task.board_id),
        "period_meaning": task_texts.period_meaning(task.period) if task.period else "",
        "comments": comments.of_task(task.id, current.actor()),
        "comment_length": COMMENT_LENGTH,
        "attachments": attachments.of_task(task.id, current.actor()),
        **task_panel.facts(task),
        **_history(task, None),
    }


def _history(task: TaskView, before: int | None) -> dict[str, Any]:
    found = queries.history(task.id, current.actor(), limit=HISTORY_LINES + 1, before_id=before)
    shown = found[:HISTORY_LINES]
    return {
        "history": task_texts.lines(shown, _choices(task)),
        "more_history": shown[-1].id if len(found) > len(shown) else None,
    }


def _form(  # the one form, as asked for or as refused
    task: TaskView,
    choices: TaskChoices,
    values: Mapping[str, Any],
    *,
    refused: Exception | None = None,
) -> Response:
    conflicts: tuple[FieldConflict, ...] = getattr(refused, "conflicts", ())
    return in_panel(
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
        errors=defaultdict(list, errors.messages_of(refused) if refused else {}),
    )


def _refused(task_id: int, error: Exception) -> Response:
    """Show the form again: what was typed, beside what others have saved meanwhile."""
    task = _task(task_id)
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
    return _form(task, _choices(task), values, refused=error)


def _is_open(typed: MultiDict[str, str]) -> bool:
    """Tell whether a choice between two values was left open."""
    return any(typed.getlist(name)[-1] == "" for name in typed if name.startswith(CHOICE))


def _updated(edited: services.Edited, seen: int | None, undo: Undo | None) -> Response:
    """Draw the panel, and on the board the card and its column's sums."""
    task = _task(edited.task_id)
    board, column = boards.column(edited.column_id, current.actor(), today=current.today())
    card = _card(column, task.id)
    if card is None:
        return _page_anew()
    is_current = bool(edited.changed) and seen == board.revision - 1
    html = render_template(
        "tasks/update.hx.html",
        task=task,
        **_panel(task),
        card_html=fragments.card(card),
        head=column.head,
        revision=board.revision if is_current else None,
        undo=undo,
        overrun=None,
        overloads=edited.overloads,
        loads=boards.loads(board.id, board.rules),
    )
    response = Response(html)
    response.headers["HX-Replace-Url"] = url_for("tasks.show", task_id=task.id)
    return response


def _card(column: ColumnView, task_id: int) -> CardView | None:
    """Return a card of a column; None if somebody has moved it since it was written."""
    return next((card for card in column.cards if card.id == task_id), None)


def _is_sorted(board_id: int) -> bool:
    look = board_looks.kept(board_id, current.actor().user_id)
    return look.order is not CardOrder.PLACE


def _redrawn(placed: PlacedView, undo: Undo | None) -> Response:
    """Let a page that shows a part of its board ask for that part again."""
    html = fragments.reply(
        "tasks/place.hx.html",
        placed=placed,
        card_html=fragments.card(placed.card),
        columns=(),
        revision=None,
        overrun=placed.overrun,
        overloads=placed.overloads,
        loads=placed.loads,
        undo=undo,
    )
    return make_response(html, trigger="board:stale")  # type: ignore[no-any-return]


def _page_anew() -> Response:
    return make_response("", refresh=True)  # type: ignore[no-any-return]


def _present_own(task_id: int, own: Mapping[str, str]) -> dict[str, str]:
    """Return values of own fields but of those that the project has lost meanwhile."""
    known = {it.key for it in _task(task_id).own} if own else set()
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


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a quick form really brought; its lists are never meant to be emptied."""
    return {name: value for name, value in values.items() if value != []}
