"""The page of a board: all of it from kept HTML, or a part of it drawn for this reader."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, current_app, render_template, request, session, url_for
from markupsafe import Markup

from pmo.domain import own_fields
from pmo.domain.vocabulary import TaskKind
from pmo.http import (
    board_views,
    current,
    forms,
    fragments,
    kept,
    labels,
    languages,
    rendering,
    task_filters,
)
from pmo.http.kept import Part
from pmo.http.task_filters import Asked
from pmo.queries import boards, tasks
from pmo.queries.boards import BoardHead
from schemas.base import form_values

HELD = f"\x00columns {secrets.token_hex(8)}\x00"
"""Stands in the drawn page for the columns, which never pass through the template."""

UNMOVED_DAYS = (3, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a board is shown. home: its address. shown, total: how many cards."""

    home: str
    is_part: bool
    shown: int
    total: int
    columns: Part
    filters: Markup

    @property
    def query(self) -> str:
        """Return the filter as it stands in the address; '' for none."""
        return self.home.partition("?")[2]

    @property
    def has_columns(self) -> bool:
        """Tell whether the board has columns at all."""
        return bool(self.columns.plain)


def page(head: BoardHead, *, asked: Asked, panel: str = "", status: int = 200) -> Response:
    """Return a board's page, or 304 when the reader has it; for htmx only what changes.

    asked: the filter. panel: HTML of an open panel.
    """
    tag = None if panel or "_flashes" in session else _tag(head, asked)
    if tag is not None and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    view = _part(head, asked) if asked else _whole(head)
    template = "boards/filter.hx.html" if rendering.is_htmx() else "boards/show.html"
    text = render_template(
        template,
        board=head,
        view=view,
        loads=boards.loads(head.id, head.rules),
        views=board_views.links(head.id, head.project_id, asked, present="boards.show"),
        columns_html=Markup(HELD),  # noqa: S704 - a constant
        panel_html=Markup(panel),  # noqa: S704 - drawn by a template
    )
    response = _joined(text, view.columns, status)
    return response if tag is None else _tagged(response, tag)


def _joined(text: str, columns: Part, status: int) -> Response:
    before, after = text.split(HELD)
    if columns.deflated and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(kept.joined_gzip(before, columns, after), status)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(kept.joined(before, columns, after), status)
    response.mimetype = "text/html"
    response.vary.update(("Accept-Encoding", "HX-Request"))
    return response


def _whole(head: BoardHead) -> Shown:
    """Return all of a board, from kept HTML."""
    whole = fragments.whole_board(
        head,
        lambda board_id: boards.columns(board_id, today=current.today()),
        lambda: _filters(head, {}),
    )
    home = url_for("boards.show", board_id=head.id)
    return Shown(home, False, whole.total, whole.total, whole.part, whole.filters)


def _part(head: BoardHead, asked: Asked) -> Shown:
    """Return what fits a filter, drawn for this reader."""
    views = boards.filtered(head.id, task_filters.meant(asked), today=current.today())
    html = "".join(
        fragments.reply(
            fragments.COLUMN,
            head=view.head,
            cards_html=fragments.cards(view.cards),
            can_edit=head.can_edit,
            is_part=True,
        )
        for view in views
    )
    return Shown(
        home=task_filters.address(url_for("boards.show", board_id=head.id), asked),
        is_part=True,
        shown=sum(len(view.cards) for view in views),
        total=sum(view.head.count for view in views),
        columns=Part(html.encode(), b""),
        filters=Markup() if rendering.is_htmx() else _filters(head, asked),
    )


def filter_bar(
    head: BoardHead, asked: Asked, *, action: str, hidden: Iterable[tuple[str, str]] = ()
) -> Markup:
    """Draw the filter bar with what was asked for.

    action: the address of the view. hidden: what it is asked for beside the filter.
    """
    choices = tasks.choices(head.project_id, current.actor())
    days = {*UNMOVED_DAYS, asked.get("unmoved_days", UNMOVED_DAYS[0])}
    people = [(str(it.id), it.name) for it in choices.people]
    stages = [(str(it.id), it.name) for it in choices.stages]
    kinds = [(it.value, labels.label_of(it)) for it in TaskKind]
    html = fragments.reply(
        "boards/show/_filters.html",
        board=head,
        people=people,
        labels=choices.labels,
        stages=stages,
        kinds=kinds,
        days=sorted(days),
        own_fields=choices.own,
        own_asked=_own_asked(asked),
        action=action,
        hidden=hidden,
        form=forms.Form(form_values(asked)),
    )
    return Markup(html)  # noqa: S704 - drawn by a template


def _filters(head: BoardHead, asked: Asked) -> Markup:
    """Draw the filter bar of the board itself."""
    return filter_bar(head, asked, action=url_for("boards.show", board_id=head.id))


def _own_asked(asked: Asked) -> dict[tuple[str, str], str]:
    """Return conditions on own fields as the form shows them: by key and sign."""
    found = [own_fields.condition(one) for one in asked.get("own", ())]
    return {(it.key, it.sign): it.text for it in found}


def _tag(head: BoardHead, asked: Asked) -> str:
    """Return what changes with anything that the page shows to this reader."""
    actor = current.actor()
    shown: tuple[object, ...] = (
        fragments.source(current_app),
        current_app.extensions["pmo_assets_version"],
        head,
        sorted(asked.items()),
        rendering.is_htmx(),
        actor.user_id,
        actor.name,
        actor.role,
        current.unread(),
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
