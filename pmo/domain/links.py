"""Addresses that people give: only such as a browser may follow without harm."""

from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})
NEVER = frozenset('<>"\\^`{|} ')


def is_followable(url: str) -> bool:
    """Tell whether an address is an absolute one of the web, without a name and password in it."""
    if any(sign in NEVER or not sign.isprintable() or sign.isspace() for sign in url):
        return False
    try:
        parts = urlsplit(url)
        is_placed = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and is_placed and "@" not in parts.netloc
