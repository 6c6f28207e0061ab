"""The commands of the palette: where one can go and what one can do from anywhere.

One list. A command is offered to those who may: by the office role, or, where it belongs to a
place, by the rights there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from pmo.domain.folding import words
from pmo.domain.permissions import Actor, Capability, could_ever
from pmo.http import languages
from pmo.queries.palette import Place


class Group(StrEnum):
    """Under which heading a command stands."""

    HERE = "here"
    GO = "go"
    DO = "do"


GROUPS = {
    Group.HERE: _l("On this page"),
    Group.GO: _l("Go to"),
    Group.DO: _l("Do"),
}

OTHER_LANGUAGE = {
    "ru": ("en", "Switch to English", "language english английский язык"),
    "en": ("ru", "Перейти на русский язык", "language russian русский язык"),
}
"""By the present language: the other one, said in itself."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do. also: other words that people may type for it.

    place: names of `Place` that its address needs; () if it needs none. query: of its address.
    fields: what is sent along, for commands that change something; None for those that only go.
    focus: the element that it leads to, if it is on the page already.
    """

    text: Any
    endpoint: str
    needed: Capability
    group: Group
    also: Any = ""
    place: tuple[str, ...] = ()
    query: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] | None = None
    focus: str = ""


C = Capability

COMMANDS = (
    Command(
        _l("New card on this board"),
        "boards.show",
        C.TASK_EDIT,
        Group.HERE,
        also=_l("add create task"),
        place=("board_id", "first_column_id"),
        focus="column-add-{first_column_id}",
    ),
    Command(
        _l("Only my cards"),
        "boards.show",
        C.PROJECT_READ,
        Group.HERE,
        also=_l("filter mine assigned"),
        place=("board_id",),
        query={"mine": "true"},
    ),
    Command(
        _l("Overdue cards only"),
        "boards.show",
        C.PROJECT_READ,
        Group.HERE,
        also=_l("filter late deadline"),
        place=("board_id",),
        query={"is_overdue": "true"},
    ),
    Command(
        _l("All cards of the board"),
        "boards.show",
        C.PROJECT_READ,
        Group.HERE,
        also=_l("filter reset board"),
        place=("board_id",),
    ),
    Command(
        _l("Settings of the board"),
        "boards.settings",
        C.BOARD_CONFIGURE,
        Group.HERE,
        also=_l("columns limits"),
        place=("board_id",),
    ),
    Command(
        _l("Page of the project"),
        "projects.show",
        C.PROJECT_READ,
        Group.HERE,
        also=_l("passport stages gates"),
        place=("project_id",),
    ),
    Command(
        _l("Edit the passport"),
        "passports.edit",
        C.PROJECT_EDIT,
        Group.HERE,
        place=("project_id",),
    ),
    Command(
        _l("Stages of the project"),
        "stages.index",
        C.PROJECT_EDIT,
        Group.HERE,
        place=("project_id",),
    ),
    Command(
        _l("People of the project"),
        "members.index",
        C.PROJECT_STAFF,
        Group.HERE,
        also=_l("members team"),
        place=("project_id",),
    ),
    Command(
        _l("Labels of the project"),
        "labels.index",
        C.PROJECT_EDIT,
        Group.HERE,
        place=("project_id",),
    ),
    Command(_l("My work"), "my_work.index", C.PORTFOLIO_READ, Group.GO, also=_l("mine today")),
    Command(
        _l("Registry of projects"),
        "projects.index",
        C.PORTFOLIO_READ,
        Group.GO,
        also=_l("list of projects"),
    ),
    Command(
        _l("Portfolio board"),
        "portfolio.show",
        C.PORTFOLIO_READ,
        Group.GO,
        also=_l("gates"),
    ),
    Command(
        _l("Notifications"),
        "notifications.index",
        C.PORTFOLIO_READ,
        Group.GO,
        also=_l("mentions news unread"),
    ),
    Command(_l("Programmes"), "programmes.index", C.PORTFOLIO_READ, Group.GO),
    Command(_l("Search"), "search.index", C.PORTFOLIO_READ, Group.GO, also=_l("find")),
    Command(_l("Users"), "users.index", C.USERS_MANAGE, Group.GO, also=_l("accounts people roles")),
    Command(
        _l("Portfolio file"),
        "portfolio_file.show",
        C.PORTFOLIO_EXPORT,
        Group.GO,
        also=_l("export import backup"),
    ),
    Command(
        _l("My account"), "account.show", C.OWN_ACCOUNT, Group.GO, also=_l("language sign-ins")
    ),
    Command(_l("Change my password"), "account.edit_password", C.OWN_ACCOUNT, Group.GO),
    Command(_l("API tokens"), "account.show_tokens", C.OWN_TOKENS, Group.GO),
    Command(
        _l("Propose an initiative"),
        "projects.new",
        C.INITIATIVE_PROPOSE,
        Group.DO,
        also=_l("new project create"),
    ),
    Command(
        _l("New programme"), "programmes.new", C.PROGRAMMES_EDIT, Group.DO, also=_l("create add")
    ),
    Command(_l("New account"), "users.new", C.USERS_MANAGE, Group.DO, also=_l("user create add")),
    Command(
        _l("Sign out"),
        "sessions.destroy",
        C.PUBLIC,
        Group.DO,
        also=_l("log out leave"),
        fields={},
    ),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the palette. fields: None if it is a plain link."""

    text: str
    path: str
    note: str = ""
    fields: tuple[tuple[str, str], ...] | None = None
    focus: str = ""


def options(
    text: str, actor: Actor, place: Place | None, *, here: str
) -> Iterator[tuple[Group, Option]]:
    """Yield the commands that fit what was typed and that the actor may use, in their order.

    here: the address to come back to.
    """
    typed = words(text)
    for command in COMMANDS:
        if _fits(typed, f"{command.text} {command.also}") and _may(command, actor, place):
            yield command.group, _option(command, place)
    code, said, also = OTHER_LANGUAGE[languages.present()]
    if _fits(typed, f"{said} {also}"):
        fields = (("language", code), ("next", here))
        yield Group.DO, Option(said, url_for("account.set_language"), fields=fields)


def _fits(typed: list[str], text: str) -> bool:
    known = words(text)
    return all(any(word.startswith(start) for word in known) for start in typed)


def _may(command: Command, actor: Actor, place: Place | None) -> bool:
    if not command.place:
        return command.needed is Capability.PUBLIC or could_ever(actor, command.needed)
    if place is None or None in _values(command, place).values():
        return False
    return place.project.may(command.needed)


def _option(command: Command, place: Place | None) -> Option:
    values = {} if place is None else _values(command, place)
    focus = command.focus.format(**values)
    own: dict[str, Any] = {**values, **command.query}
    own.pop("first_column_id", None)
    return Option(
        text=str(command.text),
        path=url_for(command.endpoint, _anchor=focus or None, **own),
        fields=None if command.fields is None else tuple(command.fields.items()),
        focus=focus,
    )


def _values(command: Command, place: Place) -> dict[str, int | None]:
    known = {
        "project_id": place.project.project_id,
        "board_id": place.board_id,
        "first_column_id": place.first_column_id,
    }
    return {name: known[name] for name in command.place}
