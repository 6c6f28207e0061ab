"""The timeline of a project."""

from typing import Any

from babel.dates import get_month_names
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from pmo.domain import timeline
from pmo.domain.permissions import Capability
from pmo.domain.timeline import Zoom
from pmo.http import (
    board_pages,
    board_views,
    current,
    rendering,
    task_filters,
    timeline_drawing,
)
from pmo.http.access import requires
from pmo.queries import boards, headings, timelines
from schemas.views import TimelineQuerySchema

bp = Blueprint("timelines", __name__)

QUERY = TimelineQuerySchema()


@bp.get("/projects/<int:project_id>/timeline")
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> ResponseReturnValue:
    """Show a project's stages and tasks on a line of time."""
    asked, given = board_views.divided(request.args, QUERY)
    actor, today = current.actor(), current.today()
    project = headings.of_project(project_id, actor, Capability.PROJECT_READ)
    found = timelines.of_project(project_id, actor, task_filters.meant(asked), today=today)
    zoom, anchor = given["zoom"], given["day"] or today
    shown = timeline.window(zoom, anchor, found.days)
    known = [board_id for board_id, _ in found.boards]
    board_id = given["board"] if given["board"] in known else next(iter(known), None)

    def address(**more: Any) -> str:
        place = url_for("timelines.show", project_id=project_id)
        wanted = {"board": given["board"], "zoom": zoom.value, "day": given["day"], **more}
        return board_views.address(place, asked, wanted)

    facts = {
        "project": project,
        "timeline": found,
        "drawing": timeline_drawing.draw(found, shown, today),
        "shown": shown,
        "zoom": zoom,
        "zooms": [(it, address(zoom=it.value)) for it in Zoom],
        "home": address(),
        "earlier": address(day=timeline.neighbour(zoom, shown, -1).isoformat()),
        "later": address(day=timeline.neighbour(zoom, shown, 1).isoformat()),
        "months": get_month_names("abbreviated", context="stand-alone", locale=get_locale()),
    }
    if rendering.is_htmx():
        return _varied(render_template("timelines/_view.html", **facts))
    views, filters = [], Markup()
    if board_id is not None:
        views = board_views.links(board_id, project_id, asked, present="timelines.show")
        hidden = [("zoom", zoom.value), ("board", str(board_id))]
        hidden += [("day", given["day"].isoformat())] if given["day"] else []
        filters = board_pages.filter_bar(
            boards.head(board_id, actor),
            asked,
            action=url_for("timelines.show", project_id=project_id),
            hidden=hidden,
        )
    return _varied(render_template("timelines/show.html", **facts, views=views, filters=filters))


def _varied(html: str) -> Response:
    response = Response(html)
    response.vary.add("HX-Request")
    return response
