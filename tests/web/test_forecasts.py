"""The page of the forecast: right for a steady project, refused for a young one."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.models import Stage
from pmo.services import tasks
from tests.cast import NOW, Cast, sign_in


def on(day: int) -> datetime:
    return NOW + timedelta(days=day)


def steady(cast: Cast, days: int, left: int) -> None:
    """Finish one card on each day from the first on; some more are never begun."""
    queue, _doing, _waiting, done = cast.orchard.columns
    for day in range(days + left):
        at = on(min(day, days - 1))
        fields = {"title": f"Card {day}", "stage_id": cast.orchard.stages[0]}
        it = tasks.create(queue, fields=fields, actor=cast.lev, at=at).task_id
        if day < days:
            tasks.place(it, column_id=done, actor=cast.lev, at=at)


def page(client: FlaskClient, cast: Cast, query: str) -> BeautifulSoup:
    answer = client.get(f"/projects/{cast.orchard.project}/forecast{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def table(found: BeautifulSoup, figure: str) -> list[list[str]]:
    rows = found.select(f"#figure-{figure} tbody tr")
    return [[it.text for it in row.select("th, td")] for row in rows]


def test_one_card_a_day_is_forecast_to_the_day(client: FlaskClient, cast: Cast) -> None:
    steady(cast, days=25, left=10)
    Stage.update(ends_on="2025-02-17").where(Stage.id == cast.orchard.stages[0]).execute()

    found = page(sign_in(client, "olga"), cast, "?as_of=2025-02-08&by=2025-02-12")

    assert table(found, "completion") == [[f"{it}\xa0%", "18 Feb 2025"] for it in (50, 70, 85, 95)]
    assert table(found, "count") == [[f"{it}\xa0%", "4"] for it in (50, 70, 85, 95)]
    [stage, *_rest] = found.select("section .table tbody tr")
    assert [it.text for it in stage.select("td")][1:] == ["17 Feb 2025", "0\xa0%", "18 Feb 2025"]
    assert "10,000 runs, seed 739290, drawn from 25 days" in found.text


def test_a_young_project_is_told_why_there_is_no_forecast(client: FlaskClient, cast: Cast) -> None:
    steady(cast, days=12, left=1)

    found = page(sign_in(client, "olga"), cast, "?as_of=2025-01-26")

    assert "the history of the project has 12 whole days of the 20 that it needs" in found.text
    assert not found.select("svg.chart__drawing")


@pytest.mark.one_database
def test_what_is_left_and_what_it_was_drawn_from_open_into_cards(
    client: FlaskClient, cast: Cast
) -> None:
    steady(cast, days=25, left=2)
    client = sign_in(client, "olga")
    found = page(client, cast, "?as_of=2025-02-08")
    [left, drawn_from] = [
        BeautifulSoup(client.get(found.select_one(it)["href"]).text, "lxml")
        for it in ("section .table a", "a[href*=finished]")
    ]

    assert [it.text for it in left.select(".row__main a")] == ["ШШ-29 Card 25", "ШШ-30 Card 26"]
    assert "25 cards" in drawn_from.select_one(".page-head").text


@pytest.mark.one_database
def test_the_same_seed_gives_the_same_page_in_as_many_statements(
    client: FlaskClient, cast: Cast
) -> None:
    steady(cast, days=25, left=5)
    client = sign_in(client, "olga")
    query = "?as_of=2025-02-08&seed=7&count=3"

    first = str(page(client, cast, query))
    with count_queries() as counted:
        assert str(page(client, cast, query)) == first

    assert counted.count <= 9


@pytest.mark.one_database
def test_a_stranger_finds_nothing(client: FlaskClient, cast: Cast) -> None:
    client = sign_in(client, "clea")

    for path in ("forecast", "forecast/tasks"):
        assert client.get(f"/projects/{cast.orchard.project}/{path}").status_code == 404
