"""The rules of boards."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import move_rules as moves
from pmo.services import move_rules
from schemas.board_rules import MoveRuleCreateSchema, MoveRuleListSchema, MoveRuleSchema

bp = ApiBlueprint("Board rules", __name__, description="Who moves cards, and how many at once.")

Fields = Mapping[str, Any]


@bp.route("/boards/<int:board_id>/move-rules")
@bp.response(200, MoveRuleListSchema)
@requires(Capability.PROJECT_READ)
def index_of_moves(board_id: int) -> Any:
    """List the rules of who may move cards on a board.

    The rule for exactly one way counts before those for one of its ends.
    """
    return {"items": moves.of_board(board_id, current.actor())}


@bp.route("/boards/<int:board_id>/move-rules", methods=["POST"])
@bp.arguments(MoveRuleCreateSchema)
@bp.response(201, MoveRuleSchema)
@requires(Capability.BOARD_CONFIGURE)
def create_move(fields: Fields, board_id: int) -> Any:
    """Keep a way of cards for the lead, or open it for all.

    409 if there is a rule for this way.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: move_rules.add(board_id, **fields, actor=actor, at=at))
    headers = made.headers("Board rules.show_move", move_rule_id=made.id)
    return moves.rule(made.id, actor), 201, headers


@bp.route("/move-rules/<int:move_rule_id>")
@bp.response(200, MoveRuleSchema)
@requires(Capability.PROJECT_READ)
def show_move(move_rule_id: int) -> Any:
    """Get a rule of who may move cards.

    It is changed by removing it and adding another.
    """
    return moves.rule(move_rule_id, current.actor())


@bp.route("/move-rules/<int:move_rule_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.BOARD_CONFIGURE)
def destroy_move(move_rule_id: int) -> None:
    """Remove a rule of who may move cards.

    The way is then open to whoever may edit tasks, unless another rule says otherwise.
    """
    move_rules.remove(move_rule_id, actor=current.actor(), at=clock.now())
