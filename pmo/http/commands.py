"""The commands of the palette: where one can go and what one can do from anywhere.

One list. A command is offered to those who may: by the office role, or, where it belongs to a
place, by the rights there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from pmo.domain.folding import words
from pmo.domain.permissions import Actor, Capability, could_ever
from pmo.http import languages, task_filters
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
    is_rare: offered only to those who type for it. keeps_filter: its address takes along how
    the present page is filtered.
    """

    text: Any
    endpoint: str
    needed: Capability
    group: Group
    also: Any = ""
    place: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] | None = None
    focus: str = ""
    is_rare: bool = False
    keeps_filter: bool = False


C = Capability


def _board(text: Any, endpoint: str, needed: Capability = C.PROJECT_READ, **more: Any) -> Command:
    return Command(text, endpoint, needed, Group.HERE, **{"place": ("board_id",), **more})


def _rare_of_board(text: Any, endpoint: str, needed: Capability, also: Any = "") -> Command:
    return _board(text, endpoint, needed, also=also, is_rare=True)


def _filter(text: Any, also: Any, **query: str) -> Command:
    return _board(text, "boards.show", also=also, query=query)


def _look(text: Any, also: Any, **fields: str) -> Command:
    return _board(
        text,
        "board_looks.update",
        C.OWN_VIEW,
        also=also,
        fields=fields,
        is_rare=True,
        keeps_filter=True,
    )


def _project(text: Any, endpoint: str, needed: Capability, **more: Any) -> Command:
    return Command(text, endpoint, needed, Group.HERE, place=("project_id",), **more)


def _go(text: Any, endpoint: str, needed: Capability, also: Any = "") -> Command:
    return Command(text, endpoint, needed, Group.GO, also=also)


def _do(text: Any, endpoint: str, needed: Capability, **more: Any) -> Command:
    return Command(text, endpoint, needed, Group.DO, **more)


