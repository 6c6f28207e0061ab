"""The rules of a board: who moves cards where."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import AlreadyTaken, InUse
from pmo.http import current, forms
from pmo.http.access import requires
from pmo.queries import boards as board_queries
from pmo.queries import move_rules as moves
from pmo.services import move_rules
from schemas.board_rules import MoveRuleCreateSchema

bp = Blueprint("board_rules", __name__)


@bp.get("/boards/<int:board_id>/rules")
@requires(Capability.BOARD_CONFIGURE)
def index(board_id: int) -> ResponseReturnValue:
    """Show the rules of a board, with the forms of new ones."""
    actor = current.actor()
    head, columns = board_queries.settings(board_id, actor)
    return render_template(
        "boards/rules.html",
        board=head,
        columns=[(column.id, column.name) for column in columns],
        move_rules=moves.of_board(board_id, actor),
        form=forms.state(),
    )


@bp.post("/boards/<int:board_id>/move-rules")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(index, InUse, AlreadyTaken)
def add_move(board_id: int) -> ResponseReturnValue:
    """Add a rule of who may move cards."""
    given = MoveRuleCreateSchema().load(request.form)
    move_rules.add(board_id, **given, actor=current.actor(), at=clock.now())
    return _saved(board_id)


@bp.post("/move-rules/<int:move_rule_id>/removal")
@requires(Capability.BOARD_CONFIGURE)
def destroy_move(move_rule_id: int) -> ResponseReturnValue:
    """Remove a rule of who may move cards."""
    return _saved(move_rules.remove(move_rule_id, actor=current.actor(), at=clock.now()))


def _saved(board_id: int) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("board_rules.index", board_id=board_id), 303)
