"""How many SQL statements a request takes, counted in this process on the same database."""

from collections.abc import Callable

from flask import Flask
from playhouse.test_utils import count_queries

from pmo.app import create_app
from pmo.config import Settings

SKIPPED = {"host", "content-length", "accept-encoding"}


def counter(environment: dict[str, str]) -> Callable[[bytes], int]:
    """Return a function from a request's bytes to its number of statements.

    The first of two like requests fills what is kept; the second is counted.
    """
    app = create_app(Settings.from_env(environment))

    def count(sent: bytes) -> int:
        _ask(app, sent)
        with count_queries() as counted:
            _ask(app, sent)
        return int(counted.count)

    return count


def _ask(app: Flask, sent: bytes) -> None:
    head, _, body = sent.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    pairs = [line.split(": ", 1) for line in lines]
    headers = [(name, value) for name, value in pairs if name.lower() not in SKIPPED]
    client = app.test_client(use_cookies=False)
    client.open(path, method=method, headers=headers, data=body or None)
