"""Undo: from the notice after an act, and from the history of a card."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, files
from pmo.http.access import requires
from pmo.queries import acts as queries
from pmo.queries import archive
from pmo.services import undo
from pmo.web.acted import answer
from pmo.web.undo_offers import offer
from schemas.acts import UndoForm

bp = Blueprint("undo", __name__)


@bp.post("/events/<int:event_id>/undo")
@requires(Capability.TASK_EDIT)
def create(event_id: int) -> ResponseReturnValue:
    """Take back the act of an event."""
    given = UndoForm().load(request.form)
    acted = undo.undo(event_id, keeping=files.keeping(), actor=current.actor(), at=clock.now())
    task_id = queries.task_of(event_id, current.actor())
    return answer(
        acted,
        offer(acted.event_id, _("Undone.")),
        page=given,
        board_id=archive.board_of(task_id, current.actor()),
        back=_address(given["back"], task_id),
    )


def _address(back: str, task_id: int) -> str | None:
    """Return where to go without JavaScript; None for the board."""
    if back == "task":
        return url_for("tasks.show", task_id=task_id)
    return url_for("my_work.index") if back == "work" else None
