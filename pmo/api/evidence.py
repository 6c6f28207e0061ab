"""Evidence of tasks."""

from collections.abc import Mapping
from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current, etags, idempotency
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.http.etags import tagged
from pmo.queries import evidence as queries
from pmo.services import evidence as services
from schemas.evidence import (
    EvidenceCreateSchema,
    EvidenceListSchema,
    EvidenceSchema,
    EvidenceUpdateSchema,
)

bp = ApiBlueprint("Evidence", __name__, description="What confirms the results of tasks.")

Fields = Mapping[str, Any]


@bp.route("/tasks/<int:task_id>/evidence")
@bp.response(200, EvidenceListSchema)
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> Any:
    """List the evidence of a task.

    The oldest first.
    """
    return {"items": queries.of_task(task_id, current.actor())}


@bp.route("/tasks/<int:task_id>/evidence", methods=["POST"])
@tagged("version")
@bp.arguments(EvidenceCreateSchema)
@bp.response(201, EvidenceSchema)
@requires(Capability.TASK_EDIT)
def create(fields: Fields, task_id: int) -> Any:
    """Add a piece of evidence to a task.

    Its address is kept and shown, never opened by the service. 409 if there are 50 already.
    """
    actor, at = current.actor(), clock.now()
    made = idempotency.once(lambda: services.add(task_id, fields, actor=actor, at=at).evidence_id)
    return _piece(made.id), 201, made.headers("Evidence.show", evidence_id=made.id)


@bp.route("/evidence/<int:evidence_id>")
@tagged("version")
@bp.response(200, EvidenceSchema)
@requires(Capability.PROJECT_READ)
def show(evidence_id: int) -> Any:
    """Get a piece of evidence.

    With who added it and when.
    """
    return _piece(evidence_id)


@bp.route("/evidence/<int:evidence_id>", methods=["PATCH"])
@tagged("version")
@bp.arguments(EvidenceUpdateSchema)
@bp.response(200, EvidenceSchema)
@requires(Capability.TASK_EDIT)
def update(changes: Fields, evidence_id: int) -> Any:
    """Edit a piece of evidence.

    What is left out stays as it is.
    """
    actor, version = current.actor(), etags.expected_version()
    services.edit(evidence_id, changes, expected_version=version, actor=actor, at=clock.now())
    return _piece(evidence_id)


@bp.route("/evidence/<int:evidence_id>", methods=["DELETE"])
@tagged("version")
@bp.response(204)
@requires(Capability.TASK_EDIT)
def destroy(evidence_id: int) -> None:
    """Remove a piece of evidence.

    What it said stays in the history of the task.
    """
    actor, version = current.actor(), etags.expected_version()
    services.remove(evidence_id, expected_version=version, actor=actor, at=clock.now())


def _piece(evidence_id: int) -> queries.EvidenceView:
    return queries.piece(evidence_id, current.actor())
