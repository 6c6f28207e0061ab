"""What happens before and after every view, in this order."""

import logging
import secrets
import time
from urllib.parse import quote

from flask import Flask, Response, g, request
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import ServiceUnavailable

from pmo import db
from pmo.http import access, current, origin, visitors

log = logging.getLogger("pmo.access")

RETRY_AFTER_SECONDS = 5
WITHOUT_DATABASE = frozenset({"static", "assets.show", "health.alive"})


def init_app(app: Flask) -> None:
    """Install the hooks."""
    app.before_request(enter)
    app.after_request(leave)
    app.teardown_request(give_back)


def enter() -> None:
    """Name the request, guard it, find out who makes it and whether they may."""
    g.started = time.perf_counter()
    g.request_id = secrets.token_hex(8)
    if request.endpoint in WITHOUT_DATABASE:
        return
    origin.check()
    if db.database.is_closed():
        _connect()
        g.has_connected = True
    visitors.recognise()
    access.check()


def _connect() -> None:
    """Take a connection; without one the answer is 503, and who waits may come again."""
    try:
        db.connect()
    except (PeeweeException, MaxConnectionsExceeded) as error:
        log.error("no database: %s", type(error).__name__)  # noqa: TRY400 - the trace says no more
        raise ServiceUnavailable(retry_after=RETRY_AFTER_SECONDS) from error


def leave(response: Response) -> Response:
    """Write the line of the access log; addresses without their query, names, no secrets."""
    response.headers["X-Request-Id"] = current.request_id()
    if log.isEnabledFor(logging.INFO):
        actor = current.optional_actor()
        log.info(
            "%s %s %s %.1fms user=%s id=%s",
            request.method,
            quote(request.path),
            response.status_code,
            (time.perf_counter() - g.started) * 1000 if "started" in g else 0,
            actor.login if actor else "-",
            current.request_id(),
        )
    return response


def give_back(_error: BaseException | None) -> None:
    """Give the connection back; one that was open before the request is its opener's."""
    if g.pop("has_connected", False):
        db.close()
