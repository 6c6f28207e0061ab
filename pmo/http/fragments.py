"""The HTML of boards and cards: drawn once for all who read them, kept per process.

A card's HTML is kept under the card itself, a column's under its revision: a changed board draws
and compresses only what has changed.
"""

import hashlib
import secrets
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from pmo.domain import ageing
from pmo.http import current, days, kept, languages
from pmo.http.kept import Kept, Part
from pmo.queries.boards import BoardHead, ColumnView
from pmo.queries.cards import CardView
from pmo.queries.my_work import MyWork, State, WorkItem

MEGABYTE = 1024 * 1024

pieces: Kept[str] = Kept(most=24 * MEGABYTE)
columns: Kept[Part] = Kept(most=16 * MEGABYTE)
boards: "Kept[WholeBoard]" = Kept(most=16 * MEGABYTE)

works: "Kept[WholeWork]" = Kept(most=16 * MEGABYTE)

SEPARATOR = f"\x00{secrets.token_hex(8)}\x00"
"""Between pieces that are drawn in one go; nobody can write it into a title."""

CARDS = "tasks/_cards.html"
COLUMN = "boards/_column.html"
WORK_ITEMS = "my_work/_items.html"

OVERHEAD = 1024
WORST_BYTES = 3
"""Of one character in memory, Cyrillic and all."""


@dataclass(frozen=True, slots=True)
class WholeBoard:
    """All columns of a board, ready to be sent. total: of cards. filters: the empty bar."""

    part: Part
    column_ids: tuple[int, ...]
    total: int
    filters: Markup


@dataclass(frozen=True, slots=True)
class WholeWork:
    """A person's work, drawn. total, waiting: of cards."""

    html: Markup
    total: int
    waiting: int


def card(view: CardView) -> Markup:
    """Return the HTML of one card."""
    [html] = _drawn(CARDS, (view,))
    return Markup(html)  # noqa: S704 - drawn by a template


def work_items(items: Sequence[WorkItem]) -> Markup:
    """Return the HTML of a person's cards in a list."""
    html = "".join(_drawn(WORK_ITEMS, items))
    return Markup(html)  # noqa: S704 - drawn by a template


def whole_work(key: State, *, show: str, unread: int, read: Callable[[], MyWork]) -> WholeWork:
    """Return a person's work with its tabs, kept until something on one of their boards changes.

    key: what changes with it. show: `all`, or what is `waiting` for others. unread: mentions.
    read: when not kept.
    """
    actor = current.actor()

    def draw() -> WholeWork:
        work = read()
        shown = work.of_waiting() if show == "waiting" else work
        facts = {"show": show, "work": work, "shown": shown, "work_items": work_items}
        html = reply("my_work/_work.html", **facts, unread_mentions=unread)
        return WholeWork(Markup(html), work.total, work.waiting)  # noqa: S704

    whole_key = (*_place(), actor.user_id, actor.role, show, unread, key)
    return works.get_or_make(
        whole_key, draw, lambda whole: len(whole.html) * WORST_BYTES + OVERHEAD
    )


def reply(template: str, **facts: Any) -> str:
    """Draw what a page swaps into itself; of the visitor it says nothing, so nothing is asked."""
    return current_app.jinja_env.get_template(template).render(facts)


def column(view: ColumnView, *, can_edit: bool) -> Markup:
    """Return the HTML of one column with its cards."""
    html = _column(view, can_edit=can_edit).plain.decode()
    return Markup(html)  # noqa: S704 - drawn by a template


def whole_board(
    head: BoardHead, read: Callable[[int], tuple[ColumnView, ...]], filters: Callable[[], Markup]
) -> WholeBoard:
    """Return all columns of a board, kept under its revision. read, filters: when not kept."""
    key = (*_place(), head.id, head.revision, head.can_edit)

    def draw() -> WholeBoard:
        views = read(head.id)
        part = kept.chain(_column(view, can_edit=head.can_edit) for view in views)
        ids = tuple(view.head.id for view in views)
        return WholeBoard(part, ids, sum(view.head.count for view in views), filters())

    return boards.get_or_make(key, draw, lambda whole: whole.part.size + len(whole.filters))


def cards(views: Sequence[CardView]) -> Markup:
    """Return the HTML of some cards."""
    return Markup("".join(_drawn(CARDS, views)))  # noqa: S704 - drawn by a template


def _column(view: ColumnView, *, can_edit: bool) -> Part:
    """Return a column, kept under its own revision: a move changes two of them, not the rest."""
    key = (*_place(), view.head, can_edit)

    def draw() -> Part:
        html = reply(
            COLUMN, head=view.head, cards_html=cards(view.cards), can_edit=can_edit, is_part=False
        )
        return kept.part(html)

    return columns.get_or_make(key, draw, lambda part: part.size)


def _place() -> tuple[object, ...]:
    """Return what every piece of HTML depends on beside its content."""
    return source(current_app), languages.present(), current.today(), request.script_root


def _drawn(template: str, views: Sequence[Hashable]) -> list[str]:
    """Draw the views that are not kept in one go: a template's call costs more than a card."""
    place = (template, *_place())
    drawn = {view: pieces.get((place, view)) for view in views}
    missing = [view for view, html in drawn.items() if html is None]
    if missing:
        text = current_app.jinja_env.get_template(template).render(
            views=missing,
            ages=_ages(missing),
            address=url_for("tasks.show", task_id=0).removesuffix("0"),
            language=languages.present(),
            separator=SEPARATOR,
        )
        for view, html in zip(missing, text.split(SEPARATOR), strict=False):
            drawn[view] = pieces.put((place, view), html, len(html) * WORST_BYTES + OVERHEAD)
    return [html or "" for html in drawn.values()]


def _ages(views: Sequence[Any]) -> dict[int, tuple[str, int]]:
    """Return how the cards are tinted that have stood too long, and for how many days, by id."""
    found = {}
    for view in views:
        if isinstance(view, CardView) and (view.amber_days or view.red_days):
            passed = days.since(view.entered_at)
            tint = ageing.age(passed, amber_days=view.amber_days, red_days=view.red_days)
            if tint:
                found[view.id] = (tint.value, passed)
    return found


@cache
def source(app: Flask) -> str:
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
    for kept_html in (pieces, columns, boards, works):
        kept_html.clear()
