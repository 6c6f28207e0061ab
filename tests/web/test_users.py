"""Accounts, as their administrator manages them."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from pmo.models import Event, User
from tests.cast import PEOPLE, Cast, sign_in

NINA = {"login": "nina", "name": "Nina", "position": "methodist", "role": "methodist"}


def test_new_account_enters_with_the_password_that_is_shown_once(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, "ada")

    answer = client.post("/users", data=NINA)

    password = BeautifulSoup(answer.text, "lxml").select_one("#made-password")["value"]  # type: ignore[index]
    entered = app.test_client().post("/sign-in", data={"login": "nina", "password": password})
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert entered.status_code == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("login", "Нина"),
        ("login", "a"),
        ("login", "lev"),
        ("name", "  "),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("role", "king"),
        ("position", "x" * 161),
    ],
)
def test_value_that_cannot_be_taken_is_said_beside_its_field(
    client: FlaskClient, cast: Cast, field: str, value: str
) -> None:
    sign_in(client, "ada")

    answer = client.post("/users", data={**NINA, field: value})

    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code in {409, 422}
    assert soup.select_one(f"#error-{field}")
    assert User.select().count() == len(PEOPLE)


@pytest.mark.parametrize("extra", ["id", "is_active", "password_hash", "is_demo", "version"])
def test_field_that_a_form_does_not_have_is_refused(
    client: FlaskClient, cast: Cast, extra: str
) -> None:
    sign_in(client, "ada")

    answer = client.post("/users", data={**NINA, extra: "1"})

    assert answer.status_code == 422
    assert User.select().count() == len(PEOPLE)


def test_edit_keeps_what_was_saved(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")
    path = f"/users/{cast.mila.user_id}"

    answer = client.post(
        path, data={"name": "Mila B.", "position": "lead", "role": "project_lead", "version": 1}
    )

    soup = BeautifulSoup(client.get(path).text, "lxml")
    assert answer.status_code == 303
    assert soup.select_one("#field-name")["value"] == "Mila B."  # type: ignore[index]
    assert soup.select_one("option[selected]")["value"] == "project_lead"  # type: ignore[index]


def test_edit_over_an_older_version_is_refused(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")
    path = f"/users/{cast.mila.user_id}"
    form = {"name": "Mila B.", "position": "", "role": "methodist", "version": 1}
    client.post(path, data=form)

    answer = client.post(path, data={**form, "name": "Mila C."})

    assert answer.status_code == 409
    assert User.get(User.login == "mila").name == "Mila B."


def test_account_is_disabled_and_enabled(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")
    path = f"/users/{cast.mila.user_id}"

    client.post(f"{path}/disable")
    disabled = BeautifulSoup(client.get(path).text, "lxml")
    client.post(f"{path}/enable")

    assert disabled.select_one(".badge--red")
    assert User.get(User.login == "mila").is_active


def test_last_administrator_is_kept_with_a_reason(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")

    answer = client.post(f"/users/{cast.ada.user_id}/disable")

    assert answer.status_code == 409
    assert "last active administrator" in answer.text
    assert client.get("/users").status_code == 200


def test_search_finds_and_pages_say_how_many(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")

    found = BeautifulSoup(client.get("/users?search=LEV").text, "lxml")
    nobody = client.get("/users?search=zzz")

    assert [row["id"] for row in found.select("tbody tr")] == [f"user-{cast.lev.user_id}"]
    assert "Nobody was found." in nobody.text


@pytest.mark.parametrize("login", [login for login in PEOPLE if login != "ada"])
def test_others_manage_nobody(client: FlaskClient, cast: Cast, login: str) -> None:
    sign_in(client, login)
    mila = f"/users/{cast.mila.user_id}"

    statuses = {
        client.get("/users").status_code,
        client.get("/users/new").status_code,
        client.get(mila).status_code,
        client.post("/users", data=NINA).status_code,
        client.post(mila, data={**NINA, "version": 1}).status_code,
        client.post(f"{mila}/disable").status_code,
        client.post(f"{mila}/enable").status_code,
        client.post(f"{mila}/password").status_code,
    }

    assert statuses == {403}
    assert not Event.select().exists()
