"""Parts of a project: stages, members, labels."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import memberships as member_queries
from pmo.queries import parts
from pmo.queries import projects as project_queries
from pmo.services import labels, memberships, stages
from schemas.cards import LabelSchema
from schemas.labels import LabelCreateSchema, LabelUpdateSchema
from schemas.lists import LabelListSchema, MemberListSchema, StageListSchema
from schemas.memberships import MemberRoleSchema, MemberSchema
from schemas.stages import (
    StageCreateSchema,
    StagePlacementSchema,
    StageSchema,
    StageUpdateSchema,
)

bp = ApiBlueprint("Project parts", __name__, description="Stages, members, labels of a project.")

Fields = Mapping[str, Any]


@bp.route("/projects/<int:project_id>/stages")
@bp.response(200, StageListSchema)
@requires(Capability.PROJECT_READ)
def index_of_stages(project_id: int) -> Any:
    """List the stages of a project.

    In their order.
    """
    actor, today = current.actor(), current.today()
    return {"items": project_queries.stages(project_id, actor, today=today)}


@bp.route("/projects/<int:project_id>/stages", methods=["POST"])
@tagged("version")
@bp.arguments(StageCreateSchema)
@bp.response(201, StageSchema)
@requires(Capability.PROJECT_EDIT)
def create_stage(fields: Fields, project_id: int) -> Any:
    """Add a stage behind the others.

    Its period is text, as people write it; what it means is in the answer.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: stages.add(project_id, fields, actor=actor, at=at))
    return _stage(made.id), 201, made.headers("Project parts.show_stage", stage_id=made.id)


@bp.route("/stages/<int:stage_id>")
@tagged("version")
@bp.response(200, StageSchema)
@requires(Capability.PROJECT_READ)
def show_stage(stage_id: int) -> Any:
    """Get a stage.

    With its period as written and what it means.
    """
    return _stage(stage_id)


@bp.route("/stages/<int:stage_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(StageUpdateSchema)
@bp.response(200, StageSchema)
@requires(Capability.PROJECT_EDIT)
def update_stage(changes: Fields, stage_id: int) -> Any:
    """Edit a stage: name, period.

    What is left out stays as it is.
    """
    actor, version = current.actor(), etags.expected_version()
    stages.edit(stage_id, changes, expected_version=version, actor=actor, at=clock.now())
    return _stage(stage_id)


@bp.route("/stages/<int:stage_id>/placement", methods=["PUT"])
@bp.arguments(StagePlacementSchema)
@bp.response(200, StageSchema)
@requires(Capability.PROJECT_EDIT)
def place_stage(wanted: Fields, stage_id: int) -> Any:
    """Move a stage in its project.

    Names the stage behind it. Needs no If-Match: the place is found under a lock.
    """
    stages.place(stage_id, **wanted, actor=current.actor(), at=clock.now())
    return _stage(stage_id)


@bp.route("/stages/<int:stage_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.PROJECT_EDIT)
def destroy_stage(stage_id: int) -> None:
    """Remove a stage that no task stands in.

    409 while one does.
    """
    actor, version = current.actor(), etags.expected_version()
    stages.remove(stage_id, expected_version=version, actor=actor, at=clock.now())


@bp.route("/projects/<int:project_id>/members")
@bp.response(200, MemberListSchema)
@requires(Capability.PROJECT_READ)
def index_of_members(project_id: int) -> Any:
    """List the people of a project.

    The lead first, then by their part and name.
    """
    return {"items": member_queries.members(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/members/<int:user_id>", methods=["PUT"])
@bp.arguments(MemberRoleSchema)
@bp.response(200, MemberSchema)
@requires(Capability.PROJECT_STAFF)
def put_member(given: Fields, project_id: int, user_id: int) -> Any:
    """Make a person a member of a project, or change their part in it.

    The office role stays the ceiling of what a membership gives. 409 if the project's lead
    would get another part.
    """
    actor = current.actor()
    memberships.set_role(project_id, user_id=user_id, **given, actor=actor, at=clock.now())
    return parts.member(project_id, user_id, actor)


@bp.route("/projects/<int:project_id>/members/<int:user_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.PROJECT_STAFF)
def destroy_member(project_id: int, user_id: int) -> None:
    """End a person's membership.

    Their cards stay theirs. 409 for the project's lead.
    """
    memberships.remove(project_id, user_id=user_id, actor=current.actor(), at=clock.now())


@bp.route("/projects/<int:project_id>/labels")
@bp.response(200, LabelListSchema)
@requires(Capability.PROJECT_READ)
def index_of_labels(project_id: int) -> Any:
    """List the labels of a project.

    By name.
    """
    return {"items": parts.labels(project_id, current.actor())}


@bp.route("/projects/<int:project_id>/labels", methods=["POST"])
@bp.arguments(LabelCreateSchema)
@bp.response(201, LabelSchema)
@requires(Capability.PROJECT_EDIT)
def create_label(fields: Fields, project_id: int) -> Any:
    """Add a label.

    409 if the project has one of this name.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: labels.add(project_id, **fields, actor=actor, at=at))
    headers = made.headers("Project parts.show_label", label_id=made.id)
    return parts.label(made.id, actor), 201, headers


@bp.route("/labels/<int:label_id>")
@bp.response(200, LabelSchema)
@requires(Capability.PROJECT_READ)
def show_label(label_id: int) -> Any:
    """Get a label.

    Its name and colour.
    """
    return parts.label(label_id, current.actor())


@bp.route("/labels/<int:label_id>", methods=["PATCH"])
@bp.arguments(LabelUpdateSchema)
@bp.response(200, LabelSchema)
@requires(Capability.PROJECT_EDIT)
def update_label(changes: Fields, label_id: int) -> Any:
    """Rename or recolour a label.

    What is left out stays as it is. Labels have no versions: no If-Match.
    """
    labels.edit(label_id, changes, actor=current.actor(), at=clock.now())
    return parts.label(label_id, current.actor())


@bp.route("/labels/<int:label_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.PROJECT_EDIT)
def destroy_label(label_id: int) -> None:
    """Remove a label.

    Also from the tasks that have it.
    """
    labels.remove(label_id, actor=current.actor(), at=clock.now())


def _stage(stage_id: int) -> project_queries.StageView:
    return parts.stage(stage_id, current.actor(), today=current.today())
