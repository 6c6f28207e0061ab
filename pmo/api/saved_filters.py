"""Filters kept under a name."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency, task_filters
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import saved_filters as queries
from pmo.services import saved_filters as services
from schemas.saved_filters import (
    SavedFilterCreateSchema,
    SavedFilterListSchema,
    SavedFilterSchema,
    SavedFilterUpdateSchema,
)

bp = ApiBlueprint("Saved filters", __name__, description="Filters of tasks kept under a name.")

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/filters")
@bp.response(200, SavedFilterListSchema)
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> Any:
    """List the filters of a project that you may use.

    Your own ones and those that its lead shared.
    """
    return {"items": queries.of_project(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/filters", methods=["POST"])
@tagged("version")
@bp.arguments(SavedFilterCreateSchema)
@bp.response(201, SavedFilterSchema)
@requires(Capability.OWN_VIEW)
def create(fields: Fields, project_id: int) -> Any:
    """Keep a filter under a name.

    409 if you have one of this name. Only the lead shares.
    """
    actor, at = current.actor(), clock.now()
    wanted = {**fields, "asked": task_filters.plain(fields["asked"])}
    made = idempotency.once(lambda: services.add(project_id, **wanted, actor=actor, at=at))
    headers = made.headers("Saved filters.show", filter_id=made.id)
    return queries.one(made.id, actor), 201, headers


@bp.route("/filters/<int:filter_id>")
@tagged("version")
@bp.response(200, SavedFilterSchema)
@requires(Capability.PROJECT_READ)
def show(filter_id: int) -> Any:
    """Get a filter that you may use.

    Its `asked` are parameters of lists of tasks.
    """
    return queries.one(filter_id, current.actor())


@bp.route("/filters/<int:filter_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(SavedFilterUpdateSchema)
@bp.response(200, SavedFilterSchema)
@requires(Capability.OWN_VIEW)
def update(changes: Fields, filter_id: int) -> Any:
    """Rename a filter, share it, or make it your own again.

    Shared ones are changed by the lead of the project.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(filter_id, changes, expected_version=version, actor=actor, at=clock.now())
    return queries.one(filter_id, actor)


@bp.route("/filters/<int:filter_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.OWN_VIEW)
def destroy(filter_id: int) -> None:
    """Forget a filter.

    Shared ones are removed by the lead of the project.
    """
    version = etags.expected_version()
    services.remove(filter_id, expected_version=version, actor=current.actor(), at=clock.now())
