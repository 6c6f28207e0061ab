"""The tasks of a board as a table."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo.domain.permissions import Capability
from pmo.http import board_pages, board_views, current, rendering, task_filters, task_texts
from pmo.http.access import requires
from pmo.http.task_filters import Asked
from pmo.queries import boards, task_rows
from pmo.queries.task_lists import Slice
from pmo.queries.task_rows import TablePage
from schemas.views import TableQuerySchema

bp = Blueprint("task_tables", __name__)

QUERY = TableQuerySchema()
USUAL = ("column", "stage", "assignees", "due_on", "weight", "labels")
NAMES = {
    "column": _l("Column"),
    **{
        name: task_texts.FIELDS[name]
        for name in ("stage", "kind", "assignees", "period", "due_on", "weight", "labels")
    },
    "sprint": _l("Sprint"),
    "expected_result": task_texts.FIELDS["expected_result"],
}
"""What can stand in a table beside key and title, by the names of `task_texts.FIELDS`."""

SORTS = {
    "key": "number",
    "title": "title",
    "column": "place",
    "stage": "stage",
    "due_on": "due_on",
    "weight": "weight",
}
"""Columns that can be sorted by, and the order that they stand for."""


@bp.get("/boards/<int:board_id>/table")
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> ResponseReturnValue:
    """Show tasks as rows; for htmx the table alone."""
    asked, given = board_views.divided(request.args, QUERY)
    head = boards.head(board_id, current.actor())
    wanted = Slice(given["sort"], given["page"])
    today = current.today()
    meant = task_filters.meant(asked)
    found = task_rows.of_board(board_id, current.actor(), meant, wanted, today=today)
    names = {name: str(text) for name, text in NAMES.items()}
    own = {field.entry: field.name for field in found.fields}
    names |= own
    columns = [name for name in given["columns"] if name in names] or [*USUAL, *own]
    facts = {
        "board": head,
        "table": found,
        "columns": columns,
        "names": [("key", _("Card")), ("title", _("Title")), *_named(columns, names)],
        "sort": _shown_sort(given["sort"]),
        "sorts": {name: _sorted(board_id, asked, given, name) for name in (*SORTS, *own)},
        "home": _address(board_id, asked, given),
        "pages": _pages(board_id, asked, given, found),
    }
    if rendering.is_htmx():
        return _varied(render_template("task_tables/_view.html", **facts))
    action = url_for("task_tables.show", board_id=board_id)
    kept = [("sort", given["sort"]), *(("columns", name) for name in given["columns"])]
    html = render_template(
        "task_tables/show.html",
        **facts,
        column_choices=names.items(),
        hidden=[("sort", given["sort"]), *task_filters.pairs(asked)],
        filters=board_pages.filter_bar(head, asked, action=action, hidden=kept),
        views=board_views.links(board_id, head.project_id, asked, present="task_tables.show"),
    )
    return _varied(html)


def _named(columns: list[str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, names[name]) for name in columns]


def _shown_sort(sort: str) -> str:
    minus, name = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    return minus + next((shown for shown, order in SORTS.items() if order == name), name)


def _sorted(board_id: int, asked: Asked, given: Mapping[str, Any], name: str) -> str:
    order = SORTS.get(name, name)
    turned = f"-{order}" if given["sort"] == order else order
    return _address(board_id, asked, {**given, "sort": turned, "page": 1})


def _pages(
    board_id: int, asked: Asked, given: Mapping[str, Any], found: TablePage
) -> dict[str, str]:
    page = found.page
    return {
        "earlier": _address(board_id, asked, {**given, "page": page - 1}) if page > 1 else "",
        "later": _address(board_id, asked, {**given, "page": page + 1})
        if page < found.page_count
        else "",
    }


def _address(board_id: int, asked: Asked, given: Mapping[str, Any]) -> str:
    place = url_for("task_tables.show", board_id=board_id)
    more = {
        "sort": "" if given["sort"] == "place" else given["sort"],
        "page": "" if given["page"] == 1 else given["page"],
        "columns": given["columns"],
    }
    return board_views.address(place, asked, more)


def _varied(html: str) -> Response:
    response = Response(html)
    response.vary.add("HX-Request")
    return response
