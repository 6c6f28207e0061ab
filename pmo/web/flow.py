"""Flow of a project: its charts and figures, and the cards behind each of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from pmo.domain import flow_periods
from pmo.domain.flow_periods import FlowList, FlowPeriod
from pmo.domain.permissions import Capability
from pmo.http import (
    charts,
    current,
    days,
    flow_facts,
    flow_figures,
    flow_lists,
    formats,
    fragments,
    labels,
    languages,
)
from pmo.http.access import requires
from pmo.http.card_pages import CardPages
from pmo.http.flow_lists import Behind
from pmo.queries import flow as queries
from pmo.queries import flow_cards, headings
from pmo.queries.flow import Wanted
from schemas.base import form_values
from schemas.flow_pages import FlowPageSchema, FlowTasksPageSchema

bp = Blueprint("flow", __name__)

QUERY = FlowPageSchema()
TASKS_QUERY = FlowTasksPageSchema()
USUAL = QUERY.load({})
ASKED = ("period", "first", "last", "as_of", "board")


@bp.get("/projects/<int:project_id>/flow")
@requires(Capability.PROJECT_READ)
def show(project_id: int) -> ResponseReturnValue:
    """Show how work flows through a project, from its journal, as it was known on any day."""
    asked = QUERY.load_filled(request.args)
    project = headings.of_project(project_id, current.actor(), Capability.PROJECT_READ)
    first, last = _span(asked)
    key = (
        *(fragments.source(current_app), languages.present(), current.today(), request.script_root),
        *(project_id, queries.state(project_id), *(str(asked[name]) for name in ASKED)),
    )
    body = charts.bodies.get_or_make(key, lambda: _body(project_id, asked), lambda it: 2 * len(it))
    return render_template(
        "flow/show.html",
        project=project,
        asked=asked,
        window_first=first,
        window_last=last,
        periods=[
            (it, _address(project_id, {**asked, "period": it, "first": None, "last": None}))
            for it in FlowPeriod
            if it is not FlowPeriod.OWN
        ],
        boards=flow_cards.boards(project_id),
        today=current.today(),
        looked_on=_looked_on(asked),
        present=_address(project_id, {**asked, "as_of": None}),
        body=Markup(body),  # noqa: S704 - drawn by a template
    )


@bp.get("/projects/<int:project_id>/flow/tasks")
@requires(Capability.PROJECT_READ)
def tasks(project_id: int) -> ResponseReturnValue:
    """Show the cards behind a figure, as links to them."""
    asked = TASKS_QUERY.load_filled(request.args)
    actor = current.actor()
    project = headings.of_project(project_id, actor, Capability.PROJECT_READ)
    found = _behind(project_id, asked)
    pages = CardPages(found.numbers, asked["page"])
    return render_template(
        "flow/tasks.html",
        project=project,
        heading=labels.label_of(asked["figure"]),
        narrowed=found.narrowed,
        pages=pages,
        cards=flow_cards.page(project_id, found.numbers, pages.page),
        say=found.say,
        back=_address(project_id, asked),
        back_to=_("Flow"),
    )


def _span(asked: Mapping[str, Any]) -> tuple[date, date]:
    """Return the days asked for, as far as they have come on the day of looking."""
    last = _looked_on(asked)
    return flow_periods.span(asked["period"], last, first=asked["first"], until=asked["last"])


def _looked_on(asked: Mapping[str, Any]) -> date:
    today = current.today()
    return max(min(asked["as_of"] or today, today), days.EARLIEST)


def _wanted(asked: Mapping[str, Any]) -> Wanted:
    """Return what a query is to compute: a day that is over is looked at from its last moment."""
    first, last = _span(asked)
    as_of, zone = days.looked_at(asked["as_of"]), current.settings().timezone
    return Wanted(as_of, first, last, asked["board"], zone)


def _address(project_id: int, asked: Mapping[str, Any]) -> str:
    """Return the page of flow with what was asked of it."""
    begin = url_for("flow.show", project_id=project_id)
    given = urlencode(_given(asked))
    return f"{begin}?{given}" if given else begin


def _given(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return what was asked of the page, as its addresses have it."""
    values = form_values({name: asked[name] for name in ASKED if asked[name] != USUAL[name]})
    return {name: value for name, value in values.items() if value}


def _body(project_id: int, asked: Mapping[str, Any]) -> str:
    """Draw all figures."""
    found = queries.figures(project_id, _wanted(asked))
    begin = url_for("flow.tasks", project_id=project_id)
    kept = urlencode(_given(asked))
    begin = f"{begin}?{kept}&" if kept else f"{begin}?"

    def address(**narrow: object) -> str:
        return begin + "&".join(f"{name}={value}" for name, value in narrow.items())

    return fragments.reply(
        "flow/_body.html",
        facts=flow_facts.every(found, address),
        figures=flow_figures.every(found, flow_cards.columns(project_id), address),
    )


def _behind(project_id: int, asked: Mapping[str, Any]) -> Behind:
    """Return the cards behind a figure."""
    if asked["figure"] is not FlowList.CUMULATIVE:
        return flow_lists.behind(queries.figures(project_id, _wanted(asked)), asked)
    day = asked["day"] or _span(asked)[1]
    step = queries.between(project_id, _wanted(asked), day, asked["step"])
    name = flow_figures.step_name(step.step)
    return Behind(step.tasks, narrowed=f"{name}, {formats.day(day)}")
