"""Headers of every answer: content security policy and the rest."""

import dataclasses
import logging

import peewee as pw
import pytest
from flask import Flask
from flask.testing import FlaskClient

from pmo import db as pmo_db
from pmo.app import create_app
from pmo.config import Settings
from tests.cast import PASSWORD, Cast, sign_in

pytestmark = pytest.mark.one_database

PAGES = ["/sign-in", "/account", "/users", "/nope", "/healthz", "/", "/api/v1/nope"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers(client: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(client, "ada")

    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/account", "/users", "/account/tokens", "/nope"])
def test_personal_pages_are_not_kept(client: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(client, "ada")

    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_page_with_an_etag_is_kept_by_its_own_browser_alone(fresh_app: Flask, cast: Cast) -> None:
    from flask import Response

    from pmo.domain.permissions import Capability
    from pmo.http.access import requires

    @requires(Capability.PORTFOLIO_READ)
    def tagged() -> Response:
        response = Response("x")
        response.set_etag("7")
        return response

    fresh_app.add_url_rule("/tagged", "tagged", tagged)
    client = sign_in(fresh_app.test_client(), "lev")

    assert client.get("/tagged").headers["Cache-Control"] == "private, no-cache"


def test_no_inline_script_or_style_in_any_own_page(client: FlaskClient, cast: Cast) -> None:
    from bs4 import BeautifulSoup

    sign_in(client, "ada")

    for path in ("/account", "/account/password", "/account/tokens", "/users", "/users/new"):
        soup = BeautifulSoup(client.get(path).text, "lxml")
        assert all(script.get("src") for script in soup.find_all("script"))
        assert soup.find_all("style") == []
        assert soup.find_all(style=True) == []
        for element in soup.find_all(True):
            assert not [name for name in element.attrs if name.startswith(("on", "hx-on"))]


def secure_client(db: pw.Database, settings: Settings, **changes: object) -> FlaskClient:
    made = create_app(dataclasses.replace(settings, **changes))  # type: ignore[arg-type]
    pmo_db.database.initialize(db)
    return made.test_client()


def test_https_binds_the_cookie_to_the_host(
    db: pw.Database, settings: Settings, cast: Cast
) -> None:
    client = secure_client(db, settings, https=True)

    answer = client.post(
        "/sign-in",
        data={"login": "lev", "password": PASSWORD},
        base_url="https://localhost",
    )

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pmo_session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_without_https_there_is_no_hsts(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_foreign_host_is_refused(db: pw.Database, settings: Settings) -> None:
    client = secure_client(db, settings, trusted_hosts=("pmo.example",))

    assert client.get("/sign-in", base_url="http://pmo.example").status_code == 200
    assert client.get("/sign-in", base_url="http://evil.example").status_code == 400


def test_forwarded_headers_are_not_believed_by_default(client: FlaskClient, cast: Cast) -> None:
    from pmo.models import SignInAttempt

    client.post(
        "/sign-in",
        data={"login": "lev", "password": "wrong"},
        headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"},
    )

    assert SignInAttempt.get().source == "127.0.0.1"


def test_forwarded_headers_are_believed_from_as_many_proxies_as_set(
    db: pw.Database, settings: Settings, cast: Cast
) -> None:
    from pmo.models import SignInAttempt

    client = secure_client(db, settings, trusted_proxies=1)

    client.post(
        "/sign-in",
        data={"login": "lev", "password": "wrong"},
        headers={"X-Forwarded-For": "10.6.6.6, 203.0.113.9"},
    )

    assert SignInAttempt.get().source == "203.0.113.9"


def test_request_that_is_too_large_is_refused(
    db: pw.Database, settings: Settings, cast: Cast
) -> None:
    client = sign_in(secure_client(db, settings, max_upload_mb=1), "lev")

    answer = client.post("/account/language", data={"language": "x" * 2**21})

    assert answer.status_code == 413


def test_access_log_has_no_query_and_no_secret(
    client: FlaskClient, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    answer = client.post("/sign-in?next=/secret", data={"login": "lev", "password": PASSWORD})
    client.get("/a%0d%0ab")

    text = "\n".join(record.getMessage() for record in caplog.records)
    assert "POST /sign-in 303" in text
    assert "secret" not in text
    assert PASSWORD not in text
    assert answer.headers["Set-Cookie"].split("=")[1].split(";")[0] not in text
    assert all(len(record.getMessage().splitlines()) == 1 for record in caplog.records)
