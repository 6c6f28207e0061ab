"""The examples of docs/api.md do what it says: each `curl` is made, its status compared."""

import io
import re
import shlex
from collections.abc import Iterator
from typing import Any

import peewee as pw
import pytest
from flask.testing import FlaskClient

from pmo.models import Event
from tests.cast import Cast, bearer
from tests.conftest import ROOT

pytestmark = pytest.mark.one_database

EXAMPLE = re.compile(r"^(curl (?:.*\\\n)*.*)\n# (\d{3})$", re.MULTILINE)


def examples() -> Iterator[tuple[str, int]]:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL):
        for command, status in EXAMPLE.findall(block):
            yield command, int(status)


def test_every_example_is_answered_as_the_guide_says(client: FlaskClient, cast: Cast) -> None:
    scene = cast.orchard
    told = {
        "PMO": "http://localhost",
        "TOKEN": bearer("lev")["Authorization"].removeprefix("Bearer "),
        "PROJECT": scene.project,
        "BOARD": scene.board,
        "COLUMN": scene.columns[0],
        "OTHER_COLUMN": scene.columns[2],
        "TASK": scene.tasks[0],
    }
    answered = []
    for command, _ in examples():
        told["EVENT"] = Event.select(pw.fn.MAX(Event.id)).scalar()
        filled = {name: str(value) for name, value in told.items()}
        answered.append((command, call(client, command, filled)))

    assert len(answered) >= 8
    assert answered == list(examples())


def call(client: FlaskClient, command: str, told: dict[str, str]) -> int:
    """Make the request of a `curl` command; return the status of the answer."""
    filled = re.sub(r"\$([A-Z_]+)", lambda name: told[name[1]], command)
    words = iter(shlex.split(filled.replace("\\\n", " "))[1:])
    method, headers, address = "GET", {}, ""
    data: bytes | dict[str, Any] | None = None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(words).encode()
        elif word == "-F":
            field, _, name = next(words).partition("=@")
            data = {field: (io.BytesIO(b"%PDF-1.7 a programme"), name)}
        else:
            address = word
    response = client.open(
        address.removeprefix(told["PMO"]), method=method, headers=headers, data=data
    )
    return response.status_code
