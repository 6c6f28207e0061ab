"""The answer to an act on cards: what changed on the page, and a notice that takes it back."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_htmx import make_response
from markupsafe import Markup

from pmo.domain.acts import Acted
from pmo.http import current, fragments, rendering
from pmo.queries import boards
from pmo.web import task_panel
from pmo.web.undo_offers import Undo, flash_undo

TASK_PAGE = re.compile(r"/tasks/(\d+)(?:[?#]|$)")


def answer(
    acted: Acted,
    undo: Undo | None,
    *,
    page: Mapping[str, Any],
    board_id: int,
    back: str | None = None,
) -> ResponseReturnValue:
    """Answer an act: on a board's page its changed columns, else the page anew.

    undo: what the notice says. page: what the page says of itself, by the names of
    `schemas.acts.ActForm`. board_id: of the cards. back: another address than its.
    """
    if not rendering.is_htmx():
        _flash(acted, undo)
        return redirect(back or url_for("boards.show", board_id=board_id), 303)
    seen, is_part = page["revision"], page["is_part"]
    if seen is None or set(acted.revisions) - {board_id}:
        _flash(acted, undo)
        return page_anew()
    change = boards.changed(board_id, seen, today=current.today())
    if change.layout_changed:
        _flash(acted, undo)
        return page_anew()
    columns = [
        {"id": column.head.id, "html": fragments.column(column, can_edit=True)}
        for column in change.columns
        if not is_part
    ]
    html = render_template(
        "acts/acted.hx.html",
        columns=() if is_part else columns,
        revision=None if is_part else change.revision,
        overrun=acted.overrun,
        overloads=acted.overloads,
        loads=change.loads,
        undo=undo,
        panel_html=_panel(),
    )
    response = Response(html)
    if is_part:
        response.headers["HX-Trigger"] = "board:stale"
    return response


def page_anew() -> Response:
    """Let a page load itself again: more has changed than a reply can say."""
    return make_response("", refresh=True)  # type: ignore[no-any-return]


def _flash(acted: Acted, undo: Undo | None) -> None:
    if undo is not None:
        flash_undo(undo.event_id, undo.text, acted.overrun, acted.overloads)


def _panel() -> Markup | None:
    """Draw the panel anew if the page shows one: the act may be about its card."""
    found = TASK_PAGE.search(request.headers.get("HX-Current-URL", ""))
    if found is None:
        return None
    return Markup(task_panel.html_of(int(found[1])))  # noqa: S704 - drawn by a template
