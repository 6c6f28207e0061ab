"""The page of the full-text search."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pmo.domain.permissions import Capability
from pmo.http import current, finds
from pmo.http.access import requires
from pmo.queries import search as queries
from pmo.queries.search_sources import SOURCES
from schemas.base import form_values
from schemas.search import SearchQuerySchema

bp = Blueprint("search", __name__)

QUERY = SearchQuerySchema()
"""One for all requests: making it takes as long as asking the database."""

PLAIN_QUERY = QUERY.load({})


@bp.get("/search")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Show what was found, or the form alone."""
    asked = QUERY.load_filled(request.args)
    actor = current.actor()
    found = queries.search(
        asked["search"],
        actor,
        queries.SearchFilters(asked["project_id"], asked["kind"]),
        page=asked["page"],
        page_size=asked["page_size"],
    )
    kept = {name: asked[name] for name in asked if asked[name] != PLAIN_QUERY[name]}
    kept.pop("page", None)
    return render_template(
        "search/index.html",
        found=found,
        asked=form_values(asked),
        query=form_values(kept),
        projects=queries.projects(actor, asked["project_id"]),
        kinds=list(SOURCES),
        address=finds.address,
        marked=finds.marked,
    )
