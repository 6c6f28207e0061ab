"""The main sections, as the header offers them."""

from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l

from pmo.domain.permissions import Capability, could_ever
from pmo.http import current


@dataclass(frozen=True, slots=True)
class Item:
    """A section. icon: its name in `_icons.html`."""

    path: str
    text: str
    is_present: bool


SECTIONS = (
    ("/my-work", _l("My work"), Capability.PORTFOLIO_READ),
    ("/projects", _l("Projects"), Capability.PORTFOLIO_READ),
    ("/projects/board", _l("Portfolio"), Capability.PORTFOLIO_READ),
    ("/programmes", _l("Programmes"), Capability.PORTFOLIO_READ),
    ("/users", _l("Users"), Capability.USERS_MANAGE),
)

WITHIN = {"/boards": "/projects", "/tasks": "/projects", "/columns": "/projects"}
"""Addresses that belong to a section of another name."""


def items() -> list[Item]:
    """Return the sections that are open to the visitor; none to a stranger."""
    actor = current.optional_actor()
    if actor is None:
        return []
    present = _present_path()
    return [
        Item(path, str(text), path == present)
        for path, text, needed in SECTIONS
        if could_ever(actor, needed)
    ]


def _present_path() -> str:
    path = request.path
    for start, section in WITHIN.items():
        if path.startswith(start):
            return section
    fitting = [section for section, _, _ in SECTIONS if f"{path}/".startswith(f"{section}/")]
    return max(fitting, key=len, default="")
