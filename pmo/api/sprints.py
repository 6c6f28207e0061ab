"""Sprints: laid out, edited, started; their cards, their changes, their capacity."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, task_filters
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import planning, sprint_changes, task_lists
from pmo.queries import sprints as queries
from pmo.queries.task_filters import BACKLOG
from pmo.queries.task_lists import Slice
from pmo.services import sprint_scope
from pmo.services import sprints as services
from pmo.services.sprints import Share
from schemas.sprints import (
    BacklogQuerySchema,
    PlannedCardsSchema,
    ReasonQuerySchema,
    ScopeChangesSchema,
    ScopeSchema,
    SprintCapacitySchema,
    SprintDetailSchema,
    SprintPlanSchema,
    SprintSettingsSchema,
    SprintsSchema,
    SprintUpdateSchema,
)
from schemas.tasks import TaskPageSchema

bp = ApiBlueprint("Sprints", __name__, description="Sprints, in rolling waves or free.")

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/sprints")
@bp.response(200, SprintsSchema)
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> Any:
    """List the sprints of a project.

    The trial one first, with the policy that they follow.
    """
    return queries.of_project(project_id, current.actor())


@bp.route("/projects/<int:project_id>/sprints", methods=["PUT"])
@bp.arguments(SprintPlanSchema)
@bp.response(200, SprintsSchema)
@requires(Capability.SPRINT_PLAN)
def lay_out(wanted: Fields, project_id: int) -> Any:
    """Lay the sprints of a project out.

    Needs no If-Match: until the first starts it replaces all of them, goals and cards stay with
    their number. From then on 409, but for more of them where the policy is `free`.
    """
    services.lay_out(project_id, **wanted, actor=current.actor(), at=clock.now())
    return queries.of_project(project_id, current.actor())


@bp.route("/projects/<int:project_id>/sprint-settings", methods=["PUT"])
@bp.arguments(SprintSettingsSchema)
@bp.response(200, SprintsSchema)
@requires(Capability.SPRINT_PLAN)
def settings(wanted: Fields, project_id: int) -> Any:
    """Choose the policy of a project's sprints, and what its weights are counted in.

    Needs no If-Match: it says the whole.
    """
    values = {**wanted, "actor": current.actor(), "at": clock.now()}
    services.set_policy(project_id, values.pop("policy"), **values)
    return queries.of_project(project_id, current.actor())


@bp.route("/projects/<int:project_id>/backlog")
@bp.arguments(BacklogQuerySchema, location="query")
@bp.response(200, TaskPageSchema)
@requires(Capability.PROJECT_READ)
def backlog(asked: Fields, project_id: int) -> Any:
    """List the backlog of a project.

    What no sprint is to do and is not done, in board order. Filters are joined by “and”.
    """
    filters = replace(task_filters.meant(task_filters.only(asked)), sprint=BACKLOG)
    wanted = Slice(page=asked["page"], page_size=asked["page_size"])
    found = task_lists.of_project(
        project_id, current.actor(), filters, wanted, today=current.today()
    )
    return task_lists.with_own(found)


@bp.route("/sprints/<int:sprint_id>")
@tagged("version")
@bp.response(200, SprintDetailSchema)
@requires(Capability.PROJECT_READ)
def show(sprint_id: int) -> Any:
    """Get a sprint.

    With its people, and what its cards add up to.
    """
    return _detail(sprint_id)


@bp.route("/sprints/<int:sprint_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(SprintUpdateSchema)
@bp.response(200, SprintDetailSchema)
@requires(Capability.SPRINT_PLAN)
def update(fields: Fields, sprint_id: int) -> Any:
    """Edit a sprint: goal, days, people.

    What is left out stays as it is. 422 if its days touch another sprint's, 409 if it is closed.
    """
    actor, version = current.actor(), etags.expected_version()
    changes = dict(fields)
    if "people" in changes:
        changes["people"] = [Share(**person) for person in changes["people"]]
    services.edit(sprint_id, changes, expected_version=version, actor=actor, at=clock.now())
    return _detail(sprint_id)


@bp.route("/sprints/<int:sprint_id>/start", methods=["PUT"])
@tagged("version")
@bp.response(200, SprintDetailSchema)
@requires(Capability.SPRINT_PLAN)
def start(sprint_id: int) -> Any:
    """Start a sprint.

    What it holds now is what is committed to. 409 tells what is missing: cards, results that are
    expected of them, the closing of another sprint.
    """
    actor, version = current.actor(), etags.expected_version()
    services.start(sprint_id, expected_version=version, actor=actor, at=clock.now())
    return _detail(sprint_id)


@bp.route("/sprints/<int:sprint_id>/tasks")
@bp.response(200, PlannedCardsSchema)
@requires(Capability.PROJECT_READ)
def tasks(sprint_id: int) -> Any:
    """List the cards of a sprint.

    With what of each does not fit it: no expected result, a period or due day elsewhere, a task
    that it waits for and that will not be done in time.
    """
    found = planning.cards_of(sprint_id, current.actor(), today=current.today())
    return {"items": found}


@bp.route("/sprints/<int:sprint_id>/tasks", methods=["POST"])
@bp.arguments(ScopeSchema)
@bp.response(200, PlannedCardsSchema)
@requires(Capability.SPRINT_PLAN)
def put_in(wanted: Fields, sprint_id: int) -> Any:
    """Put cards into a sprint.

    All of them or none. 409 tells why not: the sprint before it is not closed, it is closed
    itself, cards are done or archived, or one of a sprint that runs says no expected result.
    """
    actor, at = current.actor(), clock.now()
    sprint_scope.put_in(sprint_id, wanted["task_ids"], reason=wanted["reason"], actor=actor, at=at)
    return {"items": planning.cards_of(sprint_id, actor, today=current.today())}


@bp.route("/sprints/<int:sprint_id>/tasks/removal", methods=["POST"])
@bp.arguments(ScopeSchema)
@bp.response(200, PlannedCardsSchema)
@requires(Capability.SPRINT_PLAN)
def take_out(wanted: Fields, sprint_id: int) -> Any:
    """Put cards of a sprint back into the backlog.

    All of them or none. Those that are in no sprint stay as they are; those of other sprints do
    not exist here: 404.
    """
    return _taken_out(sprint_id, wanted["task_ids"], wanted["reason"])


@bp.route("/sprints/<int:sprint_id>/tasks/<int:task_id>", methods=["DELETE"])
@bp.arguments(ReasonQuerySchema, location="query")
@bp.response(200, PlannedCardsSchema)
@requires(Capability.SPRINT_PLAN)
def take_one_out(asked: Fields, sprint_id: int, task_id: int) -> Any:
    """Put one card of a sprint back into the backlog.

    Needs no If-Match: the card is named. One that is in no sprint stays as it is.
    """
    return _taken_out(sprint_id, [task_id], asked["reason"])


@bp.route("/sprints/<int:sprint_id>/changes")
@bp.response(200, ScopeChangesSchema)
@requires(Capability.PROJECT_READ)
def changes(sprint_id: int) -> Any:
    """List what changed in a sprint since its start.

    Cards added, removed, re-estimated, with who did it, when and why. Before the start: nothing.
    """
    found = sprint_changes.of_sprint(sprint_id, current.actor())
    return found or sprint_changes.NONE


@bp.route("/sprints/<int:sprint_id>/capacity")
@bp.response(200, SprintCapacitySchema)
@requires(Capability.PROJECT_READ)
def capacity(sprint_id: int) -> Any:
    """Get the capacity of a sprint against its commitment.

    From its people and the production calendar.
    """
    load = planning.load(queries.detail(sprint_id, current.actor()))
    people = [
        {
            "user_id": it.user_id,
            "name": it.name,
            "percent": it.percent,
            "days_off": it.days_off,
            "days": share.days,
            "hours": share.hours,
        }
        for it, share in zip(load.people, load.capacity.shares, strict=True)
    ]
    return {
        "working_days": load.capacity.working_days,
        "working_hours": load.capacity.working_hours,
        "person_days": load.capacity.person_days,
        "person_hours": load.capacity.person_hours,
        "committed": load.committed,
        "basis": load.room.basis,
        "most": load.room.most,
        "past_sprints": load.room.past,
        "people": people,
    }


def _taken_out(sprint_id: int, task_ids: list[int], reason: str) -> Any:
    actor, at = current.actor(), clock.now()
    sprint_scope.take_out_of(sprint_id, task_ids, reason=reason, actor=actor, at=at)
    return {"items": planning.cards_of(sprint_id, actor, today=current.today())}


def _detail(sprint_id: int) -> dict[str, Any]:
    found = queries.detail(sprint_id, current.actor())
    names = SprintDetailSchema().fields
    own = {name: getattr(found.sprint, name) for name in names if hasattr(found.sprint, name)}
    return {
        **own,
        "project_id": found.siblings.project_id,
        "weight_unit": found.siblings.weight_unit,
        "people": found.people,
    }
