"""Templates of boards on their pages."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Board, BoardTemplate
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS


@pytest.fixture
def ada(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "ada")


def test_a_board_becomes_a_template_and_another_is_made_of_it(ada: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/templates"

    saved = ada.post(address, data={"name": "Event"})
    page = BeautifulSoup(ada.get(f"/projects/{cast.harbour.project}/boards/new").text, "lxml")
    options = {it.text: it["value"] for it in page.select("#field-template option")}
    made = ada.post(
        page.select_one("main form")["action"],
        data={"name": "Second", "template": options["Event"]},
    )

    board = Board.get(Board.name == "Second")
    assert saved.status_code == 303
    assert (made.status_code, made.location) == (303, f"/boards/{board.id}")
    assert "In progress" in ada.get(made.location).text


def test_a_board_without_a_name_comes_back_with_the_template_chosen(
    ada: FlaskClient, cast: Cast
) -> None:
    address = f"/projects/{cast.orchard.project}/boards"

    refused = ada.post(address, data={"name": " ", "template": "mentoring"})

    page = BeautifulSoup(refused.text, "lxml")
    assert refused.status_code == 422
    assert page.select_one("#field-template option[selected]")["value"] == "mentoring"


def test_an_initiative_begins_with_the_board_that_was_chosen(ada: FlaskClient, cast: Cast) -> None:
    form = BeautifulSoup(ada.get("/projects/new").text, "lxml")
    keys = [it["value"] for it in form.select("#field-template option")]

    made = ada.post("/projects/new", data={"name": "Pairs", "template": "mentoring"})

    board = Board.select().order_by(Board.id.desc()).first()
    assert made.status_code == 303
    assert keys == ["", "project", "initiative", "mentoring", "event"]
    assert "Обсуждение" in ada.get(f"/boards/{board.id}").text


def test_a_name_in_use_comes_back_with_its_fault(ada: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/templates"
    ada.post(address, data={"name": "Event"})
    ada.post(address, data={"name": "Other"})
    other = BoardTemplate.get(BoardTemplate.name == "Other")

    again = ada.post(address, data={"name": "event"})
    renamed = ada.post(f"/board-templates/{other.id}", data={"name": "Event", "version": 1})

    assert (again.status_code, renamed.status_code) == (409, 409)
    assert "already in use" in again.text
    assert "already in use" in renamed.text


def test_only_the_heads_of_the_office_see_the_forms(ada: FlaskClient, cast: Cast) -> None:
    ada.post(f"/boards/{cast.orchard.board}/templates", data={"name": "Event"})

    for login, count in (("ada", 2), ("mila", 0)):
        page = BeautifulSoup(sign_in(ada, login).get("/board-templates").text, "lxml")
        assert len(page.select("main form")) == count


@pytest.mark.parametrize("text", PAYLOADS)
def test_names_stay_text(ada: FlaskClient, cast: Cast, text: str) -> None:
    ada.post(f"/boards/{cast.orchard.board}/templates", data={"name": text[:120]})

    for address in ("/board-templates", f"/projects/{cast.orchard.project}/boards/new"):
        page = BeautifulSoup(ada.get(address).text, "lxml")
        assert not page.select("main script, main img, main style, [onerror], [onload]")
