"""The evidence in a task's panel."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import attachments
from pmo.queries import evidence as queries
from pmo.services import evidence as services
from pmo.web import sections
from pmo.web.undo_offers import Undo, offer
from schemas.evidence import EvidenceCreateSchema, EvidenceForm

bp = Blueprint("evidence", __name__)

NEEDED = Capability.TASK_EDIT


@bp.get("/tasks/<int:task_id>/evidence")
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> ResponseReturnValue:
    """Show the section anew: the files of the card, of which one can be chosen, have changed."""
    return _changed(task_id)


@bp.post("/tasks/<int:task_id>/evidence")
@requires(NEEDED)
def create(task_id: int) -> ResponseReturnValue:
    """Add a piece of evidence."""
    given = EvidenceCreateSchema().load(request.form)
    services.add(task_id, given, actor=current.actor(), at=clock.now())
    return _changed(task_id)


@bp.post("/evidence/<int:evidence_id>")
@requires(NEEDED)
def update(evidence_id: int) -> ResponseReturnValue:
    """Save a piece of evidence."""
    given = EvidenceForm().load(request.form)
    version = given.pop("version")
    fact = services.edit(
        evidence_id, given, expected_version=version, actor=current.actor(), at=clock.now()
    )
    return _changed(fact.task_id)


@bp.post("/evidence/<int:evidence_id>/removal")
@requires(NEEDED)
def destroy(evidence_id: int) -> ResponseReturnValue:
    """Remove a piece of evidence."""
    fact = services.remove(evidence_id, actor=current.actor(), at=clock.now())
    return _changed(fact.task_id, offer(fact.event_id, _("The evidence is removed.")))


def facts(task_id: int) -> dict[str, Any]:
    """Return what the section shows."""
    return {"evidence": queries.of_task(task_id, current.actor())}


def _changed(task_id: int, undo: Undo | None = None) -> ResponseReturnValue:
    return sections.changed(
        task_id,
        "tasks/show/_evidence.html",
        anchor="evidence",
        undo=undo,
        attachments=attachments.of_task(task_id, current.actor()),
        **facts(task_id),
    )
