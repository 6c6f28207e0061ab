"""One's own account: password, language, sign-ins, tokens."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from pmo import clock
from pmo.domain.vocabulary import Role, TokenScope
from pmo.models import ApiToken, Session, User
from pmo.services import accounts, tokens
from tests.cast import NOW, PASSWORD, Cast, sign_in

BETTER = "purple lamp eats rain"


def change(client: FlaskClient, present: str = PASSWORD, new: str = BETTER):  # type: ignore[no-untyped-def]
    return client.post("/account/password", data={"current_password": present, "new_password": new})


def test_password_change_ends_other_sign_ins_and_keeps_this_browser_in(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    elsewhere = sign_in(app.test_client(), "lev")
    sign_in(client, "lev")
    before = client.get_cookie("pmo_session").value  # type: ignore[union-attr]

    answer = change(client)

    assert answer.status_code == 303
    assert client.get_cookie("pmo_session").value != before  # type: ignore[union-attr]
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_weak_new_password_is_said_beside_its_field(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    answer = change(client, new="qwertyuiop")

    error = BeautifulSoup(answer.text, "lxml").select_one("#error-new_password")
    assert answer.status_code == 422
    assert error is not None
    assert "well known" in error.text
    assert "qwertyuiop" not in answer.text


def test_whoever_has_an_initial_password_can_only_change_it(
    client: FlaskClient, cast: Cast
) -> None:
    profile = accounts.Profile(name="Nina", position="", role=Role.METHODIST)
    made = accounts.create("nina", profile=profile, actor=cast.ada, at=clock.now())
    client.post("/sign-in", data={"login": "nina", "password": made.password})

    led = {path: client.get(path) for path in ("/account", "/my-work", "/account/tokens")}
    fragment = client.get("/account", headers={"HX-Request": "true"})
    api = client.get("/api/v1/my-work")
    page = client.get("/account/password")
    change(client, made.password)

    assert {answer.location for answer in led.values()} == {"/account/password"}
    assert fragment.headers["HX-Redirect"] == "/account/password"
    assert api.status_code in {403, 404}
    assert page.status_code == 200
    assert client.get("/account").status_code == 200


def test_language_is_chosen_for_all_pages(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    client.post("/account/language", data={"language": "ru"})

    assert '<html lang="ru"' in client.get("/account").text
    assert User.get(User.login == "lev").language == "ru"


def test_unknown_language_is_refused(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    answer = client.post("/account/language", data={"language": "xx"})

    assert answer.status_code == 422
    assert User.get(User.login == "lev").language == ""


def test_sign_in_elsewhere_can_be_ended(app: Flask, client: FlaskClient, cast: Cast) -> None:
    elsewhere = sign_in(app.test_client(), "lev")
    sign_in(client, "lev")
    form = BeautifulSoup(client.get("/account").text, "lxml").select_one(
        "form[action^='/account/sessions/']"
    )
    assert form is not None

    client.post(str(form["action"]))

    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_sign_in_of_somebody_else_cannot_be_ended(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(app.test_client(), "mila")
    mark = Session.get().token_hash[:16]
    sign_in(client, "lev")

    answer = client.post(f"/account/sessions/{mark}/end")

    assert answer.status_code == 404
    assert Session.select().count() == 2


def test_new_token_is_shown_once(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    day = (clock.now() + timedelta(days=30)).date().isoformat()

    answer = client.post(
        "/account/tokens", data={"name": "report", "scopes": "read", "expires_on": day}
    )

    token = BeautifulSoup(answer.text, "lxml").select_one("#new-token")["value"]  # type: ignore[index]
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert str(token).startswith("pmo_")
    assert str(token) not in client.get("/account/tokens").text
    assert ApiToken.get().scopes == "read"


def test_token_of_the_page_acts_on_the_api(app: Flask, client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    answer = client.post("/account/tokens", data={"name": "x", "scopes": "read", "expires_on": ""})
    token = BeautifulSoup(answer.text, "lxml").select_one("#new-token")["value"]  # type: ignore[index]

    program = app.test_client()
    headers = {"Authorization": f"Bearer {token}"}

    assert program.get("/api/v1/nope", headers=headers).status_code == 404
    client.post(f"/account/tokens/{ApiToken.get().id}/revoke")
    assert program.get("/api/v1/nope", headers=headers).status_code == 401


def test_token_form_that_does_not_fit_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    answer = client.post(
        "/account/tokens", data={"name": "report", "scopes": "write", "expires_on": "2001-01-01"}
    )

    soup = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert soup.select_one("#error-expires_on")
    assert soup.select_one("#field-name")["value"] == "report"  # type: ignore[index]
    assert soup.select_one("input[value=write]").has_attr("checked")  # type: ignore[union-attr]


def test_token_of_somebody_else_cannot_be_revoked(client: FlaskClient, cast: Cast) -> None:
    made = tokens.create("hers", scopes=[TokenScope.READ], expires_at=None, actor=cast.mila, at=NOW)
    sign_in(client, "lev")

    answer = client.post(f"/account/tokens/{made.token_id}/revoke")

    assert answer.status_code == 404
    assert ApiToken.get().revoked_at is None


def test_names_are_shown_as_text(client: FlaskClient, cast: Cast) -> None:
    evil = "<script>alert(1)</script>"
    User.update(name=evil, position=evil).where(User.login == "lev").execute()
    tokens.create(evil, scopes=[TokenScope.READ], expires_at=None, actor=cast.lev, at=NOW)
    sign_in(client, "lev")

    for path in ("/account", "/account/tokens"):
        soup = BeautifulSoup(client.get(path).text, "lxml")
        assert evil in soup.get_text()
        assert all(script.get("src") for script in soup.find_all("script"))


def test_token_may_last_to_the_last_day_of_all(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    form = {"name": "Report", "scopes": "read", "expires_on": "9999-12-31"}

    answer = client.post("/account/tokens", data=form)

    assert answer.status_code == 201
    assert ApiToken.get().expires_at is None
