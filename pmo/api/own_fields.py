"""Fields of a project's own."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import own_fields as queries
from pmo.services import own_fields as services
from schemas.own_fields import (
    OwnFieldCreateSchema,
    OwnFieldListSchema,
    OwnFieldPlacementSchema,
    OwnFieldRemovalSchema,
    OwnFieldSchema,
    OwnFieldUpdateSchema,
)

bp = ApiBlueprint(
    "Own fields", __name__, description="Fields that a project gives its tasks beside the usual."
)

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/own-fields")
@bp.response(200, OwnFieldListSchema)
@requires(Capability.PROJECT_READ)
def index(project_id: int) -> Any:
    """List the own fields of a project.

    In their order.
    """
    return {"items": queries.of_project(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/own-fields", methods=["POST"])
@tagged("version")
@bp.arguments(OwnFieldCreateSchema)
@bp.response(201, OwnFieldSchema)
@requires(Capability.PROJECT_EDIT)
def create(fields: Fields, project_id: int) -> Any:
    """Add an own field behind the others.

    Its key is given by the office. 409 if the project has one of this name.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(project_id, **fields, actor=actor, at=at))
    headers = made.headers("Own fields.show", field_id=made.id)
    return queries.field(made.id, actor), 201, headers


@bp.route("/own-fields/<int:field_id>")
@tagged("version")
@bp.response(200, OwnFieldSchema)
@requires(Capability.PROJECT_READ)
def show(field_id: int) -> Any:
    """Get an own field.

    Its name, what it holds, and its choices.
    """
    return queries.field(field_id, current.actor())


@bp.route("/own-fields/<int:field_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(OwnFieldUpdateSchema)
@bp.response(200, OwnFieldSchema)
@requires(Capability.PROJECT_EDIT)
def update(changes: Fields, field_id: int) -> Any:
    """Edit an own field: name, choices.

    What is left out stays as it is. 422 if tasks hold a choice that is left out.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(field_id, changes, expected_version=version, actor=actor, at=clock.now())
    return queries.field(field_id, actor)


@bp.route("/own-fields/<int:field_id>/placement", methods=["PUT"])
@bp.arguments(OwnFieldPlacementSchema)
@bp.response(200, OwnFieldSchema)
@requires(Capability.PROJECT_EDIT)
def place(wanted: Fields, field_id: int) -> Any:
    """Move an own field in its project.

    Names the field behind it. Needs no If-Match: the place is found under a lock.
    """
    services.place(field_id, **wanted, actor=current.actor(), at=clock.now())
    return queries.field(field_id, current.actor())


@bp.route("/own-fields/<int:field_id>", methods=["DELETE"])
@tagged("version")
@bp.arguments(OwnFieldRemovalSchema, location="query")
@bp.response(204)
@requires(Capability.PROJECT_EDIT)
def destroy(asked: Fields, field_id: int) -> None:
    """Remove an own field.

    409 while tasks hold something in it, unless `with_values` takes that along. Its key is never
    used again.
    """
    actor, version = current.actor(), etags.expected_version()
    services.remove(field_id, **asked, expected_version=version, actor=actor, at=clock.now())
