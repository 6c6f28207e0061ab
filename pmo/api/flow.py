"""Flow of a project: figures from its journal, and its forecast."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app

from pmo.domain.flow.days import USUAL_DAYS, on
from pmo.domain.flow.figures import Figures
from pmo.domain.flow.forecast import Asked, seed_of
from pmo.domain.flow_periods import FlowList
from pmo.domain.permissions import Capability
from pmo.http import current, days, flow_lists
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import flow as queries
from pmo.queries import flow_cards, flow_days
from pmo.queries.flow import Wanted
from pmo.queries.flow_memo import Memo
from schemas.flow import (
    LONGEST_DAYS,
    FlowDaysQuerySchema,
    FlowDaysSchema,
    FlowQuerySchema,
    FlowSchema,
    FlowTasksQuerySchema,
    FlowTasksSchema,
)
from schemas.forecasts import ForecastQuerySchema, ForecastSchema

bp = ApiBlueprint(
    "Flow", __name__, description="How work flows through a project, and when it ends."
)

Fields = Mapping[str, Any]

_answers: Memo[tuple[Figures, str]] = Memo(8 * 1024 * 1024)
"""By the identity of figures, which stay the same as long as nothing is added to their journal:
writing a thousand cards as JSON takes ten times longer than finding them."""


@bp.route("/projects/<int:project_id>/flow")
@bp.arguments(FlowQuerySchema, location="query")
@bp.response(200, FlowSchema)
@requires(Capability.PROJECT_READ)
def figures(asked: Fields, project_id: int) -> Any:
    """Get all figures of flow of a project.

    From its journal alone, as they were on any day: what came later changes nothing.
    """
    found = queries.of_project(project_id, current.actor(), _wanted(asked))

    def written() -> tuple[Figures, str]:
        return found, current_app.json.dumps(FlowSchema().dump(found))

    _found, text = _answers.get(id(found), written, lambda it: len(it[1]))
    return current_app.response_class(text, mimetype="application/json")


def _wanted(asked: Fields) -> Wanted:
    last_on = max(min(asked["last_on"] or current.today(), current.today()), days.EARLIEST)
    first_on = asked["first_on"]
    if first_on is not None:
        first_on = max(first_on, last_on - timedelta(days=LONGEST_DAYS - 1))
    return Wanted(
        as_of=days.looked_at(asked["as_of"]),
        first_on=first_on,
        last_on=last_on,
        board_id=asked["board_id"],
        zone=current.settings().timezone,
        percent=asked["percent"],
        window_days=asked["window_days"],
    )


@bp.route("/projects/<int:project_id>/flow/tasks")
@bp.arguments(FlowTasksQuerySchema, location="query")
@bp.response(200, FlowTasksSchema)
@requires(Capability.PROJECT_READ)
def tasks(asked: Fields, project_id: int) -> Any:
    """List the cards behind a figure of flow.

    Where each stands is told as of today.
    """
    wanted = _wanted(asked)
    found = queries.of_project(project_id, current.actor(), wanted)
    if asked["figure"] is FlowList.CUMULATIVE:
        day = asked["day"] or found.window.last_on
        numbers = queries.between(project_id, wanted, day, asked["step"]).tasks
    else:
        numbers = flow_lists.behind(found, asked).numbers
    page, size = asked["page"], asked["page_size"]
    return {
        "items": flow_cards.page(project_id, numbers, page, size=size),
        "total": len(numbers),
        "page": page,
        "page_size": size,
    }


@bp.route("/projects/<int:project_id>/flow/days")
@bp.arguments(FlowDaysQuerySchema, location="query")
@bp.response(200, FlowDaysSchema)
@requires(Capability.PROJECT_READ)
def by_day(asked: Fields, project_id: int) -> Any:
    """Get the figures of a project day by day, for trends.

    As each was known in its evening; today is not over and has none.
    """
    over = current.today() - timedelta(days=1)
    last_on = max(min(asked["last_on"] or over, over), days.EARLIEST)
    first_on = asked["first_on"] or last_on - timedelta(days=USUAL_DAYS - 1)
    first_on = max(min(first_on, last_on), last_on - timedelta(days=LONGEST_DAYS - 1))
    zone = current.settings().timezone
    actor = current.actor()
    found = flow_days.of_project(project_id, actor, first_on=first_on, last_on=last_on, zone=zone)
    return {"items": found}


@bp.route("/projects/<int:project_id>/forecast")
@bp.arguments(ForecastQuerySchema, location="query")
@bp.response(200, ForecastSchema)
@requires(Capability.PROJECT_READ)
def forecast(asked: Fields, project_id: int) -> Any:
    """Get the forecast of a project.

    Ten thousand futures drawn from its own throughput: when what is left will be done, how much by
    a day, and how likely each stage ends in time. Planned days are those of today.
    """
    as_of, zone = days.looked_at(asked["as_of"]), current.settings().timezone
    seed = asked["seed"]
    wanted = Asked(
        seed=seed_of(on(as_of, zone)) if seed is None else seed,
        count=asked["count"],
        by=asked["by"],
        history_days=asked["history_days"],
    )
    return queries.forecast_of_project(project_id, current.actor(), as_of, zone, wanted)
