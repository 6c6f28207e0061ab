"""Where to go next: only to an address of this very site."""

from urllib.parse import urlsplit

from flask import request

NEXT = "next"


def here() -> dict[str, str]:
    """Return the argument that brings a person back to the page they asked for."""
    if request.method != "GET" or request.path == "/" or request.endpoint is None:
        return {}
    return {NEXT: request.full_path.removesuffix("?")}


def safe_next(target: str | None, default: str) -> str:
    """Return the target if it is a path of this site, else the default.

    Browsers read `\\` as `/` and drop tabs and line ends: anything unusual is refused.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return default
    if "\\" in target or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
