"""Cards that have stood too long: tinted, and told in words, by days of the office."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo import clock
from pmo.models import Column, Event, Task
from tests.cast import Cast, sign_in

FIELDS = {"name": "Queue", "meaning": "queue", "wip_kind": "none", "version": "1"}


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    Task.update(entered_at=clock.now()).execute()
    return sign_in(client, "lev")


def limits(lev: FlaskClient, cast: Cast, amber: str, red: str) -> int:
    data = {**FIELDS, "amber_days": amber, "red_days": red}
    return lev.post(f"/columns/{cast.orchard.columns[0]}", data=data).status_code


def stood(cast: Cast, number: int, days: int) -> None:
    moment = clock.now() - timedelta(days=days)
    Task.update(entered_at=moment).where(Task.id == cast.orchard.tasks[number]).execute()


def test_a_card_is_tinted_and_says_its_days(lev: FlaskClient, cast: Cast) -> None:
    stood(cast, 1, 7)
    stood(cast, 2, 15)

    assert limits(lev, cast, "7", "14") == 303
    page = BeautifulSoup(lev.get(f"/boards/{cast.orchard.board}").text, "lxml")

    ages = [
        (it["class"][1:], [age.text for age in it.select(".card__age")])
        for it in page.select(".card")
    ]
    assert ages == [([], []), (["card--amber"], ["7 d"]), (["card--red"], ["15 d"])]


def test_the_limits_are_in_the_journal_and_in_the_api(lev: FlaskClient, cast: Cast) -> None:
    limits(lev, cast, "7", "")

    event = Event.get(Event.kind == "column.edited")
    column = lev.get(f"/api/v1/columns/{cast.orchard.columns[0]}").json
    assert event.data["changes"] == {"amber_days": [None, 7]}
    assert (column["amber_days"], column["red_days"]) == (7, None)


def test_red_before_amber_is_refused(lev: FlaskClient, cast: Cast) -> None:
    assert limits(lev, cast, "14", "7") == 422
    assert Column.get_by_id(cast.orchard.columns[0]).amber_days is None
