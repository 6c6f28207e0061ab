"""Where to go next: only to an address of this very site."""

import re
from urllib.parse import urlsplit

from flask import request

NEXT = "next"
LONGEST = 1000
UNUSUAL = re.compile(r"[\\\x00-\x20\x7f]")


def here() -> str | None:
    """Return the page that was asked for, to come back to; None if there is none of interest."""
    if request.method != "GET" or request.path == "/" or request.endpoint is None:
        return None
    return request.full_path.removesuffix("?")


def back(default: str) -> str:
    """Return the page of this site that a form was sent from, else the default."""
    home, sent_from = request.host_url.removesuffix("/"), request.referrer or ""
    if not sent_from.startswith(f"{home}/"):
        return default
    target = sent_from.removeprefix(home)
    return default if target == request.path else safe_next(target, default)


def safe_next(target: str | None, default: str) -> str:
    """Return the target if it is a path of this site, else the default.

    Browsers read a backslash as a slash and drop tabs and line ends: anything unusual is refused.
    """
    if not target or not target.startswith("/") or target.startswith("//") or len(target) > LONGEST:
        return default
    if UNUSUAL.search(target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
