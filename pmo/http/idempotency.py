"""The Idempotency-Key of requests that create: a repeated one creates nothing more."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

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


def once(create: Callable[[], int]) -> Made:
    """Create what the present request asks for, once if it carries a key.

    create: does it and returns the id. Raises IdempotencyMismatch, and what create raises.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return Made(create(), is_replay=False)
    if not re.fullmatch(PATTERN, key):
        messages = {"headers": {HEADER: [_l("Use 1 to 255 visible ASCII characters.")]}}
        abort(422, messages=messages)
    route = f"{request.method} {request.path}"[:ROUTE_LENGTH]
    asked = idempotency.Asked(key, route, request.get_json(silent=True))
    do = partial(idempotency.once, asked, actor=current.actor(), at=clock.now(), create=create)
    return Made(*do())
