"""The calendar of a board."""

from datetime import date

from babel.dates import get_day_names, get_month_names
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from pmo.domain import month_grid
from pmo.domain.permissions import Capability
from pmo.http import board_pages, board_views, current, rendering, task_filters
from pmo.http.access import requires
from pmo.http.task_filters import Asked
from pmo.queries import boards, calendars
from schemas.views import CalendarQuerySchema

bp = Blueprint("calendars", __name__)

QUERY = CalendarQuerySchema()


@bp.get("/boards/<int:board_id>/calendar")
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> ResponseReturnValue:
    """Show a month of a board; for htmx the month alone."""
    asked, given = board_views.divided(request.args, QUERY)
    head = boards.head(board_id, current.actor())
    today = current.today()
    month = date.fromisoformat(f"{given['month']}-01") if given["month"] else today.replace(day=1)
    found = calendars.of_board(
        board_id, current.actor(), task_filters.meant(asked), month=month, today=today
    )
    locale = get_locale()
    names = get_month_names("wide", context="stand-alone", locale=locale)
    short = get_day_names("abbreviated", context="stand-alone", locale=locale)
    long = get_day_names("wide", context="stand-alone", locale=locale)
    facts = {
        "board": head,
        "calendar": found,
        "month_name": f"{names[month.month].capitalize()} {month.year}",
        "weekdays": [(short[day], long[day]) for day in range(month_grid.WEEK)],
        "earlier": _address(board_id, asked, month_grid.shifted(month, -1)),
        "later": _address(board_id, asked, month_grid.shifted(month, 1)),
        "present": _address(board_id, asked, None),
        "home": _address(board_id, asked, month if given["month"] else None),
    }
    if rendering.is_htmx():
        return _varied(render_template("calendars/_view.html", **facts))
    action = url_for("calendars.show", board_id=board_id)
    hidden = [("month", given["month"])] if given["month"] else []
    html = render_template(
        "calendars/show.html",
        **facts,
        filters=board_pages.filter_bar(head, asked, action=action, hidden=hidden),
        views=board_views.links(board_id, head.project_id, asked, present="calendars.show"),
    )
    return _varied(html)


def _address(board_id: int, asked: Asked, month: date | None) -> str:
    place = url_for("calendars.show", board_id=board_id)
    more = {"month": f"{month:%Y-%m}"} if month else {}
    return board_views.address(place, asked, more)


def _varied(html: str) -> Response:
    response = Response(html)
    response.vary.add("HX-Request")
    return response
