"""Making one card out of another: copy, move to another project, merge."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import OtherCardNeeded, OtherColumnNeeded, TooLongTogether
from pmo.http import current, files, forms
from pmo.http.access import requires
from pmo.queries import tasks, transfers
from pmo.services import transfers as services
from pmo.services.transfers import Onward
from pmo.web import task_panel
from pmo.web.acted import flash_undo
from schemas.acts import CopyForm, MergeForm, TransferSchema

bp = Blueprint("transfers", __name__)


@bp.get("/tasks/<int:task_id>/transfer")
@requires(Capability.TASK_EDIT)
def show(task_id: int) -> ResponseReturnValue:
    """Show where a card can be copied, moved or merged to."""
    target = request.args.get("project", type=int)
    choices = transfers.choices(task_id, current.actor(), target=target)
    task = tasks.task(task_id, current.actor(), today=current.today())
    return task_panel.answer(task, "tasks/_transfer.html", choices=choices, form=forms.state())


@bp.post("/tasks/<int:task_id>/copy")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, OtherColumnNeeded, OtherCardNeeded, TooLongTogether)
def copy(task_id: int) -> ResponseReturnValue:
    """Add a copy of a card."""
    given = CopyForm().load(request.form)
    made = services.copy(task_id, **given, actor=current.actor(), at=clock.now())
    return _there(made, _("The card is copied."))


@bp.post("/tasks/<int:task_id>/transfer")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, OtherColumnNeeded, OtherCardNeeded, TooLongTogether)
def create(task_id: int) -> ResponseReturnValue:
    """Move a card to another project."""
    given = TransferSchema().load(request.form)
    made = services.transfer(
        task_id, **given, room=files.room(), actor=current.actor(), at=clock.now()
    )
    return _there(made, _("The card is in another project now."))


@bp.post("/tasks/<int:task_id>/merge")
@requires(Capability.TASK_EDIT)
@forms.redraws(show, OtherColumnNeeded, OtherCardNeeded, TooLongTogether)
def merge(task_id: int) -> ResponseReturnValue:
    """Merge a card into another."""
    given = MergeForm().load(request.form)
    made = services.merge(task_id, **given, actor=current.actor(), at=clock.now())
    return _there(made, "")


def _there(made: Onward, text: str) -> ResponseReturnValue:
    flash_undo(made.event_id, text)
    return redirect(url_for("tasks.show", task_id=made.task_id), 303)
