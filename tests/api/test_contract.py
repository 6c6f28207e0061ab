"""The API keeps what its document promises: requests made from it, good and bad ones.

One test for an operation, each on a fresh office with people and two projects in it.
`SCHEMATHESIS_EXAMPLES=1000` asks for more than the few examples of every day.
"""

import os
import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from pmo.http import idempotency
from tests.cast import Cast, bearer, sign_in
from tests.conftest import ROOT

pytestmark = [pytest.mark.one_database, pytest.mark.timeout(300)]

schema = schemathesis.openapi.from_path(
    ROOT / "docs" / "openapi.json",
    config=schemathesis.Config.from_path(ROOT / "schemathesis.toml"),
)
schema.config.update(base_url="http://localhost")


@schemathesis.serializer("application/zip")
def zipped(_context: Any, value: Any) -> bytes:
    """Send bytes as they are, and anything else as its text: no ZIP either way."""
    return value if isinstance(value, bytes) else str(value).encode()


QUICK = settings(
    max_examples=int(os.environ.get("SCHEMATHESIS_EXAMPLES", "4")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@schema.hook
def map_path_parameters(_context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
    """Let every second number name a thing that is there."""
    return {
        name: 1 + number % 3 if _is_even(number) else number
        for name, number in (path_parameters or {}).items()
    }


def _is_even(number: Any) -> bool:
    """Tell an even number that may name a thing; what is below 1 is meant to be wrong."""
    return isinstance(number, int) and number > 0 and number % 2 == 0


def validate(case: Any, app: Flask, headers: dict[str, str]) -> None:
    """Send the request and check the answer against the document."""
    case.operation.app = case.operation.schema.app = app
    given = case.headers or {}
    if re.fullmatch(idempotency.PATTERN, given.get(idempotency.HEADER, "")):
        given.pop(idempotency.HEADER)  # by chance one that another payload has used
    # No text is a wrong If-None-Match: a tag that is not the present one asks for the answer.
    excluded = [negative_data_rejection] if "If-None-Match" in given else []
    case.call_and_validate(
        headers={**headers, "Accept-Encoding": "identity"}, excluded_checks=excluded
    )


@schema.parametrize()
@QUICK
def test_with_the_administrators_token(case: Any, app: Flask, cast: Cast) -> None:
    validate(case, app, bearer("ada"))


@schema.exclude(path_regex="^/api/v1/(?!me/|tokens|users)").parametrize()
@QUICK
def test_with_the_administrators_session(case: Any, app: Flask, cast: Cast) -> None:
    cookie = sign_in(app.test_client(), "ada").get_cookie("pmo_session")
    assert cookie is not None

    validate(case, app, {"Cookie": f"pmo_session={cookie.value}"})
