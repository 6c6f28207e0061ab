"""The options of the command palette: commands, boards and finds that fit what is typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo.domain import search_terms
from pmo.domain.permissions import Actor, Capability
from pmo.http import commands, current, finds, rendering
from pmo.http.access import requires
from pmo.http.commands import GROUPS, Group
from pmo.queries import palette, search
from pmo.queries.palette import Visitable
from schemas.search import PaletteQuerySchema

bp = Blueprint("palette", __name__)

QUERY = PaletteQuerySchema()
"""One for all requests: making it takes as long as asking the database."""

FINDS = 7
MOST_VISITED = 5
PLACE = re.compile(r"/(?:boards/(?P<board>[0-9]{1,9})|projects/(?P<project>[0-9]{1,9}))\b")
VISITED = re.compile(r".*/(boards|projects|tasks)/([0-9]{1,9})")
PAGES: dict[Visitable, tuple[str, str, Any]] = {
    Visitable.BOARD: ("boards.show", "board_id", _l("Board")),
    Visitable.PROJECT: ("projects.show", "project_id", _l("Project")),
    Visitable.TASK: ("tasks.show", "task_id", _l("Card")),
}
"""By kind of what was visited: its page, what that needs, and what it is called."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An option, with its text as HTML where words of it are marked."""

    text: Any
    path: str
    note: str = ""
    fields: tuple[tuple[str, str], ...] | None = None
    focus: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Options under one heading."""

    heading: str
    lines: list[_Line]


@bp.get("/palette")
@requires(Capability.PORTFOLIO_READ)
def index() -> ResponseReturnValue:
    """Draw the options; without JavaScript there is the page of the search."""
    asked = QUERY.load_filled(request.args)
    text = asked["search"]
    if not rendering.is_htmx():
        return redirect(url_for("search.index", search=text or None), 303)
    actor = current.actor()
    parts = [part for part in _parts(text, actor, asked) if part.lines]
    count = sum(len(part.lines) for part in parts)
    return render_template("palette/_options.html", parts=parts, count=count)


def _parts(text: str, actor: Actor, asked: Mapping[str, Any]) -> Iterator[_Part]:
    """Yield the parts in the order of their use: what a number names, commands, boards, finds."""
    found = _finds(text, actor)
    boards = _Part(_("Boards"), list(_boards(text, actor)))
    offered = _commands(text, actor, asked["at"])
    is_number = bool(search_terms.read(text).key)
    yield from ([found] if is_number else [])
    yield offered[Group.HERE]
    if text:
        yield from (offered[Group.GO], offered[Group.DO], boards)
    else:
        yield _Part(_("Looked at before"), list(_visited(asked["visited"], actor, asked["at"])))
        yield from (boards, offered[Group.GO], offered[Group.DO])
    yield from ([] if is_number else [found])


def _commands(text: str, actor: Actor, at: str) -> dict[Group, _Part]:
    parts = {group: _Part(str(heading), []) for group, heading in GROUPS.items()}
    place = _place(actor, at)
    for group, it in commands.options(text, actor, place, here=at):
        parts[group].lines.append(_Line(it.text, it.path, it.note, it.fields, it.focus))
    return parts


def _place(actor: Actor, at: str) -> palette.Place | None:
    """Return where the palette was opened, by the address of the page."""
    match = PLACE.search(at)
    if match is None:
        return None
    board, project = (match[name] and int(match[name]) for name in ("board", "project"))
    return palette.place(actor, board_id=board or None, project_id=project or None)


def _visited(addresses: list[str], actor: Actor, at: str) -> Iterator[_Line]:
    """Yield what was looked at before; addresses come from the browser, names never do."""
    matches = (VISITED.fullmatch(it) for it in addresses if it != at)
    wanted = [(Visitable(match[1]), int(match[2])) for match in matches if match]
    for it in palette.visited(wanted, actor)[:MOST_VISITED]:
        endpoint, name, said = PAGES[it.kind]
        values: dict[str, Any] = {name: it.id}
        yield _Line(f"{it.key} {it.name}", url_for(endpoint, **values), note=str(said))


def _boards(text: str, actor: Actor) -> Iterator[_Line]:
    for board in palette.boards(text, actor):
        yield _Line(
            f"{board.project_code} · {board.project_name}",
            url_for("boards.show", board_id=board.board_id),
            note=board.board_name,
        )


def _finds(text: str, actor: Actor) -> _Part:
    part = _Part(_("Found"), [])
    if not text:
        return part
    for hit in search.search(text, actor, page_size=FINDS, names_only=True).items:
        said = finds.marked(hit.key) + " " + finds.marked(hit.name or hit.title)
        part.lines.append(_Line(said, finds.address(hit), note=finds.note(hit)))
    everything = url_for("search.index", search=text)
    part.lines.append(_Line(_("Everything found for “%(text)s”", text=text), everything))
    return part
