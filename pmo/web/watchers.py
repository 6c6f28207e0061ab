"""One's own watching of a task, in its panel."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import watchers as queries
from pmo.services import watchers as services
from pmo.web import sections
from schemas.watchers import WatchingForm

bp = Blueprint("watchers", __name__)


@bp.post("/tasks/<int:task_id>/watching")
@requires(Capability.TASK_WATCH)
def update(task_id: int) -> ResponseReturnValue:
    """Watch the task, or no longer."""
    wanted = WatchingForm().load(request.form)["is_watching"]
    change = services.watch if wanted else services.unwatch
    change(task_id, actor=current.actor(), at=clock.now())
    return sections.changed(
        task_id, "tasks/show/_watching.html", anchor="watching", **facts(task_id)
    )


def facts(task_id: int) -> dict[str, Any]:
    """Return what the section shows."""
    return {"watching": queries.watching(task_id, current.actor())}
