"""The top of the cascade: programmes and their strategic projects."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import programmes as queries
from pmo.services import programmes as services
from schemas.programmes import (
    CascadeSchema,
    ProgrammeCreateSchema,
    ProgrammeSchema,
    ProgrammeUpdateSchema,
    StrategicProjectCreateSchema,
    StrategicProjectSchema,
    StrategicProjectUpdateSchema,
)

bp = ApiBlueprint("Programmes", __name__, description="Programmes and strategic projects.")

Fields = Mapping[str, Any]


@bp.route("/programmes")
@bp.response(200, CascadeSchema)
@requires(Capability.PORTFOLIO_READ)
def index() -> Any:
    """Get the whole cascade: programmes, strategic projects, projects.

    Of the projects, those that you may see.
    """
    return queries.tree(current.actor())


@bp.route("/programmes", methods=["POST"])
@tagged("version")
@bp.arguments(ProgrammeCreateSchema)
@bp.response(201, ProgrammeSchema)
@requires(Capability.PROGRAMMES_EDIT)
def create(fields: Fields) -> Any:
    """Add a programme.

    A name is enough.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(fields, actor=actor, at=at))
    headers = made.headers("Programmes.show", programme_id=made.id)
    return queries.programme(made.id, actor), 201, headers


@bp.route("/programmes/<int:programme_id>")
@tagged("version")
@bp.response(200, ProgrammeSchema)
@requires(Capability.PORTFOLIO_READ)
def show(programme_id: int) -> Any:
    """Get a programme with its strategic projects.

    And their projects that you may see.
    """
    return queries.programme(programme_id, current.actor())


@bp.route("/programmes/<int:programme_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(ProgrammeUpdateSchema)
@bp.response(200, ProgrammeSchema)
@requires(Capability.PROGRAMMES_EDIT)
def update(changes: Fields, programme_id: int) -> Any:
    """Edit a programme.

    What is left out stays as it is.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(programme_id, changes, expected_version=version, actor=actor, at=clock.now())
    return queries.programme(programme_id, actor)


@bp.route("/programmes/<int:programme_id>/strategic-projects", methods=["POST"])
@tagged("version")
@bp.arguments(StrategicProjectCreateSchema)
@bp.response(201, StrategicProjectSchema)
@requires(Capability.PROGRAMMES_EDIT)
def create_strategic_project(fields: Fields, programme_id: int) -> Any:
    """Add a strategic project to a programme.

    At the end of its list.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(
        lambda: services.add_strategic_project(programme_id, fields, actor=actor, at=at)
    )
    headers = made.headers("Programmes.show_strategic_project", strategic_project_id=made.id)
    return queries.strategic_project(made.id, actor), 201, headers


@bp.route("/strategic-projects/<int:strategic_project_id>")
@tagged("version")
@bp.response(200, StrategicProjectSchema)
@requires(Capability.PORTFOLIO_READ)
def show_strategic_project(strategic_project_id: int) -> Any:
    """Get a strategic project.

    With its projects that you may see.
    """
    return queries.strategic_project(strategic_project_id, current.actor())


@bp.route("/strategic-projects/<int:strategic_project_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(StrategicProjectUpdateSchema)
@bp.response(200, StrategicProjectSchema)
@requires(Capability.PROGRAMMES_EDIT)
def update_strategic_project(changes: Fields, strategic_project_id: int) -> Any:
    """Edit a strategic project.

    What is left out stays as it is.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit_strategic_project(
        strategic_project_id, changes, expected_version=version, actor=actor, at=clock.now()
    )
    return queries.strategic_project(strategic_project_id, actor)
