"""Templates of boards."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import board_templates as queries
from pmo.services import board_templates as services
from schemas.board_templates import (
    BoardTemplateListSchema,
    BoardTemplateSchema,
    TemplateNameSchema,
)

bp = ApiBlueprint("Board templates", __name__, description="What new boards can be made of.")

Fields = Mapping[str, Any]


@bp.route("/board-templates")
@bp.response(200, BoardTemplateListSchema)
@requires(Capability.PORTFOLIO_READ)
def index() -> Any:
    """List the templates of the office.

    By name.
    """
    return {"items": queries.every(current.actor())}


@bp.route("/boards/<int:board_id>/templates", methods=["POST"])
@tagged("version")
@bp.arguments(TemplateNameSchema)
@bp.response(201, BoardTemplateSchema)
@requires(Capability.BOARD_CONFIGURE)
def create(fields: Fields, board_id: int) -> Any:
    """Save a board's columns and rules as a template of the office.

    Without people, tasks, and limits for one stage or label. 409 if the name is in use.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.save(board_id, **fields, actor=actor, at=at))
    headers = made.headers("Board templates.show", board_template_id=made.id)
    return queries.template(made.id, actor), 201, headers


@bp.route("/board-templates/<int:board_template_id>")
@tagged("version")
@bp.response(200, BoardTemplateSchema)
@requires(Capability.PORTFOLIO_READ)
def show(board_template_id: int) -> Any:
    """Get a template.

    A board is made of it by `POST /projects/{project_id}/boards`.
    """
    return queries.template(board_template_id, current.actor())


@bp.route("/board-templates/built-in/<string:template_key>")
@bp.response(200, BoardTemplateSchema)
@requires(Capability.PORTFOLIO_READ)
def show_built_in(template_key: str) -> Any:
    """Get a template that is built in.

    A board is made of it by `POST /projects/{project_id}/boards`.
    """
    return queries.built_in(template_key, current.actor())


@bp.route("/board-templates/<int:board_template_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(TemplateNameSchema)
@bp.response(200, BoardTemplateSchema)
@requires(Capability.PROGRAMMES_EDIT)
def update(fields: Fields, board_template_id: int) -> Any:
    """Give a template another name.

    409 if the name is in use.
    """
    services.rename(
        board_template_id,
        **fields,
        expected_version=etags.expected_version(),
        actor=current.actor(),
        at=clock.now(),
    )
    return queries.template(board_template_id, current.actor())


@bp.route("/board-templates/<int:board_template_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.PROGRAMMES_EDIT)
def destroy(board_template_id: int) -> None:
    """Remove a template.

    Boards made of it stay.
    """
    version = etags.expected_version()
    services.remove(
        board_template_id, expected_version=version, actor=current.actor(), at=clock.now()
    )
