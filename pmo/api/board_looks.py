"""How one looks at a board."""

from collections.abc import Mapping
from typing import Any

from pmo.domain.permissions import Capability
from pmo.errors import Invalid
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import board_looks as queries
from pmo.services import board_looks as services
from schemas.board_looks import BoardLookSchema, BoardLookUpdateSchema, FoldingSchema

bp = ApiBlueprint("Board looks", __name__, description="How you look at a board: yours alone.")

Fields = Mapping[str, Any]


@bp.route("/boards/<int:board_id>/look")
@bp.response(200, BoardLookSchema)
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> Any:
    """Get how you look at a board.

    Lanes, order, density, and what is folded.
    """
    return queries.look(board_id, current.actor())


@bp.route("/boards/<int:board_id>/look", methods=["PUT"])
@bp.arguments(BoardLookUpdateSchema)
@bp.response(200, BoardLookSchema)
@requires(Capability.OWN_VIEW)
def update(wanted: Fields, board_id: int) -> Any:
    """Choose lanes, order and density of a board for yourself.

    What is left out stays as it is. Needs no If-Match: nobody else changes it.
    """
    services.arrange(board_id, **wanted, actor=current.actor())
    return queries.look(board_id, current.actor())


@bp.route("/boards/<int:board_id>/look/folding", methods=["PUT"])
@bp.arguments(FoldingSchema)
@bp.response(200, BoardLookSchema)
@requires(Capability.OWN_VIEW)
def fold(wanted: Fields, board_id: int) -> Any:
    """Fold or unfold a column or a lane of a board for yourself.

    Name one of the two.
    """
    if ("column_id" in wanted) == ("lane" in wanted):
        raise Invalid({"lane": ["Name a column or a lane."]})
    services.fold(board_id, **wanted, actor=current.actor())
    return queries.look(board_id, current.actor())
