"""The HTML of boards and cards: drawn once for all who read them, kept per process.

A card's HTML is kept under the card itself, a column's under its revision: a changed board draws
and compresses only what has changed.
"""

import hashlib
import secrets
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, render_template, request, session, url_for
from markupsafe import Markup

from pmo.http import current, kept, languages
from pmo.http.kept import Kept, Part
from pmo.queries.boards import BoardHead, ColumnView
from pmo.queries.cards import CardView
from pmo.queries.my_work import WorkItem

MEGABYTE = 1024 * 1024

pieces: Kept[str] = Kept(most=24 * MEGABYTE)
columns: Kept[Part] = Kept(most=16 * MEGABYTE)
boards: Kept[Part] = Kept(most=16 * MEGABYTE)

COLUMNS = f"\x00columns {secrets.token_hex(8)}\x00"
"""Stands in the drawn page for the columns, which never pass through the template."""

SEPARATOR = f"\x00{secrets.token_hex(8)}\x00"
"""Between pieces that are drawn in one go; nobody can write it into a title."""

CARDS = "tasks/_cards.html"
WORK_ITEMS = "my_work/_items.html"

OVERHEAD = 1024
WORST_BYTES = 3
"""Of one character in memory, Cyrillic and all."""


def card(view: CardView) -> Markup:
    """Return the HTML of one card."""
    [html] = _drawn(CARDS, (view,))
    return Markup(html)  # noqa: S704 - drawn by a template


def work_items(items: Sequence[WorkItem]) -> Markup:
    """Return the HTML of a person's cards in a list."""
    html = "".join(_drawn(WORK_ITEMS, items))
    return Markup(html)  # noqa: S704 - drawn by a template


def reply(template: str, **facts: Any) -> str:
    """Draw what a page swaps into itself; of the visitor it says nothing, so nothing is asked."""
    return current_app.jinja_env.get_template(template).render(facts)


def column(view: ColumnView, *, can_edit: bool) -> Markup:
    """Return the HTML of one column with its cards."""
    html = _column(view, can_edit=can_edit).plain.decode()
    return Markup(html)  # noqa: S704 - drawn by a template


def board_page(
    head: BoardHead,
    read: Callable[[int], tuple[ColumnView, ...]],
    *,
    panel: str = "",
    status: int = 200,
) -> Response:
    """Return a board's page, or 304 when the reader has it.

    read: of the columns, when they are not kept. panel: HTML of an open panel.
    """
    tag = None if panel or "_flashes" in session else _tag(head)
    if tag is not None and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    part = _columns(head, read)
    page = render_template(
        "boards/show.html",
        board=head,
        columns_html=Markup(COLUMNS),  # noqa: S704 - a constant
        has_columns=bool(part.plain),
        panel_html=Markup(panel),  # noqa: S704 - drawn by a template
    )
    before, after = page.split(COLUMNS)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(kept.joined_gzip(before, part, after), status)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(kept.joined(before, part, after), status)
    response.mimetype = "text/html"
    response.vary.update(("Accept-Encoding", "HX-Request"))
    return response if tag is None else _tagged(response, tag)


def _columns(head: BoardHead, read: Callable[[int], tuple[ColumnView, ...]]) -> Part:
    key = (*_place(), head.id, head.revision, head.can_edit)

    def draw() -> Part:
        return kept.chain(_column(view, can_edit=head.can_edit) for view in read(head.id))

    return boards.get_or_make(key, draw, lambda part: part.size)


def _column(view: ColumnView, *, can_edit: bool) -> Part:
    """Return a column, kept under its own revision: a move changes two of them, not the rest."""
    key = (*_place(), view.head, can_edit)

    def draw() -> Part:
        cards_html = Markup("".join(_drawn(CARDS, view.cards)))  # noqa: S704 - drawn by a template
        template = current_app.jinja_env.get_template("boards/_column.html")
        return kept.part(template.render(head=view.head, cards_html=cards_html, can_edit=can_edit))

    return columns.get_or_make(key, draw, lambda part: part.size)


def _place() -> tuple[object, ...]:
    """Return what every piece of HTML depends on beside its content."""
    return _source(current_app), languages.present(), current.today(), request.script_root


def _drawn(template: str, views: Sequence[Hashable]) -> list[str]:
    """Draw the views that are not kept in one go: a template's call costs more than a card."""
    place = (template, *_place())
    drawn = {view: pieces.get((place, view)) for view in views}
    missing = [view for view, html in drawn.items() if html is None]
    if missing:
        text = current_app.jinja_env.get_template(template).render(
            views=missing,
            address=url_for("tasks.show", task_id=0).removesuffix("0"),
            language=languages.present(),
            separator=SEPARATOR,
        )
        for view, html in zip(missing, text.split(SEPARATOR), strict=False):
            drawn[view] = pieces.put((place, view), html, len(html) * WORST_BYTES + OVERHEAD)
    return [html or "" for html in drawn.values()]


def _tag(head: BoardHead) -> str:
    """Return what changes with anything that the page shows to this reader."""
    actor = current.actor()
    shown: tuple[object, ...] = (
        _source(current_app),
        current_app.extensions["pmo_assets_version"],
        head,
        actor.user_id,
        actor.name,
        actor.role,
        languages.present(),
        current.today(),
        request.script_root,
    )
    return hashlib.blake2b(repr(shown).encode(), digest_size=12).hexdigest()


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("HX-Request")
    return response


@cache
def _source(app: Flask) -> str:
    """Return a name for the templates and catalogues of this version."""
    digest = hashlib.blake2b(digest_size=8)
    catalogues = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"])
    folders = (Path(app.root_path, str(app.template_folder)), catalogues)
    for folder in folders:
        for path in sorted((*folder.rglob("*.html"), *folder.rglob("*.mo"))):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def forget() -> None:
    """Forget all that is kept: for tests and measurements."""
    for kept_html in (pieces, columns, boards):
        kept_html.clear()


__all__ = ["board_page", "card", "column", "forget", "reply", "work_items"]
