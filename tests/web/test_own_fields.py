"""Own fields through their pages, and in the form of a card."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import OwnFieldKind
from pmo.models import OwnField, OwnValue
from pmo.services import own_fields, tasks
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS


def add(cast: Cast, name: str, kind: OwnFieldKind, choices: tuple[str, ...] = ()) -> int:
    project = cast.orchard.project
    return own_fields.add(project, name=name, kind=kind, choices=choices, actor=cast.lev, at=NOW)


def test_field_is_added_edited_moved_and_removed(client: FlaskClient, cast: Cast) -> None:
    place = f"/projects/{cast.orchard.project}/own-fields"
    sign_in(client, "lev")

    client.post(place, data={"name": "Form", "kind": "choice", "choices": "a\r\n\r\n b \r\n"})
    client.post(place, data={"name": "Budget", "kind": "number", "choices": ""})
    first, second = OwnField.select().order_by(OwnField.id)
    assert first.choices == ["a", "b"]
    client.post(
        f"/own-fields/{first.id}/edit", data={"name": "Way", "choices": "b\nc", "version": 1}
    )
    client.post(f"/own-fields/{second.id}/placement", data={"before_id": first.id})
    page = BeautifulSoup(client.get(place).text, "lxml")
    assert [it.text for it in page.select(".row strong")] == ["Budget", "Way"]

    client.post(f"/own-fields/{second.id}/removal")
    assert [it.name for it in OwnField.select()] == ["Way"]


def test_removal_says_how_many_cards_hold_something(client: FlaskClient, cast: Cast) -> None:
    field = add(cast, "Budget", OwnFieldKind.NUMBER)
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"own": {"f1": "5"}}, base_version=1, actor=cast.mila, at=NOW)
    sign_in(client, "lev")

    page = client.get(f"/own-fields/{field}/removal").text
    unagreed = client.post(f"/own-fields/{field}/removal")
    client.post(f"/own-fields/{field}/removal", data={"with_values": "on"})

    assert "1 card holds something" in page
    assert unagreed.status_code == 409
    assert not OwnField.select().exists()


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "kind": "text"},
        {"name": "x", "kind": "formula"},
        {"name": "x", "kind": "choice", "choices": ""},
        {"name": "x", "kind": "choice", "choices": "y" * 101},
        {"name": "x", "kind": "choice", "choices": "\n".join(map(str, range(51)))},
    ],
)
def test_wrong_field_is_refused(client: FlaskClient, cast: Cast, data: dict[str, str]) -> None:
    answer = sign_in(client, "lev").post(f"/projects/{cast.orchard.project}/own-fields", data=data)

    assert answer.status_code == 422
    assert not OwnField.select().exists()


def test_form_of_a_card_fills_them_and_the_card_shows_them(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Form", OwnFieldKind.CHOICE, ("on site", "online"))
    add(cast, "Budget", OwnFieldKind.NUMBER)
    add(cast, "Hand in", OwnFieldKind.DATE)
    task = cast.orchard.tasks[0]
    sign_in(client, "mila")
    own = {"own.f1": "online", "own.f2": "1200,5", "own.f3": "2025-03-01"}

    client.post(f"/tasks/{task}", data={"title": "Same", "version": 1, **own})
    page = BeautifulSoup(client.get(f"/tasks/{task}").text, "lxml")
    form = BeautifulSoup(client.get(f"/tasks/{task}/edit").text, "lxml")

    assert "1,200.5" in page.select_one(".facts").text
    assert "Budget: empty → 1,200.5" in page.select_one(".history").text
    assert form.select_one("[name='own.f1'] [selected]")["value"] == "online"
    assert form.select_one("[name='own.f3']")["value"] == "2025-03-01"


def test_value_that_does_not_fit_comes_back_as_typed(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)

    answer = sign_in(client, "mila").post(
        f"/tasks/{cast.orchard.tasks[0]}",
        data={"title": "Same", "version": 1, "own.f1": "much"},
    )

    field = BeautifulSoup(answer.text, "lxml").select_one("[name='own.f1']")
    assert answer.status_code == 422
    assert (field["value"], field["aria-invalid"]) == ("much", "true")


def test_clash_of_two_people_lets_one_choose(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"own": {"f1": "5"}}, base_version=1, actor=cast.lev, at=NOW)
    sign_in(client, "mila")
    typed = {"title": "Task 1 of Orchard", "own.f1": "6"}

    clash = client.post(f"/tasks/{task}", data={**typed, "version": 1})
    client.post(f"/tasks/{task}", data={**typed, "version": 2, "choice-own.f1": "theirs"})

    assert clash.status_code == 409
    assert BeautifulSoup(clash.text, "lxml").select_one("[name='choice-own.f1']")
    assert OwnValue.get().value == "5"


def test_field_that_is_gone_does_not_stop_the_form(client: FlaskClient, cast: Cast) -> None:
    field = add(cast, "Budget", OwnFieldKind.NUMBER)
    own_fields.remove(field, actor=cast.lev, at=NOW)

    answer = sign_in(client, "mila").post(
        f"/tasks/{cast.orchard.tasks[0]}", data={"title": "New", "version": 1, "own.f1": "5"}
    )

    assert answer.status_code == 303


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_stay_texts(client: FlaskClient, cast: Cast, payload: str) -> None:
    name = payload[:60]
    add(cast, name, OwnFieldKind.CHOICE, (payload,))
    add(cast, "Text", OwnFieldKind.TEXT)
    task = cast.orchard.tasks[0]
    given = {"own": {"f1": payload, "f2": payload}}
    tasks.edit(task, given, base_version=1, actor=cast.mila, at=NOW)
    sign_in(client, "lev")
    field = OwnField.get(OwnField.key == "f1").id

    for address in (
        f"/projects/{cast.orchard.project}/own-fields",
        f"/own-fields/{field}/edit",
        f"/own-fields/{field}/removal",
        f"/tasks/{task}",
        f"/tasks/{task}/edit",
    ):
        page = BeautifulSoup(client.get(address).text, "lxml")
        main = page.select_one("main")
        assert not main.select("svg[onload], img, iframe, style, [autofocus]")
        assert all("alert(1)" not in script.text for script in page.select("script"))
        assert name.strip() in " ".join(
            [main.text, *(it["value"] for it in main.select("[value]"))]
        )


@pytest.mark.parametrize(("login", "status"), [("mila", 403), ("olga", 403), ("clea", 404)])
def test_every_door_is_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, status: int
) -> None:
    field = add(cast, "Budget", OwnFieldKind.NUMBER)
    sign_in(client, login)

    answers = [
        client.get(f"/projects/{cast.orchard.project}/own-fields"),
        client.get(f"/own-fields/{field}/edit"),
        client.get(f"/own-fields/{field}/removal"),
        client.post(f"/own-fields/{field}/removal"),
    ]

    assert {answer.status_code for answer in answers} == {status}
