from collections.abc import Callable
from typing import Any

import pytest

from pmo.models import ApiToken, Board, Event, Label, Project, Stage, Task, User
from tests.api.conftest import Caller
from tests.cast import Cast

KEY = "1f0c5c1e-6f0a"


def test_repeated_creation_gives_the_same_task(lev: Caller, cast: Cast) -> None:
    address = f"/columns/{cast.orchard.columns[0]}/tasks"

    first = lev("POST", address, {"title": "Once"}, Idempotency_Key=KEY)
    second = lev("POST", address, {"title": "Once"}, Idempotency_Key=KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["id"] == second.json["id"]
    assert first.headers["Location"] == second.headers["Location"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Task.select().where(Task.title == "Once").count() == 1


def test_replay_shows_the_thing_as_it_is_now(lev: Caller, cast: Cast) -> None:
    address = f"/columns/{cast.orchard.columns[0]}/tasks"
    first = lev("POST", address, {"title": "Once"}, Idempotency_Key=KEY)
    lev.edit(f"/tasks/{first.json['id']}", {"weight": 8})

    second = lev("POST", address, {"title": "Once"}, Idempotency_Key=KEY)

    assert second.json["weight"] == 8


def test_another_payload_with_the_key_is_refused(lev: Caller, cast: Cast) -> None:
    address = f"/columns/{cast.orchard.columns[0]}/tasks"
    lev("POST", address, {"title": "Once"}, Idempotency_Key=KEY)

    response = lev("POST", address, {"title": "Twice"}, Idempotency_Key=KEY)

    assert (response.status_code, response.json["code"]) == (422, "idempotency_mismatch")
    assert Event.select().count() == 1


def test_refused_creation_does_not_use_the_key_up(lev: Caller, cast: Cast) -> None:
    labels = f"/projects/{cast.orchard.project}/labels"
    taken = lev("POST", labels, {"name": "Urgent", "colour": "red"}, Idempotency_Key=KEY)
    lev("DELETE", f"/labels/{cast.orchard.labels[0]}")

    again = lev("POST", labels, {"name": "Urgent", "colour": "red"}, Idempotency_Key=KEY)

    assert (taken.status_code, again.status_code) == (409, 201)


@pytest.mark.one_database
@pytest.mark.parametrize("key", ["", "two words", "x" * 256])
def test_key_that_is_none_is_refused(lev: Caller, cast: Cast, key: str) -> None:
    address = f"/columns/{cast.orchard.columns[0]}/tasks"

    response = lev("POST", address, {"title": "Once"}, Idempotency_Key=key)

    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == "headers/Idempotency-Key"


@pytest.mark.one_database
def test_everything_that_creates_takes_a_key(
    signed_in: Callable[[str], Caller], cast: Cast
) -> None:
    ada, project = signed_in("ada"), cast.orchard.project
    creations: list[tuple[str, Any, Any]] = [
        ("/projects", {"code": "ТТ", "name": "Тьютор"}, Project),
        (f"/projects/{project}/stages", {"name": "Third"}, Stage),
        (f"/projects/{project}/labels", {"name": "New", "colour": "red"}, Label),
        (f"/projects/{project}/boards", {"name": "Second"}, Board),
        ("/tokens", {"name": "script", "scopes": ["read"]}, ApiToken),
        ("/users", {"login": "nina", "name": "Nina", "role": "methodist"}, User),
    ]
    for address, body, model in creations:
        before = model.select().count()

        first = ada("POST", address, body, Idempotency_Key=KEY)
        second = ada("POST", address, body, Idempotency_Key=KEY)

        assert (first.status_code, second.status_code) == (201, 201), first.text
        assert second.headers["Idempotent-Replayed"] == "true"
        assert model.select().count() == before + 1


def test_secret_is_not_shown_again(signed_in: Callable[[str], Caller], cast: Cast) -> None:
    lev = signed_in("lev")
    given = {"name": "script", "scopes": ["read"]}

    first = lev("POST", "/tokens", given, Idempotency_Key=KEY)
    second = lev("POST", "/tokens", given, Idempotency_Key=KEY)

    assert first.json["token"].startswith("pmo_")
    assert second.json["token"] is None
    assert second.json["id"] == first.json["id"]
