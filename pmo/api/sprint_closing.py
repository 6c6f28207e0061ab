"""The closing of sprints, and what became of them."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.closing_forms import closing_of
from pmo.queries import sprint_closing as queries
from pmo.queries import sprint_reports as reports
from pmo.services import sprint_closing as services
from schemas.sprint_closing import ClosingSchema, ClosingViewSchema
from schemas.sprint_reports import AsOfSchema, SprintReportSchema, VelocitySchema

bp = ApiBlueprint(
    "Sprint reports", __name__, description="The closing of sprints, and what became of them."
)

Fields = Mapping[str, Any]


@bp.route("/sprints/<int:sprint_id>/closing")
@bp.response(200, ClosingViewSchema)
@requires(Capability.SPRINT_PLAN)
def show(sprint_id: int) -> Any:
    """Get what is to be decided before a sprint can be closed.

    Its cards that are not done, and how often each was carried over before.
    """
    return queries.view(sprint_id, current.actor())


@bp.route("/sprints/<int:sprint_id>/close", methods=["POST"])
@bp.arguments(ClosingSchema)
@bp.response(200, SprintReportSchema)
@requires(Capability.SPRINT_PLAN)
def close(given: Fields, sprint_id: int) -> Any:
    """Close a sprint, with a decision on each card that is not done.

    All of it or nothing: 409 if a card has no decision, or was finished, moved or put in
    meanwhile. What is decided can carry cards over into the next sprint, to the top or the bottom
    of the backlog, split them, or drop them. Answers with the report, which is frozen from then on.
    """
    actor, at = current.actor(), clock.now()
    zone = current.settings().timezone
    services.close(
        sprint_id,
        closing_of(given),
        expected_version=given["version"],
        confirmed=given["confirmed"],
        zone=zone,
        actor=actor,
        at=at,
    )
    return reports.report(sprint_id, actor, as_of=at, zone=zone)


@bp.route("/sprints/<int:sprint_id>/report")
@bp.arguments(AsOfSchema, location="query")
@bp.response(200, SprintReportSchema)
@requires(Capability.PROJECT_READ)
def report(asked: Fields, sprint_id: int) -> Any:
    """Get the report of a sprint.

    As it was kept at its closing; before it, computed from the journal. With `as_of`, as of any
    moment since its start; 404 before it.
    """
    return reports.at(
        sprint_id,
        current.actor(),
        as_of=asked["as_of"] or clock.now(),
        zone=current.settings().timezone,
    )


@bp.route("/projects/<int:project_id>/velocity")
@bp.arguments(AsOfSchema, location="query")
@bp.response(200, VelocitySchema)
@requires(Capability.PROJECT_READ)
def velocity(asked: Fields, project_id: int) -> Any:
    """Get the velocity of a project.

    The median of its last closed sprints with its range; of the project, never of a person.
    """
    found, kept = reports.velocity(project_id, current.actor(), as_of=asked["as_of"] or clock.now())
    sprints = [
        {"sprint": number, "said": it["said"], "done": it["velocity"]}
        for number, it in kept.items()
    ]
    return {"middle": found.middle, "low": found.low, "high": found.high, "sprints": sprints}
