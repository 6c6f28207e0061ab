"""How a person looks at a board: lanes, order, density, what is folded."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http import current, rendering, task_filters
from pmo.http.access import requires
from pmo.services import board_looks as services
from schemas.board_looks import BoardLookUpdateSchema, FoldingForm

bp = Blueprint("board_looks", __name__)


@bp.post("/boards/<int:board_id>/look")
@requires(Capability.OWN_VIEW)
def update(board_id: int) -> ResponseReturnValue:
    """Choose lanes, order and density."""
    services.arrange(board_id, **BoardLookUpdateSchema().load(request.form), actor=current.actor())
    return _back(board_id)


@bp.post("/boards/<int:board_id>/folding")
@requires(Capability.OWN_VIEW)
def fold(board_id: int) -> ResponseReturnValue:
    """Fold or unfold columns and lanes, as the buttons of the board name them."""
    for name, value in FoldingForm().load(request.form).items():
        services.fold(
            board_id,
            is_folded=name.startswith("fold"),
            **{"lane" if name.endswith("lane") else "column_id": value},
            actor=current.actor(),
        )
    return ("", 204) if rendering.is_htmx() else _back(board_id)


def _back(board_id: int) -> ResponseReturnValue:
    """Return to the board as it was filtered."""
    home = url_for("boards.show", board_id=board_id)
    return redirect(task_filters.address(home, task_filters.read(request.args)), 303)
