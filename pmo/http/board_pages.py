"""The page of a board: all of it from kept HTML, or a part of it drawn for this reader."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from pmo.domain import own_fields
from pmo.domain.board_looks import SEVERAL, WITHOUT, Look
from pmo.domain.vocabulary import CardOrder, Density, Lanes, TaskKind
from pmo.domain.wip_rules import Overload
from pmo.http import (
    board_views,
    current,
    forms,
    fragments,
    kept,
    labels,
    languages,
    rendering,
    sprint_texts,
    task_filters,
)
from pmo.http.kept import Part
from pmo.http.task_filters import Asked
from pmo.queries import board_lanes, board_looks, boards, sprints, tasks
from pmo.queries.board_looks import Own
from pmo.queries.boards import BoardHead, ColumnView
from pmo.queries.task_filters import ACTIVE
from schemas.base import form_values

HELD = f"\x00columns {secrets.token_hex(8)}\x00"
"""Stands in the drawn page for the columns, which never pass through the template."""

UNMOVED_DAYS = (3, 7, 14, 30)

CHOICES = {"lanes": list(Lanes), "order": list(CardOrder), "density": list(Density)}

UNNAMED = {
    (Lanes.STAGE, WITHOUT): _l("Without a stage"),
    (Lanes.ASSIGNEE, WITHOUT): _l("Nobody"),
    (Lanes.ASSIGNEE, SEVERAL): _l("Several people"),
    (Lanes.LABEL, WITHOUT): _l("Without labels"),
    (Lanes.LABEL, SEVERAL): _l("Several labels"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a board is shown. home: its address. shown, total: how many cards.

    column_ids: left to right.
    """

    home: str
    look: Look
    is_filtered: bool
    shown: int
    total: int
    columns: Part
    column_ids: tuple[int, ...]
    filters: Markup

    @property
    def query(self) -> str:
        """Return the filter as it stands in the address; '' for none."""
        return self.home.partition("?")[2]

    @property
    def is_part(self) -> bool:
        """Tell whether it was drawn for this reader, and is not the whole that all share."""
        return self.is_filtered or not self.look.is_plain

    @property
    def folded(self) -> tuple[int, ...]:
        """Return the places of folded columns, from 1."""
        ids = set(self.look.folded_columns)
        return tuple(place for place, id_ in enumerate(self.column_ids, 1) if id_ in ids)

    @property
    def has_columns(self) -> bool:
        """Tell whether the board has columns at all."""
        return bool(self.columns.plain)


def page(head: BoardHead, *, asked: Asked, panel: str = "", status: int = 200) -> Response:
    """Return a board's page, or 304 when the reader has it; for htmx only what changes.

    asked: the filter. panel: HTML of an open panel.
    """
    own = board_looks.own(head.id, head.project_id, current.actor())
    toggle = _toggle(head, asked)
    tag = None if panel or "_flashes" in session else _tag(head, asked, own, toggle)
    if tag is not None and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    is_whole = not asked and own.look.is_plain
    loads = boards.loads(head.id, head.rules)
    view = _whole(head, own.look) if is_whole else _part(head, asked, own.look, loads or ())
    template = "boards/filter.hx.html" if rendering.is_htmx() else "boards/show.html"
    text = render_template(
        template,
        board=head,
        view=view,
        loads=loads,
        views=board_views.links(head.id, head.project_id, asked, present="boards.show"),
        own=own,
        choices=CHOICES,
        saved=_saved(head, own),
        toggle=toggle,
        query=task_filters.address("", asked),
        columns_html=Markup(HELD),  # noqa: S704 - a constant
        panel_html=Markup(panel),  # noqa: S704 - drawn by a template
    )
    response = _joined(text, view.columns, status)
    return response if tag is None else _tagged(response, tag)


def _toggle(head: BoardHead, asked: Asked) -> dict[str, Any] | None:
    """Return the link that shows the active sprint alone, or all again; None if none runs."""
    is_on = asked.get("sprint") == ACTIVE
    if not is_on and not sprints.has_active(head.project_id):
        return None
    other = {**asked, "sprint": "" if is_on else ACTIVE}
    home = url_for("boards.show", board_id=head.id)
    return {"address": task_filters.address(home, other), "is_on": is_on}


