"""The rules of a board: who moves cards where, and how many at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.errors import AlreadyTaken, InUse
from pmo.http import current, forms
from pmo.http.access import requires
from pmo.queries import boards as board_queries
from pmo.queries import move_rules as moves
from pmo.queries import tasks
from pmo.queries import wip_rules as limits
from pmo.services import move_rules, wip_rules
from schemas.board_rules import MoveRuleCreateSchema, WipRuleCreateSchema, WipRuleForm

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
        wip_rules=limits.of_board(board_id, actor),
        choices=tasks.choices(head.project_id, actor),
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


@bp.post("/boards/<int:board_id>/wip-rules")
@requires(Capability.BOARD_CONFIGURE)
@forms.redraws(index, InUse, AlreadyTaken)
def add_limit(board_id: int) -> ResponseReturnValue:
    """Add a limit of work in progress."""
    typed = WipRuleForm().load(request.form)
    by, _colon, subject = typed.pop("whose").partition(":")
    values = {"by": by, "subject_id": subject, **request.form.to_dict()}
    del values["whose"]
    given = WipRuleCreateSchema().load(MultiDict(values))
    wip_rules.add(board_id, **given, actor=current.actor(), at=clock.now())
    return _saved(board_id)


@bp.post("/wip-rules/<int:wip_rule_id>/removal")
@requires(Capability.BOARD_CONFIGURE)
def destroy_limit(wip_rule_id: int) -> ResponseReturnValue:
    """Remove a limit of work in progress."""
    return _saved(wip_rules.remove(wip_rule_id, actor=current.actor(), at=clock.now()))


def _saved(board_id: int) -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("board_rules.index", board_id=board_id), 303)
