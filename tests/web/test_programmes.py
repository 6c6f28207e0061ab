"""The cascade through its pages."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Programme, StrategicProject
from tests.cast import Cast, sign_in


def test_cascade_shows_only_what_one_may_see(client: FlaskClient, cast: Cast) -> None:
    lead = BeautifulSoup(sign_in(client, "lev").get("/programmes").text, "lxml")
    director = BeautifulSoup(sign_in(client, "dina").get("/programmes").text, "lxml")

    assert [line.b.text for line in lead.select(".cascade__projects a")] == ["ШШ"]
    assert [line.b.text for line in director.select(".cascade__projects a")] == ["ГВ", "ШШ"]
    assert not lead.select("a[href$='/edit']")
    assert director.select("a[href$='/edit']")


def test_office_builds_the_cascade(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "dina")

    client.post("/programmes/new", data={"name": "To 2027", "period": "до 2027", "description": ""})
    programme = Programme.get(Programme.name == "To 2027")
    client.post(
        f"/programmes/{programme.id}/strategic-projects/new",
        data={"name": "Schools", "description": "**x**"},
    )
    strategic = StrategicProject.get(StrategicProject.name == "Schools")
    client.post(
        f"/strategic-projects/{strategic.id}/edit",
        data={"name": "All schools", "description": "", "version": "1"},
    )

    page = client.get("/programmes").text
    assert "To 2027" in page
    assert "All schools" in page


def test_stale_programme_shows_both(client: FlaskClient, cast: Cast) -> None:
    Programme.update(name="Theirs", version=2).execute()
    data = {"name": "Mine", "period": "", "description": "", "version": "1"}

    answer = sign_in(client, "dina").post(f"/programmes/{cast.orchard.programme}/edit", data=data)

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert page.select_one("#field-name")["value"] == "Mine"
    assert [part.text for part in page.select(".theirs")] == ["Theirs"]


def doors(cast: Cast) -> list[tuple[str, dict[str, str]]]:
    programme, strategic = cast.orchard.programme, cast.orchard.strategic_project
    return [
        ("/programmes/new", {"name": "x"}),
        (f"/programmes/{programme}/edit", {"name": "x", "version": "1"}),
        (f"/programmes/{programme}/strategic-projects/new", {"name": "x"}),
        (f"/strategic-projects/{strategic}/edit", {"name": "x", "version": "1"}),
    ]


@pytest.mark.parametrize("login", ["lev", "mila", "olga"])
def test_every_door_is_closed_to_others(client: FlaskClient, cast: Cast, login: str) -> None:
    sign_in(client, login)

    for path, data in doors(cast):
        assert client.get(path).status_code == 403
        assert client.post(path, data=data).status_code == 403

    assert Programme.select().count() == 1


def test_every_form_opens_and_refuses_nonsense(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "dina")

    for path, data in doors(cast):
        assert client.get(path).status_code == 200
        assert client.post(path, data=data | {"name": " "}).status_code == 422
        assert client.post(path, data=data | {"key": "x"}).status_code == 422
        assert client.get(path.replace("1", "999999")).status_code in {200, 404}
