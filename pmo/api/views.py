"""Other ways to look at tasks: a month of a board, a project on a line of time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmo.domain.permissions import Capability
from pmo.http import current, task_filters
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import calendars, timelines
from schemas.task_filters import TaskFilterSchema
from schemas.views import BoardCalendarQuerySchema, CalendarMonthSchema, TimelineSchema

bp = ApiBlueprint("Views", __name__, description="Tasks by their days: calendar and timeline.")

Fields = Mapping[str, Any]


@bp.route("/boards/<int:board_id>/calendar")
@bp.arguments(BoardCalendarQuerySchema, location="query")
@bp.response(200, CalendarMonthSchema)
@requires(Capability.PROJECT_READ)
def calendar(asked: Fields, board_id: int) -> Any:
    """Get a month of a board.

    Tasks that are due in its weeks or whose period touches them, and those without a day.
    """
    actor, today = current.actor(), current.today()
    month = date.fromisoformat(f"{asked['month']}-01") if asked["month"] else today
    filters = task_filters.meant(task_filters.only(asked))
    return calendars.of_board(board_id, actor, filters, month=month, today=today)


@bp.route("/projects/<int:project_id>/timeline")
@bp.arguments(TaskFilterSchema, location="query")
@bp.response(200, TimelineSchema)
@requires(Capability.PROJECT_READ)
def timeline(asked: Fields, project_id: int) -> Any:
    """Get a project on a line of time.

    Stages with their tasks from the earliest; tasks without any day beside.
    """
    filters = task_filters.meant(task_filters.only(asked))
    return timelines.of_project(project_id, current.actor(), filters, today=current.today())
