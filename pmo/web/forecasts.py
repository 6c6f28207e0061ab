"""The forecast of a project, and the cards that are left to be done."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pmo.domain.flow.days import on
from pmo.domain.flow.forecast import Asked, Forecast, seed_of
from pmo.domain.permissions import Capability
from pmo.http import current, days, flow_lists, forecast_figures
from pmo.http.access import requires
from pmo.http.card_pages import CardPages
from pmo.queries import flow, flow_cards, headings
from schemas.flow_pages import ForecastPageSchema, ForecastTasksPageSchema

bp = Blueprint("forecasts", __name__)

QUERY = ForecastPageSchema()
TASKS_QUERY = ForecastTasksPageSchema()
AHEAD = timedelta(days=30)
"""How far one looks who names no day."""


@bp.get("/projects/<int:project_id>/forecast")
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> ResponseReturnValue:
    """Show when the rest will be done, and how much by a day, or why that cannot be told."""
    asked = QUERY.load_filled(request.args)
    project = headings.of_project(project_id, current.actor(), Capability.PROJECT_READ)
    found = _forecast(project_id, asked)
    stages = flow_cards.stages(project_id)
    kept = {"as_of": asked["as_of"].isoformat()} if asked["as_of"] else {}

    def cards(stage: str | None) -> str:
        begin = url_for("forecasts.tasks", project_id=project_id)
        given = {**kept, **({"stage": stage} if stage else {})}
        return f"{begin}?{urlencode(given)}" if given else begin

    return render_template(
        "flow/forecast.html",
        project=project,
        asked=asked,
        forecast=found,
        figures=forecast_figures.every(found),
        refusal=forecast_figures.refusal(found),
        source="" if found.refusal else forecast_figures.source(found),
        on_time=[(it, stages.get(it.stage or "", ""), cards(it.stage)) for it in found.on_time],
        chance=forecast_figures.chance,
        day_of=forecast_figures.day_of,
        sure=forecast_figures.SURE,
        finished=_finished(project_id, found),
        looked_on=on(found.as_of, current.settings().timezone),
        today=current.today(),
    )


@bp.get("/projects/<int:project_id>/forecast/tasks")
@requires(Capability.PROJECT_READ)
def tasks(project_id: int) -> ResponseReturnValue:
    """Show the cards that are left, of the project or of a stage, as links to them."""
    asked = TASKS_QUERY.load_filled(request.args)
    project = headings.of_project(project_id, current.actor(), Capability.PROJECT_READ)
    found = _forecast(project_id, {"count": None, "by": None, "seed": None, **asked})
    stage = asked["stage"] or None
    numbers = next((it.tasks for it in found.on_time if it.stage == stage), found.tasks)
    pages = CardPages(numbers, asked["page"])
    return render_template(
        "flow/tasks.html",
        project=project,
        heading=_("Left to be done"),
        narrowed=flow_cards.stages(project_id).get(stage or "", ""),
        pages=pages,
        cards=flow_cards.page(project_id, numbers, pages.page),
        say=flow_lists.nothing,
        back=url_for("forecasts.show", project_id=project_id),
        back_to=_("Forecast"),
    )


def _finished(project_id: int, found: Forecast) -> str:
    """Return the address of the cards that the forecast was drawn from."""
    first, last = found.sample.first_on.isoformat(), found.sample.last_on.isoformat()
    given = {"period": "own", "first": first, "last": last, "figure": "finished"}
    looked_on = on(found.as_of, current.settings().timezone).isoformat()
    begin = url_for("flow.tasks", project_id=project_id)
    return f"{begin}?{urlencode({**given, 'as_of': looked_on})}"


def _forecast(project_id: int, asked: dict[str, Any]) -> Forecast:
    as_of, zone = days.looked_at(asked["as_of"]), current.settings().timezone
    day = on(as_of, zone)
    by = day + AHEAD if asked["by"] is None else asked["by"]
    seed = seed_of(day) if asked["seed"] is None else asked["seed"]
    return flow.forecast_of(project_id, as_of, zone, Asked(seed, asked["count"], by))
