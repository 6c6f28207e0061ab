"""What finding out who asks costs: one statement, and nothing at all for files."""

from datetime import timedelta

import pytest
from flask import Flask
from peewee import OperationalError
from playhouse.test_utils import count_queries

from pmo import clock
from pmo import db as pmo_db
from pmo.domain.permissions import Capability
from pmo.http.access import requires
from pmo.models import ApiToken, Session
from tests.cast import Cast, bearer, sign_in


@requires(Capability.PORTFOLIO_READ)
def nothing() -> str:
    return ""


def test_session_is_one_statement(fresh_app: Flask, cast: Cast) -> None:
    fresh_app.add_url_rule("/nothing", "nothing", nothing)
    client = sign_in(fresh_app.test_client(), "lev")
    client.get("/nothing")

    with count_queries() as counted:
        client.get("/nothing")

    assert counted.count == 1


def test_token_is_one_statement(fresh_app: Flask, cast: Cast) -> None:
    fresh_app.add_url_rule("/api/v1/nothing", "nothing", nothing)
    client, headers = fresh_app.test_client(), bearer("lev")
    client.get("/api/v1/nothing", headers=headers)

    with count_queries() as counted:
        client.get("/api/v1/nothing", headers=headers)

    assert counted.count == 1


def test_use_is_written_when_five_minutes_have_passed(fresh_app: Flask, cast: Cast) -> None:
    fresh_app.add_url_rule("/nothing", "nothing", nothing)
    client = sign_in(fresh_app.test_client(), "lev")
    Session.update(last_seen_at=clock.now() - timedelta(minutes=6)).execute()

    client.get("/nothing")

    assert clock.now() - Session.get().last_seen_at < timedelta(minutes=1)


def test_first_use_of_a_token_is_written(fresh_app: Flask, cast: Cast) -> None:
    fresh_app.add_url_rule("/api/v1/nothing", "nothing", nothing)

    fresh_app.test_client().get("/api/v1/nothing", headers=bearer("lev"))

    assert ApiToken.get().last_used_at is not None


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/healthz", "/static/css/app.css", "/assets/x/css/app.css"])
def test_file_asks_the_database_nothing(app: Flask, cast: Cast, path: str) -> None:
    client = sign_in(app.test_client(), "lev")

    with count_queries() as counted:
        client.get(path).close()

    assert counted.count == 0


def test_readiness_says_so_and_tells_no_cause(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from pmo.queries import readiness

    client = app.test_client()
    ready = client.get("/readyz")
    monkeypatch.setattr(readiness, "_try_to_write", lambda: (_ for _ in ()).throw(OSError("disk")))
    broken = client.get("/readyz")

    assert (ready.status_code, broken.status_code) == (200, 503)
    assert "disk" not in broken.text
    assert "disk" in caplog.text


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/account", "/api/v1/me"])
def test_without_a_connection_the_answer_is_to_come_again(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client = sign_in(app.test_client(), "lev")
    pmo_db.close()

    def fails() -> None:
        raise OperationalError

    monkeypatch.setattr(pmo_db, "connect", fails)
    answer = client.get(path)
    monkeypatch.undo()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
