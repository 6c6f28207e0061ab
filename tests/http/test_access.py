"""Every view declares one capability, and is never called without it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.views import MethodView

from pmo.domain.permissions import Capability, could_ever
from pmo.http.access import capability_of, requires
from tests.cast import PEOPLE, Cast, sign_in

pytestmark = pytest.mark.one_database


def undeclared(app: Flask) -> list[str]:
    """Return the routes, method by method, that declare nothing."""
    return [
        f"{method} {rule}"
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
        if capability_of(app, rule.endpoint, method) is None
    ]


def test_every_route_declares_a_capability(app: Flask) -> None:
    assert undeclared(app) == []


def test_a_forgotten_declaration_is_found(fresh_app: Flask) -> None:
    class Half(MethodView):
        @requires(Capability.PORTFOLIO_READ)
        def get(self) -> str:
            return ""

        def post(self) -> str:
            return ""

    fresh_app.add_url_rule("/planted", "planted", lambda: "")
    fresh_app.add_url_rule("/half", view_func=Half.as_view("half"))

    assert undeclared(fresh_app) == ["GET /planted", "POST /half"]


@pytest.mark.parametrize("login", [*PEOPLE, None])
def test_a_forgotten_declaration_opens_nothing(
    fresh_app: Flask, cast: Cast, login: str | None
) -> None:
    fresh_app.add_url_rule("/planted", "planted", lambda: "open")
    client = fresh_app.test_client()
    if login:
        sign_in(client, login)

    answer = client.get("/planted")

    assert answer.status_code == (403 if login else 303)


def test_only_what_strangers_need_is_public(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
        if capability_of(app, rule.endpoint, method) is Capability.PUBLIC
    }

    assert {name for name in public if not name.startswith("api")} == {
        "assets.show",
        "health.alive",
        "health.ready",
        "languages.choose",
        "sessions.create",
        "sessions.new",
        "static",
    }


def test_stranger_is_led_to_the_sign_in_page_and_back(client: FlaskClient) -> None:
    answer = client.get("/account/tokens?page=2")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account/tokens?page%3D2"


def test_stranger_who_posts_is_not_led_back_to_the_act(client: FlaskClient) -> None:
    answer = client.post("/account/language", data={"language": "ru"})

    assert answer.location == "/sign-in"


def test_fragment_for_a_stranger_leads_the_whole_page_away(client: FlaskClient) -> None:
    answer = client.get("/account", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/sign-in?next=/account"


def test_head_needs_what_get_needs(client: FlaskClient) -> None:
    assert client.head("/account").status_code == 303


@pytest.mark.parametrize("login", PEOPLE)
def test_capability_that_a_role_never_has_is_refused(
    client: FlaskClient, cast: Cast, login: str
) -> None:
    sign_in(client, login)

    answer = client.get("/users")

    allowed = could_ever(cast.actor(login), Capability.USERS_MANAGE)
    assert answer.status_code == (200 if allowed else 403)
    assert allowed == (login == "ada")