def _saved(head: BoardHead, own: Own) -> list[dict[str, Any]]:
    """Return the filters that a reader may choose, as links to this board."""
    home = url_for("boards.show", board_id=head.id)
    return [
        {
            "name": it.name,
            "address": task_filters.address(home, json.loads(it.asked)),
            "is_shared": it.is_shared,
        }
        for it in own.filters
    ]


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


def _whole(head: BoardHead, look: Look) -> Shown:
    """Return all of a board, from kept HTML."""
    whole = fragments.whole_board(
        head,
        lambda board_id: boards.columns(board_id, today=current.today()),
        lambda: _filters(head, {}),
    )
    home = url_for("boards.show", board_id=head.id)
    return Shown(
        home=home,
        look=look,
        is_filtered=False,
        shown=whole.total,
        total=whole.total,
        columns=whole.part,
        column_ids=whole.column_ids,
        filters=whole.filters,
    )


def _part(head: BoardHead, asked: Asked, look: Look, loads: Sequence[Overload]) -> Shown:
    """Return what fits a filter as this reader looks at it."""
    today = current.today()
    if asked:
        found = boards.filtered(head.id, task_filters.meant(asked), today=today)
    else:
        found = boards.columns(head.id, today=today)
    views = [ColumnView(it.head, board_lanes.ordered(it.cards, look.order)) for it in found]
    is_plain = look.lanes is Lanes.NONE
    html = _columns(head, views) if is_plain else _lanes(head, views, look, loads)
    return Shown(
        home=task_filters.address(url_for("boards.show", board_id=head.id), asked),
        look=look,
        is_filtered=bool(asked),
        shown=sum(len(view.cards) for view in views),
        total=sum(view.head.count for view in views),
        columns=Part(html.encode(), b""),
        column_ids=tuple(view.head.id for view in views),
        filters=Markup() if rendering.is_htmx() else _filters(head, asked),
    )


def _columns(head: BoardHead, views: Sequence[ColumnView]) -> str:
    return "".join(
        fragments.reply(
            fragments.COLUMN,
            head=view.head,
            cards_html=fragments.cards(view.cards),
            can_edit=head.can_edit,
            is_part=True,
        )
        for view in views
    )


def _lanes(
    head: BoardHead, views: Sequence[ColumnView], look: Look, loads: Sequence[Overload]
) -> str:
    choices = tasks.choices(head.project_id, current.actor())
    lanes = board_lanes.lanes(views, look.lanes, choices)
    return fragments.reply(
        "boards/_lanes.html",
        heads=[view.head for view in views],
        loads={it.lane: it for it in loads},
        lanes=[
            {
                "key": lane.key,
                "name": lane.name or str(UNNAMED[look.lanes, lane.part]),
                "count": lane.count,
                "is_folded": lane.key in look.folded_lanes,
                "cells": [fragments.cards(cards) for cards in lane.cells],
            }
            for lane in lanes
        ],
    )


def filter_bar(
    head: BoardHead,
    asked: Asked,
    *,
    action: str,
    hidden: Iterable[tuple[str, str]] = (),
    of_sprints: bool = True,
) -> Markup:
    """Draw the filter bar with what was asked for.

    action: the address of the view. hidden: what it is asked for beside the filter. of_sprints:
    whether a sprint can be asked for.
    """
    found = sprints.of_project(head.project_id, current.actor()) if of_sprints else None
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
        sprints=sprint_texts.choices(found) if found and found.sprints else [],
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


def _tag(head: BoardHead, asked: Asked, own: Own, toggle: Mapping[str, Any] | None) -> str:
    """Return what changes with anything that the page shows to this reader."""
    actor = current.actor()
    shown: tuple[object, ...] = (
        fragments.source(current_app),
        current_app.extensions["pmo_assets_version"],
        head,
        own,
        toggle,
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
