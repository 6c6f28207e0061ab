"""A caller: somebody with a token, who speaks JSON."""

from collections.abc import Callable
from json import dumps
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pmo.domain.vocabulary import TokenScope
from tests.cast import Cast, bearer, sign_in


class Caller:
    """Calls the API as one person; addresses are below /api/v1."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    def __call__(self, method: str, address: str, json: Any = None, **headers: str) -> TestResponse:
        """Call; `If_Match` and the like become headers."""
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        if json is not None:
            own["Content-Type"] = "application/json"
        return self.client.open(
            f"/api/v1{address}",
            method=method,
            headers={**self.headers, **own},
            data=None if json is None else dumps(json),  # also what is no good UTF-8
        )

    def get(self, address: str, **headers: str) -> Any:
        """Read something that must be there."""
        response = self("GET", address, **headers)
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.json

    def edit(self, address: str, changes: Any, method: str = "PATCH") -> TestResponse:
        """Change something with the ETag that it has now."""
        tag = self("GET", address).headers["ETag"]
        return self(method, address, changes, If_Match=tag)


@pytest.fixture
def caller(client: FlaskClient, cast: Cast) -> Callable[..., Caller]:
    """Return a maker of callers: `caller("lev")`, or of a scope."""
    assert cast

    def make(login: str, *scopes: TokenScope) -> Caller:
        return Caller(client, bearer(login, *scopes))

    return make


@pytest.fixture
def signed_in(app: Any, cast: Cast) -> Callable[[str], Caller]:
    """Return a maker of callers that have a session instead of a token."""
    assert cast
    return lambda login: Caller(sign_in(app.test_client(), login), {})


@pytest.fixture
def lev(caller: Callable[..., Caller]) -> Caller:
    """Return the lead of Orchard."""
    return caller("lev")


@pytest.fixture
def ada(caller: Callable[..., Caller]) -> Caller:
    """Return the administrator."""
    return caller("ada")
