"""The Idempotency-Key of requests that create: a repeated one creates nothing more."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_smorest import abort

from pmo import clock
from pmo.http import current
from pmo.services import idempotency

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
PATTERN = r"^[!-~]{1,255}$"
ROUTE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Made:
    """What a request made, now or when it came first."""

    id: int
    is_replay: bool

    def headers(self, endpoint: str, **arguments: Any) -> dict[str, str]:
        """Return where it is (an endpoint of the API), and whether it was there already."""
        replayed = {REPLAYED: "true"} if self.is_replay else {}
        return {"Location": url_for(endpoint, **arguments), **replayed}


def once(create: Callable[[], int], *, payload: Any = None) -> Made:
    """Create what the present request asks for, once if it carries a key.

    create: does it and returns the id. payload: what was sent, where that is no JSON.
    Raises IdempotencyMismatch, and what create raises.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return Made(create(), is_replay=False)
    if not re.fullmatch(PATTERN, key):
        messages = {"headers": {HEADER: [_l("Use 1 to 255 visible ASCII characters.")]}}
        abort(422, messages=messages)
    route = f"{request.method} {request.path}"[:ROUTE_LENGTH]
    sent = request.get_json(silent=True) if payload is None else payload
    asked = idempotency.Asked(key, route, sent)
    do = partial(idempotency.once, asked, actor=current.actor(), at=clock.now(), create=create)
    return Made(*do())


def of_file(name: str | None, content: BinaryIO) -> dict[str, Any] | None:
    """Return what stands for a file in the comparison of requests; None without a key."""
    if HEADER not in request.headers:
        return None
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(0)
    return {"name": name, "sha256": digest}
