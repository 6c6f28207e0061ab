"""After signing in nobody is led to another site (OR-1)."""

import pytest
from flask.testing import FlaskClient

from pmo.http.redirects import safe_next
from tests.cast import PASSWORD, Cast, sign_in

pytestmark = pytest.mark.one_database

EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "%2f%2fevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/ok\r\nSet-Cookie: a=b",
    " //evil.example",
    "evil.example",
    "",
    "//[evil",
    "/\x00/evil.example",
]


@pytest.mark.parametrize("target", EVIL)
def test_anything_but_a_path_of_this_site_is_dropped(target: str) -> None:
    assert safe_next(target, "/home") == "/home"


@pytest.mark.parametrize("target", ["/", "/boards/7", "/projects?search=%D0%A8&page=2#top"])
def test_path_of_this_site_is_kept(target: str) -> None:
    assert safe_next(target, "/home") == target


@pytest.mark.parametrize("target", EVIL)
def test_sign_in_leads_nowhere_else(client: FlaskClient, cast: Cast, target: str) -> None:
    answer = client.post("/sign-in", data={"login": "lev", "password": PASSWORD, "next": target})

    assert answer.status_code in {303, 422}
    assert answer.headers.get("Location", "/my-work") == "/my-work"


def test_one_who_is_signed_in_is_led_nowhere_else_either(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    answer = client.get("/sign-in?next=//evil.example")

    assert answer.location == "/my-work"
