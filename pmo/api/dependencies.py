"""What tasks wait for."""

from typing import Any

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import dependencies as queries
from pmo.services import dependencies as services
from schemas.dependencies import DependenciesSchema

bp = ApiBlueprint("Dependencies", __name__, description="Tasks that wait for other tasks.")


@bp.route("/tasks/<int:task_id>/dependencies")
@bp.response(200, DependenciesSchema)
@requires(Capability.PROJECT_READ)
def index(task_id: int) -> Any:
    """Get what a task waits for and what waits for it.

    Done and archived ones too: see `is_open`.
    """
    return queries.of_task(task_id, current.actor())


@bp.route("/tasks/<int:task_id>/blockers/<int:blocker_id>", methods=["PUT"])
@bp.response(200, DependenciesSchema)
@requires(Capability.TASK_EDIT)
def put(task_id: int, blocker_id: int) -> Any:
    """Let a task wait for another one of its project.

    409 if they would wait for each other, be it round about, or if there are 50 already.
    """
    actor = current.actor()
    services.add(task_id, blocker_id=blocker_id, actor=actor, at=clock.now())
    return queries.of_task(task_id, actor)


@bp.route("/tasks/<int:task_id>/blockers/<int:blocker_id>", methods=["DELETE"])
@bp.response(204)
@requires(Capability.TASK_EDIT)
def destroy(task_id: int, blocker_id: int) -> None:
    """Let a task wait for another one no longer.

    Nothing happens if it did not.
    """
    services.remove(task_id, blocker_id=blocker_id, actor=current.actor(), at=clock.now())
