"""Errors in three shapes: page, fragment, problem details."""

from typing import Any

import peewee as pw
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import ValidationError

from pmo import db as pmo_db
from pmo import errors
from pmo.app import create_app
from pmo.config import Settings
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Gate
from pmo.http.access import requires
from tests.cast import Cast, bearer, sign_in
from tests.conftest import ENGLISH

pytestmark = pytest.mark.one_database

HTMX = {"HX-Request": "true"}

CASES = [
    (errors.NotFound(kind="task"), 404, 404, "not_found"),
    (errors.Forbidden(), 403, 403, "forbidden"),
    (errors.Invalid({"name": ["Too long."]}), 422, 422, "invalid"),
    (ValidationError({"name": ["Too long."]}), 422, 422, "validation"),
    (errors.Conflict(), 409, 409, "conflict"),
    (errors.WipLimitReached(column="In progress", limit=3, count=3), 409, 409, "wip_limit_reached"),
    (errors.StaleVersion(version=3), 409, 412, "stale_version"),
    (errors.AlreadyTaken(field="code"), 409, 409, "already_taken"),
    (errors.IdempotencyMismatch(), 422, 422, "idempotency_mismatch"),
    (errors.TooManyAttempts(seconds=90), 429, 429, "too_many_attempts"),
    (errors.FileRefused([errors.Fault("projects[2].name", "Too long.")]), 422, 422, "file_refused"),
    (
        errors.EditConflict(
            (errors.FieldConflict("title", base="a", theirs="b", yours="c"),), version=2
        ),
        409,
        409,
        "edit_conflict",
    ),
]


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Make an application with a page and an API address that raise what is put to `raised`."""
    url = f"sqlite:///{tmp_path_factory.mktemp('app')}/nothing.sqlite3"
    made = create_app(Settings.from_env({**ENGLISH, "PMO_DATABASE_URL": url}, testing=True))

    @requires(Capability.PORTFOLIO_READ)
    def fails() -> str:
        raise made.extensions["raised"]

    made.add_url_rule("/fails", "fails", fails)
    made.add_url_rule("/api/v1/fails", "api_fails", fails)
    return made


@pytest.fixture
def planted(failing: Flask, db: pw.Database, cast: Cast) -> FlaskClient:
    """Return Lev's client of that application, on the test's database."""
    pmo_db.database.initialize(db)
    failing.testing = True
    return sign_in(failing.test_client(), "lev")


@pytest.mark.parametrize(("error", "status", "_api", "_code"), CASES)
def test_page_says_what_happened(
    failing: Flask, planted: FlaskClient, error: Exception, status: int, _api: int, _code: str
) -> None:
    failing.extensions["raised"] = error

    answer = planted.get("/fails")

    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == status
    assert soup.select_one("main h1")
    assert soup.select_one("header.app-header")
    if isinstance(error, errors.PmoError):
        assert str(error) in soup.select_one("main").text  # type: ignore[union-attr]


@pytest.mark.parametrize(("error", "status", "_api", "_code"), CASES)
def test_fragment_is_a_notice(
    failing: Flask, planted: FlaskClient, error: Exception, status: int, _api: int, _code: str
) -> None:
    failing.extensions["raised"] = error

    answer = planted.get("/fails", headers=HTMX)

    assert answer.status_code == status
    assert answer.headers["HX-Retarget"] == "#notices"
    assert answer.headers["HX-Reswap"] == "beforeend"
    stale = "board:stale" if isinstance(error, errors.Conflict) else None
    assert answer.headers.get("HX-Trigger") == stale
    [root] = BeautifulSoup(answer.text, "lxml").select("body > *")
    assert "notice--error" in root["class"]


@pytest.mark.parametrize(("error", "_page", "status", "code"), CASES)
def test_api_answers_problem_details(
    failing: Flask, planted: FlaskClient, error: Exception, _page: int, status: int, code: str
) -> None:
    failing.extensions["raised"] = error

    answer = planted.get("/api/v1/fails")

    problem: dict[str, Any] = answer.get_json()
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert problem["type"] == f"urn:pmo:problem:{code}"
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["instance"] == "/api/v1/fails"
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert problem["title"]
    assert problem["detail"]


def test_faults_are_pointed_at(failing: Flask, planted: FlaskClient) -> None:
    failing.extensions["raised"] = ValidationError(
        {"stages": {0: {"na/me": ["Too long."]}}, "_schema": ["Wrong."]}
    )

    problem = planted.get("/api/v1/fails").get_json()

    assert problem["errors"] == [
        {"pointer": "#/stages/0/na~1me", "detail": "Too long."},
        {"pointer": "#", "detail": "Wrong."},
    ]


def test_edit_conflict_brings_all_values(failing: Flask, planted: FlaskClient) -> None:
    failing.extensions["raised"] = CASES[-1][0]

    problem = planted.get("/api/v1/fails").get_json()

    assert problem["conflicts"] == [{"field": "title", "base": "a", "theirs": "b", "yours": "c"}]


def test_throttled_client_is_told_when_to_come_again(failing: Flask, planted: FlaskClient) -> None:
    failing.extensions["raised"] = errors.TooManyAttempts(seconds=90)

    assert planted.get("/fails").headers["Retry-After"] == "90"


def test_facts_are_shown_by_their_labels(failing: Flask, planted: FlaskClient) -> None:
    class Asked(errors.Conflict):
        template = "From {gate}."

    failing.extensions["raised"] = Asked(gate=Gate.UNDER_REVIEW)

    assert planted.get("/api/v1/fails").get_json()["detail"] == "From Under review."


def test_message_cannot_bring_markup(failing: Flask, planted: FlaskClient) -> None:
    failing.extensions["raised"] = errors.WipLimitReached(
        column="<img src=x onerror=alert(1)>", limit=1, count=1
    )

    for headers in ({}, HTMX):
        answer = planted.get("/fails", headers=headers)
        assert BeautifulSoup(answer.text, "lxml").select("img[onerror]") == []


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_fault_of_our_own_tells_nothing(
    failing: Flask, planted: FlaskClient, headers: dict[str, str]
) -> None:
    failing.testing = False
    failing.extensions["raised"] = RuntimeError("the password of the database")

    for path in ("/fails", "/api/v1/fails"):
        answer = planted.get(path, headers=headers)
        assert answer.status_code == 500
        assert "password" not in answer.text
        assert "RuntimeError" not in answer.text
        assert answer.headers["X-Request-Id"] in answer.text


def test_unknown_address_of_pages_and_of_the_api(client: FlaskClient) -> None:
    assert client.get("/nope").mimetype == "text/html"
    assert client.get("/api/v1/nope").mimetype == "application/problem+json"


def test_method_that_is_not_taken_names_those_that_are(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post("/account")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_stranger_on_the_api_is_told_how_to_sign_in(failing: Flask, planted: FlaskClient) -> None:
    answer = failing.test_client().get("/api/v1/fails")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_wrong_token_is_refused_whatever_cookie_is_there(planted: FlaskClient) -> None:
    answer = planted.get("/api/v1/fails", headers={"Authorization": "Bearer pmo_wrong"})

    assert answer.status_code == 401


def test_token_opens_no_page(failing: Flask, planted: FlaskClient) -> None:
    failing.extensions["raised"] = errors.Conflict()
    client = failing.test_client()
    token = bearer("lev")

    assert client.get("/api/v1/fails", headers=token).status_code == 409
    assert client.get("/fails", headers=token).status_code == 303


def test_token_is_no_cookie(failing: Flask, planted: FlaskClient) -> None:
    client = failing.test_client()
    client.set_cookie("pmo_session", bearer("lev")["Authorization"].removeprefix("Bearer "))

    assert client.get("/account").status_code == 303


def test_refusal_is_logged_with_who_and_what(
    failing: Flask, planted: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    failing.extensions["raised"] = errors.Forbidden()

    planted.get("/fails")

    [record] = [record for record in caplog.records if record.name == "pmo.security"]
    assert "code=forbidden login=lev endpoint=fails" in record.getMessage()


def test_each_answer_has_its_own_etag_context(fresh_app: Flask, cast: Cast) -> None:
    """pytest-flask's pushed context would make all requests share one `g`."""
    from flask import g

    @requires(Capability.PORTFOLIO_READ)
    def counts() -> str:
        g.count = g.get("count", 0) + 1
        return str(g.count)

    fresh_app.add_url_rule("/counts", "counts", counts)
    client = sign_in(fresh_app.test_client(), "lev")

    assert [client.get("/counts").text for _ in range(2)] == ["1", "1"]
