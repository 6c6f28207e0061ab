"""Signing in and out, through the pages."""

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from pmo.models import Session, SignInAttempt, User
from pmo.services import accounts, sessions
from tests.cast import NOW, PASSWORD, Cast, sign_in


def enter(client: FlaskClient, login: str = "lev", password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", data={"login": login, "password": password, **more})


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("pmo_session")
    return found.value if found else ""


def test_right_password_opens_a_session(client: FlaskClient, cast: Cast) -> None:
    answer = enter(client, "Lev", next="/account")

    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.get("/account").status_code == 200
    [set_cookie] = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_cookie.split("; "))


def test_wrong_password_shows_the_form_again_without_it(client: FlaskClient, cast: Cast) -> None:
    answer = enter(client, password="a wrong one", next="/account")

    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.select_one("[role=alert]").text.strip() == "The login or the password is wrong."  # type: ignore[union-attr]
    assert soup.select_one("#field-login")["value"] == "lev"  # type: ignore[index]
    assert soup.select_one("[name=next]")["value"] == "/account"  # type: ignore[index]
    assert "a wrong one" not in answer.text
    assert not Session.select().exists()


def test_unknown_login_and_wrong_password_answer_alike(client: FlaskClient, cast: Cast) -> None:
    User.update(is_active=False).where(User.login == "clea").execute()

    known = enter(client, "lev", "wrong")
    others = [enter(client, "zoe", "wrong"), enter(client, "clea", PASSWORD)]

    for other, login in zip(others, ("zoe", "clea"), strict=True):
        assert other.status_code == known.status_code
        assert other.text.replace(login, "lev") == known.text
        assert set(other.headers.keys()) == set(known.headers.keys())


def test_token_changes_at_every_sign_in(client: FlaskClient, cast: Cast) -> None:
    client.set_cookie("pmo_session", "planted-by-somebody-else")

    enter(client)
    first = cookie(client)
    enter(client)

    assert first != "planted-by-somebody-else"
    assert cookie(client) != first


def test_second_sign_in_ends_the_first_of_this_browser(client: FlaskClient, cast: Cast) -> None:
    enter(client)

    enter(client, "mila")

    assert [session.user.login for session in Session.select()] == ["mila"]


def test_sign_out_ends_the_session_in_the_database(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    enter(client)
    token = cookie(client)

    answer = client.post("/sign-out")

    thief = app.test_client()
    thief.set_cookie("pmo_session", token)
    assert answer.location == "/sign-in"
    assert cookie(client) == ""
    assert thief.get("/account").status_code == 303


def test_disabled_person_is_out_at_once(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    assert client.get("/account").status_code == 200

    accounts.disable(cast.lev.user_id, actor=cast.ada, at=NOW)

    assert client.get("/account").status_code == 303


def test_guessing_is_stopped_with_the_time_to_wait(client: FlaskClient, cast: Cast) -> None:
    for _ in range(sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE):
        enter(client, password="wrong")

    answer = enter(client)

    assert answer.status_code == 429
    assert 890 <= int(answer.headers["Retry-After"]) <= 900
    assert SignInAttempt.select().count() == sessions.ATTEMPTS_PER_LOGIN_AND_SOURCE


def test_form_that_is_not_filled_says_so(client: FlaskClient, cast: Cast) -> None:
    answer = enter(client, "", "")

    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.select_one("#error-login")
    assert soup.select_one("#field-login")["aria-invalid"] == "true"  # type: ignore[index]


def test_stranger_chooses_a_language(client: FlaskClient, cast: Cast) -> None:
    answer = client.post("/language", data={"language": "ru", "next": "/sign-in?next=/account"})

    assert answer.location == "/sign-in?next=/account"
    assert BeautifulSoup(client.get("/sign-in").text, "lxml").html["lang"] == "ru"  # type: ignore[index]


def test_language_of_the_browser_counts_where_none_was_chosen(client: FlaskClient) -> None:
    russian = client.get("/sign-in", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"})
    french = client.get("/sign-in", headers={"Accept-Language": "fr"})

    assert 'lang="ru"' in russian.text
    assert '<html lang="en"' in french.text


def test_password_can_be_pasted_and_kept_by_a_password_manager(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/sign-in").text, "lxml")

    password = soup.select_one("#field-password")
    assert password is not None
    assert password["autocomplete"] == "current-password"
    assert not password.has_attr("maxlength")
    assert not password.has_attr("onpaste")
