"""Files that people brought, given back so that nothing in them can act in our name."""

import re
import unicodedata
from typing import BinaryIO
from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import FileWrapper

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
ACTIVE = frozenset({"text/html", "image/svg+xml", "application/xml"})
"""What a browser would run if it could; it goes out as bytes."""

BINARY = "application/octet-stream"
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._ ()-]+")
UNRESERVED = "!#$&+-.^_`|~"


class SentOnce(FileWrapper):
    """A file that is closed as soon as its last byte is read, whoever reads it."""

    def __next__(self) -> bytes:
        """Return the next bytes."""
        try:
            return super().__next__()
        except StopIteration:
            self.close()
            raise


def disposition(name: str) -> str:
    """Return a Content-Disposition that saves under this name (RFC 6266), in any alphabet."""
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = NOT_PLAIN.sub("_", latin).strip(" ._") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=UNRESERVED)}"


def attachment(content: BinaryIO, *, name: str, media_type: str, size: int, tag: str) -> Response:
    """Give a file to be saved. tag: its hash."""
    kind = BINARY if media_type in ACTIVE else media_type
    response = _sandboxed(content, kind, size, tag)
    response.headers["Content-Disposition"] = disposition(name)
    return response


def picture(content: BinaryIO, *, media_type: str, size: int, tag: str) -> Response:
    """Give a picture to be shown in a page."""
    response = _sandboxed(content, media_type, size, tag)
    response.headers["Content-Disposition"] = "inline"
    return response


def made(body: bytes, *, name: str, media_type: str) -> Response:
    """Give a file that was made here for this request."""
    response = Response(body, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _sandboxed(content: BinaryIO, kind: str, size: int, tag: str) -> Response:
    """Stream bytes that a browser neither guesses at nor runs; 304 if it has them.

    The server closes the file at once when there is nothing to send.
    """
    response = Response(SentOnce(content), direct_passthrough=True)
    response.headers["Content-Type"] = kind
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(tag)
    return response.make_conditional(request)  # type: ignore[return-value]
