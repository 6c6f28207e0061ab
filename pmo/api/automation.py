"""Automation of boards: rules and their log."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.api.paging import history_page
from pmo.domain.permissions import Capability
from pmo.http import automation_texts, current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import automation as queries
from pmo.services import automation_rules as services
from schemas.automation import (
    AutomationLogSchema,
    AutomationRuleCreateSchema,
    AutomationRuleListSchema,
    AutomationRuleSchema,
    AutomationRuleUpdateSchema,
    RulePlacementSchema,
)
from schemas.histories import HistoryQuerySchema

bp = ApiBlueprint("Automation", __name__, description="What boards do by themselves, and when.")

Fields = Mapping[str, Any]


@bp.route("/boards/<int:board_id>/automation-rules")
@bp.response(200, AutomationRuleListSchema)
@requires(Capability.PROJECT_READ)
def index(board_id: int) -> Any:
    """List the rules of a board.

    In the order in which they act.
    """
    return {"items": queries.of_board(board_id, current.actor())}


@bp.route("/boards/<int:board_id>/automation-rules", methods=["POST"])
@tagged("version")
@bp.arguments(AutomationRuleCreateSchema)
@bp.response(201, AutomationRuleSchema)
@requires(Capability.BOARD_CONFIGURE)
def create(fields: Fields, board_id: int) -> Any:
    """Add a rule after the others of a board.

    A rule acts as the lead would; what the board's own rules refuse, it does not do. Fields that
    trigger and action do not need are ignored. 409 if the name is in use.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(board_id, values=fields, actor=actor, at=at))
    headers = made.headers("Automation.show", automation_rule_id=made.id)
    return queries.rule(made.id, actor), 201, headers


@bp.route("/automation-rules/<int:automation_rule_id>")
@tagged("version")
@bp.response(200, AutomationRuleSchema)
@requires(Capability.PROJECT_READ)
def show(automation_rule_id: int) -> Any:
    """Get a rule.

    A rule that goes round in a circle is switched off; `refusals` counts how often it was stopped.
    """
    return queries.rule(automation_rule_id, current.actor())


@bp.route("/automation-rules/<int:automation_rule_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(AutomationRuleUpdateSchema)
@bp.response(200, AutomationRuleSchema)
@requires(Capability.BOARD_CONFIGURE)
def update(fields: Fields, automation_rule_id: int) -> Any:
    """Edit a rule, or switch it on or off.

    What is left out stays as it is.
    """
    services.edit(
        automation_rule_id,
        changes=fields,
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return queries.rule(automation_rule_id, current.actor())


@bp.route("/automation-rules/<int:automation_rule_id>/placement", methods=["PUT"])
@bp.arguments(RulePlacementSchema)
@bp.response(200, AutomationRuleSchema)
@requires(Capability.BOARD_CONFIGURE)
def place(wanted: Fields, automation_rule_id: int) -> Any:
    """Move a rule in the order of its board.

    Names the neighbour below. Needs no If-Match: the place is found under a lock.
    """
    services.move(automation_rule_id, **wanted, actor=current.actor(), at=clock.now())
    return queries.rule(automation_rule_id, current.actor())


@bp.route("/automation-rules/<int:automation_rule_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.BOARD_CONFIGURE)
def destroy(automation_rule_id: int) -> None:
    """Remove a rule.

    What it did stays, and so does its log.
    """
    version = etags.expected_version()
    services.remove(
        automation_rule_id,
        expected_version=version,
        actor=current.actor(),
        at=clock.now(),
    )


@bp.route("/boards/<int:board_id>/automation-log")
@bp.arguments(HistoryQuerySchema, location="query")
@bp.response(200, AutomationLogSchema)
@requires(Capability.BOARD_CONFIGURE)
def log(asked: Fields, board_id: int) -> Any:
    """Get what the rules of a board did.

    Newest first; page on with `before_id`. Kept for 90 days.
    """
    page = history_page(queries.log, board_id, asked)
    lines = [{**_fields(run), "reason": automation_texts.reason(run)} for run in page["items"]]
    return {**page, "items": lines}


def _fields(run: queries.AutomationRunView) -> dict[str, Any]:
    return {name: getattr(run, name) for name in run.__dataclass_fields__}
