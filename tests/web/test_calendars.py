"""The calendar of a board."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.models import Task
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS


def change(cast: Cast, number: int, **values: object) -> None:
    Task.update(**values).where(Task.id == cast.orchard.tasks[number - 1]).execute()


def month(client: FlaskClient, cast: Cast, query: str = "month=2021-10") -> BeautifulSoup:
    answer = client.get(f"/boards/{cast.orchard.board}/calendar?{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def test_weeks_begin_on_monday_and_things_stand_on_their_days(
    client: FlaskClient, cast: Cast
) -> None:
    change(cast, 1, due_on="2021-10-31")
    change(cast, 2, starts_on="2021-09-29", ends_on="2021-10-05", due_on="2021-10-05")

    page = month(sign_in(client, "mila"), cast)

    days = [it["data-day"] for it in page.select("thead ~ tbody th")]
    assert (days[0], days[-1], len(days)) == ("2021-09-27", "2021-10-31", 35)
    assert page.select_one("[data-day='2021-10-31'] .calendar__entry b").text == "ШШ-1"
    bars = page.select(".calendar__cell--bar")
    assert [(bar["colspan"], bar.b.text) for bar in bars] == [("5", "ШШ-2"), ("2", "ШШ-2")]
    assert [it.b.text for it in page.select(".aside-list a.task-link")] == ["ШШ-3"]
    assert page.select_one(".view__note").text == "2 cards in this month"


def test_long_period_is_no_bar(client: FlaskClient, cast: Cast) -> None:
    change(cast, 1, starts_on="2021-09-01", ends_on="2022-05-31", due_on="2022-05-31")

    page = month(sign_in(client, "mila"), cast)

    assert not page.select(".calendar__bar, .calendar__entry")
    assert "ШШ-1" not in page.select_one(".aside-list").text


def test_months_lead_to_their_neighbours_and_keep_the_filter(
    client: FlaskClient, cast: Cast
) -> None:
    change(cast, 1, due_on="2021-12-01")
    change(cast, 2, due_on="2021-12-02")

    page = month(sign_in(client, "mila"), cast, "month=2021-12&mine=1")

    assert [it.b.text for it in page.select(".calendar__entry")] == ["ШШ-1"]
    assert page.select_one("[rel=prev]")["href"].endswith("?month=2021-11&mine=1")
    assert page.select_one("[rel=next]")["href"].endswith("?month=2022-01&mine=1")
    views = {it.text: it["href"] for it in page.select(".views__link")}
    assert all(address.endswith("mine=1") for address in views.values())
    assert list(views) == ["Board", "Table", "Calendar", "Timeline"]


@pytest.mark.parametrize("query", ["month=2021-13", "month=x", "month=0001-01", "day=1"])
def test_month_that_is_none_is_refused(client: FlaskClient, cast: Cast, query: str) -> None:
    answer = sign_in(client, "mila").get(f"/boards/{cast.orchard.board}/calendar?{query}")

    assert answer.status_code == 422


def test_observer_finds_nothing_to_drag(client: FlaskClient, cast: Cast) -> None:
    change(cast, 1, due_on="2021-10-31")

    page = month(sign_in(client, "olga"), cast)

    assert page.select(".calendar__entry")
    assert not page.select("[draggable], [data-cell]")


def test_statements_do_not_grow_with_the_cards(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")
    counts = []
    for number in (1, 2, 3):
        change(cast, number, due_on="2021-10-31")
        with count_queries() as counted:
            month(client, cast)
        counts.append(counted.count)

    assert len(set(counts)) == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_titles_stay_texts(client: FlaskClient, cast: Cast, payload: str) -> None:
    change(cast, 1, title=payload, due_on="2021-10-31")
    change(cast, 2, title=payload, starts_on="2021-10-01", ends_on="2021-10-05")
    change(cast, 3, title=payload, period_text=payload)
    sign_in(client, "mila")

    for address in (
        f"/boards/{cast.orchard.board}/calendar?month=2021-10",
        f"/boards/{cast.orchard.board}/table",
        f"/projects/{cast.orchard.project}/timeline",
        f"/tasks/{cast.orchard.tasks[0]}/cells/title",
    ):
        main = BeautifulSoup(client.get(address).text, "lxml").select_one("main")
        assert not main.select("script:not([type]), [onload], [onerror], [onfocus], img, iframe")
        assert not main.select("style, [style]")
        shown = main.text + " ".join(it["value"] for it in main.select("[value]"))
        assert payload[:20] in shown
