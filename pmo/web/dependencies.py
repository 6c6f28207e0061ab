"""What a task waits for and what waits for it, in its panel."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import dependencies as queries
from pmo.services import dependencies as services
from pmo.web import sections
from pmo.web.undo_offers import Undo, offer
from schemas.dependencies import BlockerForm, BlockerQuerySchema

bp = Blueprint("dependencies", __name__)

NEEDED = Capability.TASK_EDIT


@bp.get("/tasks/<int:task_id>/blockers/choices")
@requires(NEEDED)
def choices(task_id: int) -> ResponseReturnValue:
    """Offer cards whose key and title have the words that were typed."""
    words = BlockerQuerySchema().load(request.args).get("blocker", "")
    found = queries.choices(task_id, words, current.actor())
    return render_template("tasks/show/_blocker_choices.html", choices=found)


@bp.post("/tasks/<int:task_id>/blockers")
@requires(NEEDED)
def create(task_id: int) -> ResponseReturnValue:
    """Let the task wait for the one that was named."""
    actor = current.actor()
    named = BlockerForm().load(request.form)["blocker"]
    blocker_id = queries.named(task_id, named, actor)
    services.add(task_id, blocker_id=blocker_id, actor=actor, at=clock.now())
    return _changed(task_id)


@bp.post("/tasks/<int:task_id>/blockers/<int:blocker_id>/removal")
@requires(NEEDED)
def destroy(task_id: int, blocker_id: int) -> ResponseReturnValue:
    """Let the task wait for another one no longer."""
    actor, at = current.actor(), clock.now()
    event_id = services.remove(task_id, blocker_id=blocker_id, actor=actor, at=at)
    return _changed(task_id, offer(event_id, _("The card waits for it no longer.")))


def facts(task_id: int) -> dict[str, Any]:
    """Return what the section shows."""
    return {"dependencies": queries.of_task(task_id, current.actor())}


def _changed(task_id: int, undo: Undo | None = None) -> ResponseReturnValue:
    return sections.changed(
        task_id, "tasks/show/_dependencies.html", anchor="dependencies", undo=undo, **facts(task_id)
    )
