"""Passing a gate through its page, and the portfolio board."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import Gate
from pmo.models import GateDecision, Project
from tests.cast import Cast, sign_in


def passage(**given: str) -> dict[str, str]:
    return {"to": "closing", "expected_gate": "active", "reason": "All is done", **given}


def address(cast: Cast) -> str:
    return f"/projects/{cast.orchard.project}/gate"


def test_lead_passes_a_gate_and_the_page_tells_it(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(address(cast), data=passage(next="/projects/board"))

    page = BeautifulSoup(client.get(f"/projects/{cast.orchard.project}").text, "lxml")
    assert (answer.status_code, answer.location) == (303, "/projects/board")
    assert Project.get_by_id(cast.orchard.project).gate is Gate.CLOSING
    assert "All is done" in page.select_one("#gates").text


def test_next_leads_to_no_other_site(client: FlaskClient, cast: Cast) -> None:
    data = passage(next="https://example.test/")

    answer = sign_in(client, "lev").post(address(cast), data=data)

    assert answer.location.startswith(f"/projects/{cast.orchard.project}")


def test_page_offers_only_what_the_actor_may_do(client: FlaskClient, cast: Cast) -> None:
    lead = BeautifulSoup(sign_in(client, "lev").get(address(cast) + "?to=closing").text, "lxml")
    worker = BeautifulSoup(sign_in(client, "mila").get(address(cast)).text, "lxml")

    assert [radio["value"] for radio in lead.select("[name=to]")] == ["closing"]
    assert lead.select_one("[name=to][checked]")
    assert not worker.select("form [name=to]")
    assert worker.select_one(".empty")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"reason": ""}, 422),
        ({"reason": "x" * 2001}, 422),
        ({"to": "nowhere"}, 422),
        ({"decided_by": "1"}, 422),
        ({"to": "closed"}, 409),
        ({"to": "suspended"}, 403),
        ({"expected_gate": "preparing"}, 409),
    ],
)
def test_wrong_passage_changes_nothing(
    client: FlaskClient, cast: Cast, wrong: dict[str, str], status: int
) -> None:
    answer = sign_in(client, "lev").post(address(cast), data=passage(**wrong))

    assert answer.status_code == status
    assert Project.get_by_id(cast.orchard.project).gate is Gate.ACTIVE
    assert not GateDecision.select().exists()


def test_reason_stays_typed_when_the_gate_is_not_chosen(client: FlaskClient, cast: Cast) -> None:
    data = {"expected_gate": "active", "reason": "Because"}

    answer = sign_in(client, "lev").post(address(cast), data=data)

    page = BeautifulSoup(answer.text, "lxml")
    assert page.select_one("#field-reason").text.strip() == "Because"
    assert page.select_one("#error-to")


@pytest.mark.parametrize(("login", "status"), [("mila", 403), ("olga", 403), ("clea", 404)])
def test_others_pass_no_gate(client: FlaskClient, cast: Cast, login: str, status: int) -> None:
    assert sign_in(client, login).post(address(cast), data=passage()).status_code == status


def test_board_shows_projects_by_gate_with_open_passages(client: FlaskClient, cast: Cast) -> None:
    page = BeautifulSoup(sign_in(client, "lev").get("/projects/board").text, "lxml")

    cards = page.select("#gate-active .project-card")
    assert [card["id"] for card in cards] == [f"project-{cast.orchard.project}"]
    assert len(page.select(".gate-column")) == len(Gate)
    [link] = cards[0].select(".project-card__gates a")
    assert link["href"].startswith(f"/projects/{cast.orchard.project}/gate?to=closing")


def test_board_is_drawn_for_each_visitor_by_their_rights(client: FlaskClient, cast: Cast) -> None:
    def passages(login: str) -> list[int]:
        page = BeautifulSoup(sign_in(client, login).get("/projects/board").text, "lxml")
        return [len(card.select(".project-card__gates a")) for card in page.select(".project-card")]

    assert passages("dina") == [2, 2]
    assert passages("lev") == [1]
    assert passages("olga") == [0]
    assert passages("dina") == [2, 2]
