"""People and labels of a project through their pages."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import MemberRole
from pmo.models import Membership
from tests.cast import Cast, sign_in


def roles(cast: Cast) -> dict[str, MemberRole]:
    found = Membership.select().where(Membership.project == cast.orchard.project)
    return {member.user.login: member.role for member in found}


def test_person_is_added_changed_and_removed(client: FlaskClient, cast: Cast) -> None:
    place = f"/projects/{cast.orchard.project}/members"
    clea = cast.clea.user_id
    sign_in(client, "lev")

    client.post(place, data={"user_id": str(clea), "role": "member"})
    assert roles(cast)["clea"] is MemberRole.MEMBER

    client.post(f"{place}/{clea}", data={"role": "observer"})
    assert roles(cast)["clea"] is MemberRole.OBSERVER

    client.post(f"{place}/{clea}/removal")
    assert "clea" not in roles(cast)


def test_only_people_outside_are_offered(client: FlaskClient, cast: Cast) -> None:
    page = BeautifulSoup(
        sign_in(client, "lev").get(f"/projects/{cast.orchard.project}/members").text, "lxml"
    )

    offered = [option.text for option in page.select("#field-user_id option")]
    assert offered[1:] == ["Ada", "Clea", "Dina"]


def test_lead_cannot_be_removed_or_demoted(client: FlaskClient, cast: Cast) -> None:
    place = f"/projects/{cast.orchard.project}/members/{cast.lev.user_id}"
    sign_in(client, "dina")

    assert client.post(f"{place}/removal").status_code == 409
    assert client.post(place, data={"role": "observer"}).status_code == 409
    assert roles(cast)["lev"] is MemberRole.LEAD


@pytest.mark.parametrize(("login", "status"), [("mila", 403), ("olga", 403), ("clea", 404)])
def test_staffing_is_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, status: int
) -> None:
    place = f"/projects/{cast.orchard.project}/members"
    own = cast.actor(login).user_id
    before = roles(cast)
    sign_in(client, login)

    answers = [
        client.post(place, data={"user_id": str(own), "role": "lead"}),
        client.post(f"{place}/{own}", data={"role": "lead"}),
        client.post(f"{place}/{cast.olga.user_id}/removal"),
    ]

    assert {answer.status_code for answer in answers} == {status}
    assert roles(cast) == before


@pytest.mark.parametrize(
    "data",
    [
        {"user_id": "", "role": "member"},
        {"user_id": "999999", "role": "member"},
        {"user_id": "1", "role": "administrator"},
        {"user_id": "1", "role": "member", "is_lead": "1"},
    ],
)
def test_wrong_member_is_refused(client: FlaskClient, cast: Cast, data: dict[str, str]) -> None:
    before = roles(cast)

    answer = sign_in(client, "lev").post(f"/projects/{cast.orchard.project}/members", data=data)

    assert answer.status_code == 422
    assert roles(cast) == before
