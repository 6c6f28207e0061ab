"""What a view may ask about the present request: who, when, where, in which language."""

from datetime import date
from typing import cast

from flask import current_app, g

from pmo import clock
from pmo.blobs import Store
from pmo.config import Settings
from pmo.domain.permissions import Actor
from pmo.errors import SignInNeeded
from pmo.queries.accounts import Visitor


def settings() -> Settings:
    """Return the settings that the application was made with."""
    return cast(Settings, current_app.extensions["pmo_settings"])


def store() -> Store:
    """Return where the files of cards lie."""
    return Store(settings().attachments_dir)


def visitor() -> Visitor | None:
    """Return who is signed in, with what only the HTTP layer needs to know of them."""
    return cast(Visitor | None, g.get("visitor"))


def optional_actor() -> Actor | None:
    """Return who acts, or None for a stranger."""
    present = visitor()
    return present.actor if present else None


def actor() -> Actor:
    """Return who acts. Raises SignInNeeded for a stranger."""
    present = optional_actor()
    if present is None:
        raise SignInNeeded
    return present


def unread() -> int:
    """Return how many notifications the bell shows, at most 100."""
    present = visitor()
    return present.unread if present else 0


def today() -> date:
    """Return the calendar day at the office."""
    return clock.today(settings().timezone)


def request_id() -> str:
    """Return the name of this request in logs and answers."""
    return cast(str, g.get("request_id", ""))
