"""The rules of boards."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import move_rules as moves
from pmo.queries import wip_rules as limits
from pmo.services import move_rules, wip_rules
from schemas.board_rules import (
    MoveRuleCreateSchema,
    MoveRuleListSchema,
    MoveRuleSchema,
    WipRuleCreateSchema,
    WipRuleListSchema,
    WipRuleSchema,
)

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


@bp.route("/boards/<int:board_id>/wip-rules")
@bp.response(200, WipRuleListSchema)
@requires(Capability.PROJECT_READ)
def index_of_limits(board_id: int) -> Any:
    """List the limits of work in progress on a board.

    By person, stage and label; with those who have more than agreed.
    """
    found = limits.of_board(board_id, current.actor())
    return {"items": found, "overloads": limits.overloads(board_id) if found else ()}


@bp.route("/boards/<int:board_id>/wip-rules", methods=["POST"])
@bp.arguments(WipRuleCreateSchema)
@bp.response(201, WipRuleSchema)
@requires(Capability.BOARD_CONFIGURE)
def create_limit(fields: Fields, board_id: int) -> Any:
    """Limit the work in progress of a person, a stage or a label, or of each of them.

    Counted are tasks in columns of this board that mean in progress. 409 if there is a limit for
    the same.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: wip_rules.add(board_id, **fields, actor=actor, at=at))
    headers = made.headers("Board rules.show_limit", wip_rule_id=made.id)
    return limits.rule(made.id, actor), 201, headers


@bp.route("/wip-rules/<int:wip_rule_id>")
@bp.response(200, WipRuleSchema)
@requires(Capability.PROJECT_READ)
def show_limit(wip_rule_id: int) -> Any:
    """Get a limit of work in progress.

    It is changed by removing it and adding another.
    """
    return limits.rule(wip_rule_id, current.actor())


@bp.route("/wip-rules/<int:wip_rule_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.BOARD_CONFIGURE)
def destroy_limit(wip_rule_id: int) -> None:
    """Remove a limit of work in progress.

    Nothing else changes.
    """
    wip_rules.remove(wip_rule_id, actor=current.actor(), at=clock.now())
