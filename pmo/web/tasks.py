"""Tasks: the panel beside a board, the form, the place, the history."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_htmx import make_response
from marshmallow import ValidationError

from pmo import clock
from pmo.domain import card_lanes
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import CardOrder
from pmo.errors import EditConflict, Invalid
from pmo.http import current, fragments, rendering
from pmo.http.access import requires
from pmo.queries import board_looks, boards, placements
from pmo.queries.boards import CardView, ColumnView
from pmo.services import lanes
from pmo.services import tasks as services
from pmo.web import task_forms, task_panel
from pmo.web.acted import page_anew
from pmo.web.undo_offers import Undo, flash_undo, offer
from schemas.histories import EarlierQuerySchema
from schemas.tasks import PlacementForm, TaskQuickAddForm

bp = Blueprint("tasks", __name__)

PLACEMENT = PlacementForm()
"""One for all requests: making it takes as long as a dozen statements."""


@bp.get("/tasks/<int:task_id>")
@requires(Capability.PROJECT_READ)
def show(task_id: int) -> ResponseReturnValue:
    """Show a task in the panel of its board."""
    task = task_panel.task_of(task_id)
    return task_panel.answer(task, "tasks/_panel.html", **task_panel.facts(task))


@bp.get("/tasks/<int:task_id>/edit")
@requires(Capability.TASK_EDIT)
def edit(task_id: int) -> ResponseReturnValue:
    """Show the form with all fields of a task."""
    return task_forms.show(task_panel.task_of(task_id))


@bp.post("/tasks/<int:task_id>")
@requires(Capability.TASK_EDIT)
def update(task_id: int) -> ResponseReturnValue:
    """Change a task; a clash or a bad value brings the form back with all that was typed."""
    try:
        sent = task_forms.sent(task_id)
        edited = services.edit(
            task_id,
            sent.changes,
            base_version=sent.base,
            actor=current.actor(),
            at=clock.now(),
        )
    except (ValidationError, Invalid, EditConflict) as error:
        return task_forms.refused(task_id, error)
    text = _("The card is changed.")
    if not rendering.is_htmx():
        flash_undo(edited.event_id, text, overloads=edited.overloads)
        return redirect(url_for("tasks.show", task_id=task_id), 303)
    response = _updated(edited, sent.seen, offer(edited.event_id, text))
    if sent.is_part and edited.changed:
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
        return page_anew()
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
    view = placements.of_task(task_id, current.actor(), today=current.today())
    wanted = request.args.get("column_id", view.task.column_id, type=int)
    column = next((it for it in view.columns if it.head.id == wanted), view.columns[0])
    return task_panel.answer(view.task, "tasks/_placement.html", view=view, column=column)


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
        return page_anew()
    is_stale = is_part and (changes_lane or placed.stale_columns or _is_sorted(fact.board_id))
    html = fragments.reply(
        "tasks/place.hx.html",
        placed=placed,
        card_html=fragments.card(placed.card),
        columns=[
            {"id": column.head.id, "html": fragments.column(column, can_edit=True)}
            for column in placed.stale_columns
            if not is_stale
        ],
        revision=None if is_stale else placed.revision,
        overrun=placed.overrun,
        undo=offer(fact.event_id, text),
        overloads=placed.overloads,
        loads=placed.loads,
    )
    if is_stale:  # the page shows a part of its board, and asks for that part again
        return make_response(html, trigger="board:stale")  # type: ignore[no-any-return]
    return html


@bp.get("/tasks/<int:task_id>/history")
@requires(Capability.PROJECT_READ)
def history(task_id: int) -> ResponseReturnValue:
    """Show earlier lines of a task's history."""
    task = task_panel.task_of(task_id)
    before = EarlierQuerySchema().load(request.args).get("before_id")
    template = "tasks/_history.html" if rendering.is_htmx() else "tasks/history.html"
    return render_template(template, task=task, **task_panel.history(task, before))


def _updated(edited: services.Edited, seen: int | None, undo: Undo | None) -> Response:
    """Draw the panel, and on the board the card and its column's sums."""
    task = task_panel.task_of(edited.task_id)
    board, column = boards.column(edited.column_id, current.actor(), today=current.today())
    card = _card(column, task.id)
    if card is None:
        return page_anew()
    is_current = bool(edited.changed) and seen == board.revision - 1
    html = render_template(
        "tasks/update.hx.html",
        task=task,
        **task_panel.facts(task),
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


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a quick form really brought; its lists are never meant to be emptied."""
    return {name: value for name, value in values.items() if value != []}
