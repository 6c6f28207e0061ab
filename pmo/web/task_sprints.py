"""The sprint of a task, in its panel."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from pmo import clock
from pmo.domain.permissions import Capability
from pmo.http import current
from pmo.http.access import requires
from pmo.queries import sprints as queries
from pmo.services import sprint_scope
from pmo.web import sections
from schemas.sprints import TaskSprintForm

bp = Blueprint("task_sprints", __name__)


@bp.post("/tasks/<int:task_id>/sprint")
@requires(Capability.SPRINT_PLAN)
def update(task_id: int) -> ResponseReturnValue:
    """Put the card into a sprint, or into the backlog."""
    given = TaskSprintForm().load(request.form)
    actor, at = current.actor(), clock.now()
    reason, sprint_id = given["reason"], given.get("sprint_id")
    if sprint_id is None:
        project_id = queries.of_task(task_id, actor).project_id
        sprint_scope.take_out(project_id, [task_id], reason=reason, actor=actor, at=at)
    else:
        sprint_scope.put_in(sprint_id, [task_id], reason=reason, actor=actor, at=at)
    return sections.changed(task_id, "tasks/show/_sprint.html", anchor="sprint", **facts(task_id))


def facts(task_id: int) -> dict[str, Any]:
    """Return what the section shows."""
    return {"of_sprints": queries.of_task(task_id, current.actor())}