COMMANDS = (
    _board(
        _l("New card on this board"),
        "boards.show",
        C.TASK_EDIT,
        also=_l("add create task"),
        place=("board_id", "first_column_id"),
        focus="column-add-{first_column_id}",
    ),
    _board(
        _l("Choose several cards"),
        "bulk.show",
        C.TASK_EDIT,
        also=_l("bulk move assign archive many select"),
        focus="bulk-open",
    ),
    _filter(_l("Only my cards"), _l("filter mine assigned"), mine="true"),
    _filter(_l("Overdue cards only"), _l("filter late deadline"), is_overdue="true"),
    _filter(_l("Blocked cards only"), _l("filter stuck"), is_blocked="true"),
    _filter(
        _l("Cards that have not moved for two weeks"), _l("filter stale old"), unmoved_days="14"
    ),
    _filter(_l("All cards of the board"), _l("filter reset board")),
    _board(_l("Board as a table"), "task_tables.show", also=_l("view rows"), keeps_filter=True),
    _board(
        _l("Board as a calendar"), "calendars.show", also=_l("view month days"), keeps_filter=True
    ),
    _look(_l("Cards: comfortable"), _l("density view size"), density="comfortable"),
    _look(_l("Cards: compact"), _l("density view size"), density="compact"),
    _look(_l("Cards: titles only"), _l("density view size"), density="title"),
    _look(_l("Lanes by stage"), _l("swimlanes group rows"), lanes="stage"),
    _look(_l("Lanes by assignee"), _l("swimlanes group rows people"), lanes="assignee"),
    _look(_l("Lanes by label"), _l("swimlanes group rows"), lanes="label"),
    _look(_l("No lanes"), _l("swimlanes group off"), lanes="none"),
    _rare_of_board(_l("Archive of the board"), "archive.index", C.PROJECT_READ),
    _rare_of_board(
        _l("Cards of the board to a file"),
        "exports.show",
        C.PROJECT_READ,
        _l("export excel xlsx csv download"),
    ),
    _board(
        _l("Settings of the board"), "boards.settings", C.BOARD_CONFIGURE, also=_l("columns limits")
    ),
    _rare_of_board(
        _l("Rules of the board"), "board_rules.index", C.BOARD_CONFIGURE, _l("limits moves wip")
    ),
    _rare_of_board(
        _l("Automation of the board"), "automation.index", C.BOARD_CONFIGURE, _l("rules robots")
    ),
    _rare_of_board(
        _l("Board from another program"),
        "board_imports.new",
        C.BOARD_CONFIGURE,
        _l("import trello csv"),
    ),
    _project(
        _l("Page of the project"),
        "projects.show",
        C.PROJECT_READ,
        also=_l("passport stages gates"),
    ),
    _project(
        _l("Timeline of the project"),
        "timelines.show",
        C.PROJECT_READ,
        also=_l("gantt stages plan"),
    ),
    _project(
        _l("Cyclogram of the project"),
        "cyclograms.show",
        C.PROJECT_READ,
        also=_l("recurring tasks yearly table"),
    ),
    _project(
        _l("Tasks of the project to a file"),
        "exports.show_project",
        C.PROJECT_READ,
        also=_l("export excel xlsx csv download"),
        is_rare=True,
    ),
    _project(_l("Edit the passport"), "passports.edit", C.PROJECT_EDIT),
    _project(_l("Stages of the project"), "stages.index", C.PROJECT_EDIT),
    _project(
        _l("People of the project"), "members.index", C.PROJECT_STAFF, also=_l("members team")
    ),
    _project(_l("Labels of the project"), "labels.index", C.PROJECT_EDIT),
    _project(_l("Own fields of the project"), "own_fields.index", C.PROJECT_EDIT, is_rare=True),
    _project(
        _l("Save the project as a template"),
        "project_templates.of_project",
        C.PROJECT_EDIT,
        is_rare=True,
    ),
    _project(
        _l("Saved filters of the project"), "saved_filters.index", C.PROJECT_READ, is_rare=True
    ),
    _go(_l("My work"), "my_work.index", C.PORTFOLIO_READ, _l("mine today")),
    _go(_l("Registry of projects"), "projects.index", C.PORTFOLIO_READ, _l("list of projects")),
    _go(_l("Portfolio board"), "portfolio.show", C.PORTFOLIO_READ, _l("gates")),
    _go(_l("Notifications"), "notifications.index", C.PORTFOLIO_READ, _l("mentions news unread")),
    _go(_l("Programmes"), "programmes.index", C.PORTFOLIO_READ),
    _go(_l("Search"), "search.index", C.PORTFOLIO_READ, _l("find")),
    _go(_l("Templates of boards"), "board_templates.index", C.PORTFOLIO_READ),
    _go(
        _l("Production calendar"),
        "production_calendar.show",
        C.PORTFOLIO_READ,
        _l("working days holidays transfers"),
    ),
    _go(_l("Templates of projects"), "project_templates.index", C.PORTFOLIO_READ),
    _go(_l("Users"), "users.index", C.USERS_MANAGE, _l("accounts people roles")),
    _go(
        _l("Portfolio file"), "portfolio_file.show", C.PORTFOLIO_EXPORT, _l("export import backup")
    ),
    _go(_l("My account"), "account.show", C.OWN_ACCOUNT, _l("language sign-ins")),
    _go(_l("Change my password"), "account.edit_password", C.OWN_ACCOUNT),
    _go(_l("API tokens"), "account.show_tokens", C.OWN_TOKENS),
    _do(
        _l("Propose an initiative"),
        "projects.new",
        C.INITIATIVE_PROPOSE,
        also=_l("new project create"),
    ),
    _do(_l("New programme"), "programmes.new", C.PROGRAMMES_EDIT, also=_l("create add")),
    _do(_l("New account"), "users.new", C.USERS_MANAGE, also=_l("user create add")),
    _do(_l("Sign out"), "sessions.destroy", C.PUBLIC, also=_l("log out leave"), fields={}),
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
        if command.is_rare and not typed:
            continue
        if _fits(typed, f"{command.text} {command.also}") and _may(command, actor, place):
            yield command.group, _option(command, place, here)
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


def _option(command: Command, place: Place | None, here: str) -> Option:
    values = {} if place is None else _values(command, place)
    focus = command.focus.format(**values)
    own: dict[str, Any] = {**values, **command.query}
    own.pop("first_column_id", None)
    path = url_for(command.endpoint, _anchor=focus or None, **own)
    return Option(
        text=str(command.text),
        path=task_filters.address(path, task_filters.of_address(here))
        if command.keeps_filter
        else path,
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
