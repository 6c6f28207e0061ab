"""The full-text search."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pmo.domain.permissions import Capability
from pmo.domain.search_fragments import plain
from pmo.http import current
from pmo.http.access import requires
from pmo.http.api import ApiBlueprint
from pmo.queries import search as queries
from schemas.search import SearchPageSchema, SearchQuerySchema

bp = ApiBlueprint("Search", __name__, description="Full-text search in all that you may see.")


@bp.route("/search")
@bp.arguments(SearchQuerySchema, location="query")
@bp.response(200, SearchPageSchema)
@requires(Capability.PORTFOLIO_READ)
def index(asked: Mapping[str, Any]) -> Any:
    """Search cards, projects, passports, comments and names of files.

    Words are found in any form; all of them must fit. A card whose number was typed comes
    first, then what fits best; what is archived comes last.
    """
    found = queries.search(
        asked["search"],
        current.actor(),
        queries.SearchFilters(asked["project_id"], asked["kind"]),
        page=asked["page"],
        page_size=asked["page_size"],
    )
    return {**asdict(found), "items": [_item(hit) for hit in found.items]}


def _item(hit: queries.Hit) -> dict[str, Any]:
    return {
        **asdict(hit),
        "kind": hit.kind,
        **{name: plain(getattr(hit, name)) for name in ("key", "title", "name")},
    }
