"""Making one card out of another: copy, move to another project, merge."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import (
    EntryNotAllowed,
    OtherCardNeeded,
    OtherColumnNeeded,
    TooLongTogether,
    WipLimitReached,
    WipRuleReached,
)
from pmo.http import current, files, forms, sprint_texts
from pmo.http.access import requires
from pmo.queries import tasks, transfers
from pmo.queries.departures import LeftBehind
from pmo.services import merges
from pmo.services import transfers as services
from pmo.services.transfers import Onward
from pmo.web import task_panel
from pmo.web.undo_offers import flash_undo
from schemas.acts import CopyForm, MergeForm, TransferSchema

bp = Blueprint("transfers", __name__)

REFUSALS = (
    EntryNotAllowed,
    OtherCardNeeded,
    OtherColumnNeeded,
    TooLongTogether,
    WipLimitReached,
    WipRuleReached,
)
"""What is told over the forms; the choice can be another one at once."""


@bp.get("/tasks/<int:task_id>/transfer")
@requires(Capability.TASK_EDIT)
def show(task_id: int) -> ResponseReturnValue:
    """Show where a card can be copied, moved or merged to."""
    target = request.args.get("project", type=int)
    choices = transfers.choices(task_id, current.actor(), target=target)
    task = tasks.task(task_id, current.actor(), today=current.today())
    return task_panel.answer(
        task,
        "tasks/_transfer.html",
        choices=choices,
        left=_left_lines(choices.left),
        form=forms.state(),
    )


@bp.post("/tasks/<int:task_id>/copy")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, *REFUSALS)
def copy(task_id: int) -> ResponseReturnValue:
    """Add a copy of a card."""
    given = CopyForm().load(request.form)
    made = services.copy(task_id, **given, actor=current.actor(), at=clock.now())
    return _there(made, _("The card is copied."))


@bp.post("/tasks/<int:task_id>/transfer")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, *REFUSALS)
def create(task_id: int) -> ResponseReturnValue:
    """Move a card to another project."""
    given = TransferSchema().load(request.form)
    made = services.transfer(
        task_id, **given, room=files.room(), actor=current.actor(), at=clock.now()
    )
    return _there(made, _("The card is in another project now."))


@bp.post("/tasks/<int:task_id>/merge")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, *REFUSALS)
def merge(task_id: int) -> ResponseReturnValue:
    """Merge a card into another."""
    given = MergeForm().load(request.form)
    made = merges.merge(task_id, **given, actor=current.actor(), at=clock.now())
    return _there(made, _("The cards are merged."))


def _left_lines(left: LeftBehind | None) -> list[tuple[str, str]]:
    """Return what would stay behind, as lines: what it is, and which."""
    if left is None:
        return []
    lines = (
        (_("Stage"), (left.stage,) if left.stage else ()),
        (_("Sprint"), (sprint_texts.name(int(left.sprint)),) if left.sprint else ()),
        (_("Labels"), left.labels),
        (_("Assignees who are no members there"), left.people),
        (_("Watchers who are no members there"), left.watchers),
        (_("Own fields"), left.own_fields),
        (_("The card no longer waits for"), left.waits_for),
        (_("No longer wait for the card"), left.is_awaited_by),
    )
    return [(str(name), ", ".join(values)) for name, values in lines if values]


def _there(made: Onward, text: str) -> ResponseReturnValue:
    flash_undo(made.event_id, text)
    return redirect(url_for("tasks.show", task_id=made.task_id), 303)
