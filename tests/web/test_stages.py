"""Stages through their pages."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Stage
from tests.cast import Cast, sign_in


def order(cast: Cast) -> list[str]:
    found = Stage.select().where(Stage.project == cast.orchard.project)
    return [stage.name for stage in found.order_by(Stage.position)]


def test_stage_is_added_and_shown_with_what_was_understood(client: FlaskClient, cast: Cast) -> None:
    data = {"name": "Final", "period": "май 2025 г."}

    answer = sign_in(client, "lev").post(f"/projects/{cast.orchard.project}/stages", data=data)

    page = client.get(answer.location).text
    assert answer.status_code == 303
    assert order(cast) == ["Stage 1", "Stage 2", "Final"]
    assert "1 May 2025" in page
    assert "31 May 2025" in page


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("май 2025 г.", "31 May 2025"),
        ("до 08.2027", "until 31 Aug 2027"),
        ("октябрь", "the year is assumed"),
        ("ежегодно", "recurring"),
        ("когда рак свистнет", "not understood"),
    ],
)
def test_preview_says_what_is_understood(
    client: FlaskClient, cast: Cast, period: str, said: str
) -> None:
    answer = sign_in(client, "lev").get(
        f"/projects/{cast.orchard.project}/stages/period", query_string={"period": period}
    )

    assert answer.status_code == 200
    assert said in answer.text


def test_stages_change_places_by_buttons(client: FlaskClient, cast: Cast) -> None:
    page = BeautifulSoup(
        sign_in(client, "lev").get(f"/projects/{cast.orchard.project}/stages").text, "lxml"
    )
    down = page.select_one(f"#stage-{cast.orchard.stages[0]} form")
    data = {field["name"]: field["value"] for field in down.select("input")}

    client.post(down["action"], data=data)

    assert order(cast) == ["Stage 2", "Stage 1"]


def test_stale_stage_shows_both(client: FlaskClient, cast: Cast) -> None:
    stage_id = cast.orchard.stages[0]
    Stage.update(name="Theirs", version=2).where(Stage.id == stage_id).execute()
    data = {"name": "Mine", "period": "", "version": "1"}

    answer = sign_in(client, "lev").post(f"/stages/{stage_id}/edit", data=data)

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert page.select_one("#field-name")["value"] == "Mine"
    assert [part.text for part in page.select(".theirs")] == ["Theirs"]


def test_stage_with_cards_is_not_removed(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(f"/stages/{cast.orchard.stages[0]}/removal")

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert page.select_one("#field-name")["value"] == "Stage 1"
    assert "(3)" in page.select_one(".notice--error").text


def test_empty_stage_is_removed(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(f"/stages/{cast.orchard.stages[1]}/removal")

    assert answer.status_code == 303
    assert order(cast) == ["Stage 1"]


@pytest.mark.parametrize(("login", "status"), [("mila", 403), ("olga", 403), ("clea", 404)])
def test_every_door_is_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, status: int
) -> None:
    sign_in(client, login)
    stage = f"/stages/{cast.orchard.stages[1]}"
    data = {"name": "Mine", "period": "", "version": "1"}

    answers = [
        client.get(f"/projects/{cast.orchard.project}/stages/period?period=x"),
        client.post(f"/projects/{cast.orchard.project}/stages", data={"name": "Mine"}),
        client.get(f"{stage}/edit"),
        client.post(f"{stage}/edit", data=data),
        client.post(f"{stage}/placement", data={"before_id": ""}),
        client.post(f"{stage}/removal"),
    ]

    assert {answer.status_code for answer in answers} == {status}
    assert order(cast) == ["Stage 1", "Stage 2"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"position": "1"}, {"period": "x" * 301}])
def test_wrong_stage_is_refused(client: FlaskClient, cast: Cast, wrong: dict[str, str]) -> None:
    data = {"name": "Final", **wrong}

    answer = sign_in(client, "lev").post(f"/projects/{cast.orchard.project}/stages", data=data)

    assert answer.status_code == 422
    assert len(order(cast)) == 2
