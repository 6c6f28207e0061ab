"""The archive of a board: its cards, putting one away, taking it out."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import archive as queries
from pmo.services import archive as services
from pmo.web.acted import answer
from pmo.web.undo_offers import offer
from schemas.acts import ActForm, ArchiveQuerySchema

bp = Blueprint("archive", __name__)

QUERY = ArchiveQuerySchema()


@bp.get("/boards/<int:board_id>/archive")
@requires(Capability.PROJECT_READ)
def index(board_id: int) -> ResponseReturnValue:
    """Show the cards of a board that were put away, the latest first."""
    asked = QUERY.load_filled(request.args)
    found = queries.of_board(board_id, current.actor(), **asked, today=current.today())
    return render_template("archive/index.html", archive=found, search=asked["search"])


@bp.post("/tasks/<int:task_id>/archive")
@requires(Capability.TASK_EDIT)
def create(task_id: int) -> ResponseReturnValue:
    """Put a task away."""
    page = ActForm().load(request.form)
    acted = services.archive(task_id, actor=current.actor(), at=clock.now())
    undo = offer(acted.event_id, _("The card is in the archive."))
    return answer(acted, undo, page=page, board_id=_board(task_id))


@bp.post("/tasks/<int:task_id>/restoration")
@requires(Capability.TASK_EDIT)
def destroy(task_id: int) -> ResponseReturnValue:
    """Take a task out, to its place on the board."""
    page = ActForm().load(request.form)
    acted = services.restore(task_id, actor=current.actor(), at=clock.now())
    undo = offer(acted.event_id, _("The card is on the board again."))
    return answer(acted, undo, page=page, board_id=_board(task_id))


def _board(task_id: int) -> int:
    return queries.board_of(task_id, current.actor())
