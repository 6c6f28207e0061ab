from collections.abc import Callable
from datetime import UTC, datetime

from pmo.domain.vocabulary import Role, TokenScope
from pmo.models import ApiToken, Event, Session, User
from tests.api.conftest import Caller
from tests.cast import PASSWORD, Cast

SignedIn = Callable[[str], Caller]


def test_token_knows_whose_it_is(caller: Callable[..., Caller], cast: Cast) -> None:
    me = caller("mila", TokenScope.READ).get("/me")

    assert (me["login"], me["role"], me["scopes"]) == ("mila", "methodist", ["read"])
    assert "users_manage" not in me["can"]


def test_session_has_no_scopes(signed_in: SignedIn, cast: Cast) -> None:
    assert signed_in("mila").get("/me")["scopes"] is None


def test_new_token_works_and_is_shown_once(signed_in: SignedIn, cast: Cast) -> None:
    lev = signed_in("lev")

    made = lev("POST", "/tokens", {"name": "script", "scopes": ["write"]})
    listed = lev.get("/tokens")["items"]
    bearer = Caller(lev.client.application.test_client(), _bearer(made.json["token"]))

    assert made.status_code == 201, made.text
    assert "token" not in listed[0]
    assert bearer.get("/me")["scopes"] == ["write"]
    assert made.json["token"] not in str([event.data for event in Event.select()])
    assert ApiToken.get().token_hash != made.json["token"]


def test_token_lasts_to_the_end_of_its_last_day_at_the_office(
    signed_in: SignedIn, cast: Cast
) -> None:
    given = {"name": "script", "scopes": ["read"], "expires_on": "2040-01-31"}

    made = signed_in("lev")("POST", "/tokens", given)

    assert datetime.fromisoformat(made.json["expires_at"]) == datetime(2040, 1, 31, 21, tzinfo=UTC)


def test_revoked_token_opens_nothing(signed_in: SignedIn, cast: Cast) -> None:
    lev = signed_in("lev")
    made = lev("POST", "/tokens", {"name": "script", "scopes": ["write"]}).json

    revoked = lev("DELETE", f"/tokens/{made['id']}")
    after = Caller(lev.client.application.test_client(), _bearer(made["token"]))("GET", "/me")

    assert (revoked.status_code, after.status_code) == (204, 401)
    assert after.headers["WWW-Authenticate"].startswith("Bearer")


def test_token_of_somebody_else_does_not_exist(
    signed_in: SignedIn, caller: Callable[..., Caller], cast: Cast
) -> None:
    caller("mila")

    response = signed_in("lev")("DELETE", f"/tokens/{ApiToken.get().id}")

    assert response.status_code == 404
    assert ApiToken.get().revoked_at is None


def test_token_touches_no_token_and_no_account(ada: Caller, cast: Cast) -> None:
    answers = [
        ada("GET", "/tokens"),
        ada("POST", "/tokens", {"name": "more", "scopes": ["write"]}),
        ada("GET", "/users"),
        ada("PUT", "/me/password", {"current_password": PASSWORD, "new_password": "x" * 20}),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert ApiToken.select().count() == 1


def test_token_that_reads_changes_nothing(caller: Callable[..., Caller], cast: Cast) -> None:
    reader = caller("lev", TokenScope.READ)

    refused = reader("POST", f"/columns/{cast.orchard.columns[0]}/tasks", {"title": "No"})

    assert refused.status_code == 403
    assert reader.get(f"/boards/{cast.orchard.board}")["can_edit"] is False


def test_password_is_changed_and_the_session_goes_on(signed_in: SignedIn, cast: Cast) -> None:
    lev, elsewhere = signed_in("lev"), signed_in("lev")
    given = {"current_password": PASSWORD, "new_password": "nine purple turtles"}

    changed = lev("PUT", "/me/password", given)

    assert changed.status_code == 204, changed.text
    assert lev("GET", "/me").status_code == 200
    assert elsewhere("GET", "/me").status_code == 401


def test_weak_password_is_told_by_its_place(signed_in: SignedIn, cast: Cast) -> None:
    given = {"current_password": PASSWORD, "new_password": "short"}

    response = signed_in("lev")("PUT", "/me/password", given)

    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == "#/new_password"
    assert "short" not in response.text.replace("shorter", "")


def test_sign_ins_are_listed_and_ended(signed_in: SignedIn, cast: Cast) -> None:
    lev, elsewhere = signed_in("lev"), signed_in("lev")
    sessions = lev.get("/me/sessions")["items"]
    [other] = [session for session in sessions if not session["is_present"]]

    ended = lev("DELETE", f"/me/sessions/{other['mark']}")

    assert ended.status_code == 204
    assert (lev("GET", "/me").status_code, elsewhere("GET", "/me").status_code) == (200, 401)


def test_language_is_chosen(signed_in: SignedIn, cast: Cast) -> None:
    lev = signed_in("lev")

    assert lev("PUT", "/me/language", {"language": "ru"}).status_code == 204
    assert lev.get("/me")["language"] == "ru"


def test_account_is_made_with_a_password_to_be_changed(signed_in: SignedIn, cast: Cast) -> None:
    ada = signed_in("ada")
    given = {"login": "nina", "name": "Nina", "position": "", "role": "methodist"}

    made = ada("POST", "/users", given)

    assert made.status_code == 201, made.text
    assert made.json["user"]["must_change_password"] is True
    assert len(made.json["password"]) > 15
    assert ada("POST", "/users", given).json["errors"][0]["pointer"] == "#/login"


def test_accounts_are_searched_and_cut(signed_in: SignedIn, cast: Cast) -> None:
    ada = signed_in("ada")

    found = ada.get("/users?search=MILA")
    page = ada.get("/users?page=2&page_size=4")

    assert [user["login"] for user in found["items"]] == ["mila"]
    assert (len(page["items"]), page["total"], page["page"]) == (2, 6, 2)


def test_disabled_person_is_shut_out_at_once(signed_in: SignedIn, cast: Cast) -> None:
    ada, mila = signed_in("ada"), signed_in("mila")

    changed = ada.edit(f"/users/{cast.mila.user_id}", {"is_active": False, "name": "Mila M."})

    assert changed.status_code == 200, changed.text
    assert (changed.json["is_active"], changed.json["name"]) == (False, "Mila M.")
    assert mila("GET", "/me").status_code == 401
    assert Session.select().where(Session.user == cast.mila.user_id).count() == 0


def test_last_administrator_stays_and_nothing_of_the_edit_is_kept(
    signed_in: SignedIn, cast: Cast
) -> None:
    response = signed_in("ada").edit(
        f"/users/{cast.ada.user_id}", {"name": "Ada A.", "is_active": False}
    )

    assert (response.status_code, response.json["code"]) == (409, "last_administrator")
    row = User.get_by_id(cast.ada.user_id)
    assert (row.name, row.role, row.is_active) == ("Ada", Role.ADMINISTRATOR, True)


def test_new_initial_password_ends_the_sign_ins(signed_in: SignedIn, cast: Cast) -> None:
    ada, mila = signed_in("ada"), signed_in("mila")

    made = ada("POST", f"/users/{cast.mila.user_id}/initial-password")

    assert made.status_code == 201, made.text
    assert mila("GET", "/me").status_code == 401


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
