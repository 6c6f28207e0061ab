"""Every view declares one capability; it is checked before the view is called.

Rights on one object are checked again, with its membership, by the loaders of `queries.access`.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, current_app, request

from pmo.domain.permissions import Actor, Capability, could_ever
from pmo.errors import Forbidden, PasswordChangeNeeded, SignInNeeded
from pmo.http import current

View = TypeVar("View", bound=Callable[..., Any])

log = logging.getLogger("pmo.security")

WHILE_PASSWORD_IS_INITIAL = frozenset(
    {
        "Me.change_password",
        "Me.show",
        "account.change_password",
        "account.edit_password",
        "sessions.destroy",
    }
)
"""All that a person can do before they have chosen a password of their own."""


def requires(capability: Capability) -> Callable[[View], View]:
    """Declare what a view needs: a function, or a method (or the class) of a MethodView."""

    def declare_on(view: View) -> View:
        view.capability = capability  # type: ignore[attr-defined]
        return view

    return declare_on


def declare(app: Flask, endpoint: str, capability: Capability) -> None:
    """Declare what a view of somebody else's library needs."""
    requires(capability)(app.view_functions[endpoint])


def capability_of(app: Flask, endpoint: str, method: str) -> Capability | None:
    """Return what a route needs; None if it was forgotten."""
    view = app.view_functions[endpoint]
    declared = getattr(view, "capability", None)
    view_class = getattr(view, "view_class", None)
    if declared is None and view_class is not None:
        name = "get" if method == "HEAD" and not hasattr(view_class, "head") else method.lower()
        declared = getattr(getattr(view_class, name, None), "capability", None)
        declared = declared or getattr(view_class, "capability", None)
    return declared


def check() -> None:
    """Refuse the request unless its visitor could have the capability of its view.

    Raises SignInNeeded, Forbidden or PasswordChangeNeeded. An address without a view passes:
    its answer is 404 or 405 for everybody.
    """
    if request.endpoint is None or request.method == "OPTIONS":
        return
    needed = capability_of(current_app, request.endpoint, request.method)
    if needed is Capability.PUBLIC:
        return
    actor = current.optional_actor()
    if actor is None:
        raise SignInNeeded
    if needed is None:
        log.error("undeclared endpoint=%s", request.endpoint)
        raise Forbidden
    if not _could_ever(actor, needed):
        raise Forbidden(capability=needed.value)
    present = current.visitor()
    if present and present.must_change_password:
        _refuse_until_changed(request.endpoint)


@lru_cache(maxsize=4096)
def _could_ever(actor: Actor, needed: Capability) -> bool:
    return could_ever(actor, needed)


def _refuse_until_changed(endpoint: str) -> None:
    if endpoint not in WHILE_PASSWORD_IS_INITIAL:
        raise PasswordChangeNeeded
