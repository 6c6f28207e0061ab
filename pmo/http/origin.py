"""The guard against requests that another site makes in a visitor's name.

No tokens in forms: a browser says where a request comes from, and that is believed because a
page cannot forge these headers. So fragments hold nothing personal and can be shared.
"""

from urllib.parse import urlsplit

from flask import request

from pmo.errors import ForeignOrigin
from pmo.http import visitors

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def check() -> None:
    """Refuse an unsafe request that a page of another origin made. Raises ForeignOrigin.

    A request without both headers is not from a browser; one with a bearer token carries its
    right in a header that no foreign page can add.
    """
    if request.method in SAFE_METHODS or visitors.has_bearer():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise ForeignOrigin
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        raise ForeignOrigin
