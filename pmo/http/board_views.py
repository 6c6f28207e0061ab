"""The ways to look at a board's tasks: links from one to another, with the same filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from pmo.http import task_filters
from pmo.http.task_filters import Asked
from schemas.base import QuerySchema

VIEWS = (
    ("boards.show", _l("Board")),
    ("task_tables.show", _l("Table")),
    ("calendars.show", _l("Calendar")),
    ("timelines.show", _l("Timeline")),
)


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view, and whether it is the present one."""

    text: str
    address: str
    is_present: bool


def links(board_id: int, project_id: int, asked: Asked, *, present: str) -> list[ViewLink]:
    """Return the views of a board. present: the endpoint that is shown."""
    found = []
    for endpoint, text in VIEWS:
        if endpoint == "timelines.show":
            place = url_for(endpoint, project_id=project_id, board=board_id)
        else:
            place = url_for(endpoint, board_id=board_id)
        found.append(ViewLink(str(text), address(place, asked), endpoint == present))
    return found


def address(place: str, asked: Asked, more: Mapping[str, object] | None = None) -> str:
    """Return an address with a filter and what a view adds to it."""
    filtered = task_filters.address("", asked).removeprefix("?")
    own = urlencode({name: value for name, value in (more or {}).items() if value}, doseq=True)
    query = "&".join(part for part in (own, filtered) if part)
    if not query:
        return place
    return f"{place}{'&' if '?' in place else '?'}{query}"


def divided(given: Any, schema: QuerySchema) -> tuple[dict[str, Any], dict[str, Any]]:
    """Divide the parameters of a view into the filter and what the view itself is asked for.

    given: a MultiDict. Raises ValidationError.
    """
    own, rest = MultiDict[str, str](), MultiDict[str, str]()
    for name, value in given.items(multi=True):
        (own if name in schema.fields else rest).add(name, value)
    loaded: dict[str, Any] = schema.load_filled(own)
    return task_filters.read(rest), loaded
