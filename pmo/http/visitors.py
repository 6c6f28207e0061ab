"""Who makes a request: by the session cookie, or on the API by a bearer token."""

from datetime import datetime, timedelta

from flask import g, request
from werkzeug import Response

from pmo import clock
from pmo.domain.credentials import hash_of
from pmo.errors import SignInNeeded
from pmo.http import current
from pmo.queries import accounts
from pmo.services import sessions, tokens

API = "/api/"
BEARER = "bearer "


def cookie_name() -> str:
    """Return the session cookie's name; over HTTPS its prefix binds it to this very host."""
    return "__Host-pmo_session" if current.settings().https else "pmo_session"


def is_api() -> bool:
    """Tell whether the request is for the API, not for a page."""
    return request.path.startswith(API)


def has_bearer() -> bool:
    """Tell whether the request is for the API and brings a bearer token, good or bad."""
    return is_api() and request.headers.get("Authorization", "").lower().startswith(BEARER)


def recognise() -> None:
    """Find out who is there and keep it for `current`; nobody is no error.

    Raises SignInNeeded for a bearer token that is not good, whatever cookie is there.
    """
    if has_bearer():
        g.visitor = _by_token(request.headers["Authorization"][len(BEARER) :].strip())
        return
    cookie = request.cookies.get(cookie_name())
    g.visitor = _by_session(cookie) if cookie else None


def remember(response: Response, token: str, expires_at: datetime) -> None:
    """Give the browser the token of its new session."""
    response.set_cookie(
        cookie_name(),
        token,
        expires=expires_at,
        httponly=True,
        samesite="Lax",
        secure=current.settings().https,
    )


def forget(response: Response) -> None:
    """Take the session's token from the browser."""
    secure = current.settings().https
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=secure)


def _by_session(token: str) -> accounts.Visitor | None:
    at = clock.now()
    idle = timedelta(minutes=current.settings().session_idle_minutes)
    found = accounts.visitor_by_session(hash_of(token), at=at, idle=idle)
    if found and found.is_seen_long_ago:
        sessions.seen(hash_of(token), at=at)
    return found


def _by_token(token: str) -> accounts.Visitor:
    at = clock.now()
    found = accounts.visitor_by_token(hash_of(token), at=at)
    if found is None:
        raise SignInNeeded
    if found.is_seen_long_ago:
        tokens.used(hash_of(token), at=at)
    return found


def entry() -> sessions.Entry:
    """Return how the request comes: for the list of sign-ins, and against guessing."""
    return sessions.Entry(
        address=request.remote_addr or "",
        agent=request.headers.get("User-Agent", ""),
        lifetime=timedelta(days=current.settings().session_days),
    )
