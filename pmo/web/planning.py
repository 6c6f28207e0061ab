"""The planning of a sprint: its backlog beside it, and what fits."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from markupsafe import Markup
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from pmo import clock
from pmo.domain.acts import Acted
from pmo.domain.permissions import Capability
from pmo.errors import Conflict, Invalid
from pmo.errors import _ as marked
from pmo.http import (
    board_pages,
    board_views,
    current,
    error_texts,
    forms,
    redirects,
    rendering,
    sprint_texts,
    task_filters,
)
from pmo.http.access import requires
from pmo.http.task_filters import Asked
from pmo.queries import boards
from pmo.queries import planning as queries
from pmo.queries.planning import Planning
from pmo.services import sprint_scope
from schemas.sprints import PlanningQuerySchema, ScopeForm

bp = Blueprint("planning", __name__)

NEEDED = Capability.SPRINT_PLAN
QUERY = PlanningQuerySchema()
NO_CHOICE = marked("Choose at least one card.")


@bp.get("/sprints/<int:sprint_id>/planning")
@requires(NEEDED)
def show(sprint_id: int) -> ResponseReturnValue:
    """Show the backlog beside a sprint; for htmx the two alone."""
    asked, given = board_views.divided(request.args, QUERY)
    return _page(sprint_id, asked, given["page"])


@bp.post("/sprints/<int:sprint_id>/tasks")
@requires(NEEDED)
@forms.redraws(show, Conflict)
def put_in(sprint_id: int) -> ResponseReturnValue:
    """Put chosen cards into the sprint."""
    given = ScopeForm().load(request.form)
    acted = sprint_scope.put_in(
        sprint_id,
        _chosen(given),
        reason=given["reason"],
        actor=current.actor(),
        at=clock.now(),
    )
    count = len(acted.task_ids)
    said = ngettext("%(num)d card is in the sprint.", "%(num)d cards are in the sprint.", count)
    return _answer(sprint_id, acted, given, said)


@bp.post("/sprints/<int:sprint_id>/tasks/removal")
@requires(NEEDED)
@forms.redraws(show, Conflict)
def take_out(sprint_id: int) -> ResponseReturnValue:
    """Put chosen cards back into the backlog."""
    given = ScopeForm().load(request.form)
    acted = sprint_scope.take_out_of(
        sprint_id,
        _chosen(given),
        reason=given["reason"],
        actor=current.actor(),
        at=clock.now(),
    )
    count = len(acted.task_ids)
    said = ngettext("%(num)d card is in the backlog.", "%(num)d cards are in the backlog.", count)
    return _answer(sprint_id, acted, given, said)


def _chosen(given: dict[str, Any]) -> list[int]:
    one = given.get("one")
    chosen = [one] if one else given["task_ids"]
    if not chosen:
        raise Invalid({"task_ids": [NO_CHOICE]})
    return list(chosen)


def _answer(sprint_id: int, acted: Acted, given: dict[str, Any], said: str) -> ResponseReturnValue:
    """Draw what the page shows anew; without JavaScript go back to it."""
    default = url_for("planning.show", sprint_id=sprint_id)
    back = redirects.safe_next(given["back"], default)
    if not rendering.is_htmx():
        if acted.task_ids:
            flash(said, "success")
        return redirect(back, 303)
    return _page(sprint_id, task_filters.of_address(back), _page_of(back))


def _page_of(address: str) -> int:
    """Return the page that an address asks for, 1 if it cannot be understood."""
    given = MultiDict(
        (name, value) for name, value in parse_qsl(urlsplit(address).query) if name in QUERY.fields
    )
    try:
        return int(QUERY.load_filled(given)["page"])
    except ValidationError:
        return 1


def _page(sprint_id: int, asked: Asked, page: int) -> Response:
    actor, today = current.actor(), current.today()
    filters = task_filters.meant(asked)
    found = queries.of_sprint(sprint_id, actor, filters, page=page, today=today)
    page = found.backlog.page

    def address(number: int) -> str:
        place = url_for("planning.show", sprint_id=sprint_id)
        return board_views.address(place, asked, {"page": number if number > 1 else ""})

    facts = {
        "planning": found,
        "sprint": found.detail.sprint,
        "project": found.detail.siblings,
        "load": found.load,
        "refused": error_texts.sentence_of(found.refused) if found.refused else "",
        "texts": sprint_texts,
        "is_filtered": bool(asked),
        "home": address(page),
        "pages": {
            "earlier": address(page - 1) if page > 1 else "",
            "later": address(page + 1) if page < found.backlog.page_count else "",
        },
        "form": forms.state(),
    }
    template = "planning/_view.html" if rendering.is_htmx() else "planning/show.html"
    bar = Markup() if rendering.is_htmx() else _filters(found, sprint_id, asked)
    response = Response(render_template(template, **facts, filters=bar))
    response.vary.add("HX-Request")
    return response


def _filters(found: Planning, sprint_id: int, asked: Asked) -> Markup:
    """Draw the filter bar of the backlog; a project without boards has none."""
    if found.refused is not None or not found.detail.siblings.boards:
        return Markup()
    head = boards.head(found.detail.siblings.boards[0].id, current.actor())
    action = url_for("planning.show", sprint_id=sprint_id)
    return board_pages.filter_bar(head, asked, action=action, of_sprints=False)
