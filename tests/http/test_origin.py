"""No other site acts in a visitor's name (CF-1)."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pmo.models import Event, Session
from tests.cast import Cast, bearer, sign_in

pytestmark = pytest.mark.one_database

SAFE = {"GET", "HEAD", "OPTIONS"}


def unsafe_routes(app: Flask) -> list[tuple[str, str]]:
    """Return method and address of every route that may change something; ids are 1."""
    return [
        (method, re.sub(r"<(?:\w+:)?\w+>", "1", str(rule)))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - SAFE)
    ]


def test_every_unsafe_route_refuses_another_site(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, "ada")
    routes = unsafe_routes(app)

    statuses = {
        (method, path): client.open(
            path, method=method, headers={"Sec-Fetch-Site": "cross-site"}
        ).status_code
        for method, path in routes
    }

    assert len(routes) >= 10
    assert set(statuses.values()) == {403}
    assert not Event.select().exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "Same-Origin"])
def test_browser_of_another_site_is_refused(client: FlaskClient, cast: Cast, site: str) -> None:
    sign_in(client, "lev")

    answer = client.post("/sign-out", headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert Session.select().exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "HTTP://LOCALHOST"},
        {},
    ],
)
def test_own_page_and_program_are_let_in(
    client: FlaskClient, cast: Cast, headers: dict[str, str]
) -> None:
    sign_in(client, "lev")

    answer = client.post("/sign-out", headers=headers)

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "origin",
    ["null", "", "http://evil.example", "http://localhost:81", "http://localhost.evil.example"],
)
def test_origin_counts_where_a_browser_says_no_more(
    client: FlaskClient, cast: Cast, origin: str
) -> None:
    sign_in(client, "lev")

    answer = client.post("/sign-out", headers={"Origin": origin})

    assert answer.status_code == 403


def test_safe_request_from_another_site_is_let_in(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    assert client.get("/account", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_bearer_is_exempt_on_the_api_alone(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    headers = {**bearer("lev"), "Sec-Fetch-Site": "cross-site"}

    answer = client.post("/sign-out", headers=headers)

    assert answer.status_code == 403


def test_sign_in_from_another_site_is_refused(client: FlaskClient, cast: Cast) -> None:
    """Else a stranger's page could sign a person in to the stranger's account."""
    answer = client.post(
        "/sign-in",
        data={"login": "clea", "password": "seven green apples"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert not Session.select().exists()
