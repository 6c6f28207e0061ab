"""Labels of a project through their pages."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import LabelColour
from pmo.models import Label
from tests.cast import Cast, sign_in


def names(cast: Cast) -> dict[str, LabelColour]:
    found = Label.select().where(Label.project == cast.orchard.project)
    return {label.name: label.colour for label in found}


def test_label_is_added_edited_and_removed(client: FlaskClient, cast: Cast) -> None:
    place = f"/projects/{cast.orchard.project}/labels"
    sign_in(client, "lev")

    client.post(place, data={"name": "Course", "colour": "teal"})
    label = Label.get(Label.name == "Course")
    client.post(f"/labels/{label.id}/edit", data={"name": "Training", "colour": "pink"})
    assert names(cast)["Training"] is LabelColour.PINK

    client.post(f"/labels/{label.id}/removal")
    assert list(names(cast)) == ["Urgent"]


def test_name_in_use_comes_back_as_typed(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "lev").post(
        f"/projects/{cast.orchard.project}/labels", data={"name": "Urgent", "colour": "teal"}
    )

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 409
    assert page.select_one("#error-name")
    assert page.select_one("[name=colour][checked]")["value"] == "teal"


@pytest.mark.parametrize(
    "data", [{"name": "", "colour": "red"}, {"name": "x", "colour": "#f00"}, {"name": "x"}]
)
def test_wrong_label_is_refused(client: FlaskClient, cast: Cast, data: dict[str, str]) -> None:
    answer = sign_in(client, "lev").post(f"/projects/{cast.orchard.project}/labels", data=data)

    assert answer.status_code == 422
    assert list(names(cast)) == ["Urgent"]


@pytest.mark.parametrize(("login", "status"), [("mila", 403), ("olga", 403), ("clea", 404)])
def test_every_door_is_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, status: int
) -> None:
    [label] = cast.orchard.labels
    data = {"name": "Mine", "colour": "red"}
    sign_in(client, login)

    answers = [
        client.post(f"/projects/{cast.orchard.project}/labels", data=data),
        client.get(f"/labels/{label}/edit"),
        client.post(f"/labels/{label}/edit", data=data),
        client.post(f"/labels/{label}/removal"),
    ]

    assert {answer.status_code for answer in answers} == {status}
    assert list(names(cast)) == ["Urgent"]
