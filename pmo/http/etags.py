"""ETags: which version of a thing was seen, and whether it is still the present one.

A tag is `"<counters>.<digest>"`: its counters (`version`, for a task also `moves`) and a digest
of what was answered, so that a 304 stays true when something beside the counters changed. A
precondition looks at the first counter alone, and is decided by the service, which compares
and sets under its lock. See docs/decisions/0004-task-etag.md.
"""

import hashlib
import re
from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import Any, TypeVar

from flask import Response, abort, g, request
from flask_smorest.utils import get_appcontext
from werkzeug.exceptions import PreconditionRequired

from pmo.errors import StaleVersion

View = TypeVar("View", bound=Callable[..., Any])

NEED_A_VERSION = frozenset({"PUT", "PATCH", "DELETE"})
DIGEST_LENGTH = 12
VERSION = re.compile(r"[0-9]{1,10}")


def tagged(*counters: str) -> Callable[[View], View]:
    """Give the answer an ETag and, on PUT, PATCH and DELETE, ask for If-Match (else 428).

    counters: names of fields of the answer, the edit version first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if request.method in NEED_A_VERSION and not request.headers.get("If-Match"):
                raise PreconditionRequired
            response = view(*args, **kwargs)
            if response.status_code in {200, 201}:
                response.headers["ETag"] = g.get("etag") or _computed(response, counters)
                _answer_304_if_known(response.headers["ETag"])
            return response

        guarded._apidoc = deepcopy(getattr(view, "_apidoc", {}))  # type: ignore[attr-defined]
        guarded._apidoc["etag"] = True  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def declare(*parts: object) -> None:
    """Name the answer before it is made; ends the request with 304 if the client has it.

    parts: the version first, and all else that the answer is made from.
    """
    g.etag = f'"{parts[0]}.{_digest(repr(parts).encode())}"'
    _answer_304_if_known(g.etag)


def expected_version() -> int | None:
    """Return the version that the client saw, from If-Match; None if any will do (`*`).

    Weak tags never match. Raises StaleVersion if no tag there is one of ours.
    """
    if request.if_match.star_tag:
        return None
    seen = [(tag or "").partition(".")[0] for tag in request.if_match.as_set()]
    versions = [int(text) for text in seen if VERSION.fullmatch(text)]
    if not versions:
        raise StaleVersion
    return max(versions)


def _computed(response: Response, counters: tuple[str, ...]) -> str:
    shown = get_appcontext()["result_dump"]
    numbers = ".".join(str(shown[name]) for name in counters)
    return f'"{numbers}.{_digest(response.get_data())}"'


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]


def _answer_304_if_known(tag: str) -> None:
    known = request.if_none_match.contains_weak(tag.strip('"'))
    if known and request.method in {"GET", "HEAD"}:
        abort(Response(status=304, headers={"ETag": tag}))
