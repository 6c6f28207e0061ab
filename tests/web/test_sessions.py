"""Signing in and out, through the pages."""

from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast


def test_right_password_opens_a_session(client: FlaskClient, cast: Cast) -> None:
    answer = client.post(
        "/sign-in", data={"login": "Lev", "password": PASSWORD, "next": "/account"}
    )

    assert answer.status_code == 303
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
