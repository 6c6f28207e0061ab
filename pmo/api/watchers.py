"""Who watches tasks."""

from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import watchers as queries
from pmo.services import watchers as services
from schemas.watchers import WatcherListSchema, WatchingSchema

bp = ApiBlueprint("Watchers", __name__, description="People who watch tasks.")


@bp.route("/tasks/<int:task_id>/watchers")
@bp.response(200, WatcherListSchema)
@requires(Capability.PROJECT_EDIT)
def index(task_id: int) -> Any:
    """List who watches a task.

    For who leads the project.
    """
    return {"items": queries.people(task_id, current.actor())}


@bp.route("/tasks/<int:task_id>/watching")
@bp.response(200, WatchingSchema)
@requires(Capability.PROJECT_READ)
def show(task_id: int) -> Any:
    """Tell whether you watch a task.

    And how many do.
    """
    return queries.watching(task_id, current.actor())


@bp.route("/tasks/<int:task_id>/watching", methods=["PUT"])
@bp.response(200, WatchingSchema)
@requires(Capability.TASK_WATCH)
def put(task_id: int) -> Any:
    """Watch a task.

    You hear of what happens to it. Nothing happens if you do already.
    """
    actor = current.actor()
    services.watch(task_id, actor=actor, at=clock.now())
    return queries.watching(task_id, actor)


@bp.route("/tasks/<int:task_id>/watching", methods=["DELETE"])
@bp.response(204)
@requires(Capability.TASK_WATCH)
def destroy(task_id: int) -> None:
    """Watch a task no longer.

    Also one in the archive.
    """
    services.unwatch(task_id, actor=current.actor(), at=clock.now())
