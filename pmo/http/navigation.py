"""The main sections, as the header offers them."""

from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l

from pmo.domain.permissions import Actor, Capability, could_ever


@dataclass(frozen=True, slots=True)
class Item:
    """A section of the header."""

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

WITHIN = {
    "/boards": "/projects",
    "/tasks": "/projects",
    "/columns": "/projects",
    "/sprints": "/projects",
    "/production-calendar": "/programmes",
    "/project-templates": "/projects",
}
"""Addresses that belong to a section of another name."""

BELL = "/notifications"

LONGEST_FIRST = sorted((BELL, *(path for path, _, _ in SECTIONS)), key=len, reverse=True)


def items(actor: Actor | None, present: str, script_root: str) -> list[Item]:
    """Return the sections that are open to the visitor; none to a stranger."""
    if actor is None:
        return []
    return [
        Item(script_root + path, str(text), path == present)
        for path, text, needed in SECTIONS
        if could_ever(actor, needed)
    ]


def present_path() -> str:
    """Return the address of the section that the request is in; '' for none."""
    path = request.path
    for start, section in WITHIN.items():
        if path.startswith(start):
            return section
    return next((section for section in LONGEST_FIRST if f"{path}/".startswith(f"{section}/")), "")
