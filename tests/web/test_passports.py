"""The form of the passport."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Passport
from tests.cast import Cast, sign_in


def address(cast: Cast) -> str:
    return f"/projects/{cast.orchard.project}/passport/edit"


def filled(client: FlaskClient, cast: Cast) -> dict[str, str]:
    """Return what the browser would send back untouched."""
    page = BeautifulSoup(client.get(address(cast)).text, "lxml")
    form = page.select_one("main form")
    data = {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea")}
    return data | {"version": form.select_one("[name=version]")["value"]}


def test_lists_are_typed_one_item_a_line(client: FlaskClient, cast: Cast) -> None:
    data = filled(sign_in(client, "lev"), cast) | {"objectives": "one\r\n\r\n two ", "risks": ""}

    answer = client.post(address(cast), data=data)

    passport = Passport.get_by_id(cast.orchard.project)
    assert answer.status_code == 303
    assert passport.objectives == ["one", "two"]
    assert passport.goal == "The goal of Orchard"
    assert filled(client, cast)["objectives"] == "one\ntwo"


def test_untouched_form_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(address(cast), data=filled(client, cast))

    assert answer.status_code == 303
    assert Passport.get_by_id(cast.orchard.project).version == 1


def test_stale_passport_keeps_what_was_typed_and_shows_both(
    client: FlaskClient, cast: Cast
) -> None:
    data = filled(sign_in(client, "lev"), cast) | {"goal": "Mine", "risks": "typed"}
    Passport.update(version=2, goal="Theirs", concept="New").execute()

    answer = client.post(address(cast), data=data)

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert page.select_one("#field-goal").text.strip() == "Mine"
    assert [part.text for part in page.select(".theirs")] == ["Theirs", "New", "empty"]
    second = client.post(address(cast), data=data | {"version": "2"})
    assert second.status_code == 303
    assert Passport.get_by_id(cast.orchard.project).goal == "Mine"


def test_markdown_is_drawn_and_nothing_else(client: FlaskClient, cast: Cast) -> None:
    text = "**bold** <b onclick=x>b</b> [l](javascript:x) ![i](https://example.test/i.png)"
    data = filled(sign_in(client, "lev"), cast) | {"goal": text}
    client.post(address(cast), data=data)

    page = BeautifulSoup(client.get(f"/projects/{cast.orchard.project}").text, "lxml")
    drawn = page.select_one("#passport .prose")
    assert drawn.strong.text == "bold"
    assert not drawn.select("img, b, [onclick], a[href^=javascript]")


def test_other_fields_and_long_texts_are_refused(client: FlaskClient, cast: Cast) -> None:
    data = filled(sign_in(client, "lev"), cast)

    assert client.post(address(cast), data=data | {"project": "2"}).status_code == 422
    assert client.post(address(cast), data=data | {"goal": "x" * 20_001}).status_code == 422
    assert client.post(address(cast), data=data | {"version": ""}).status_code == 422
    assert Passport.get_by_id(cast.orchard.project).version == 1
