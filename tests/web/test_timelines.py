"""The timeline of a project."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.models import Stage, Task
from pmo.queries import timelines
from tests.cast import NOW, Cast, sign_in


def change(cast: Cast, number: int, **values: object) -> None:
    Task.update(**values).where(Task.id == cast.orchard.tasks[number - 1]).execute()


def page(client: FlaskClient, cast: Cast, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/projects/{cast.orchard.project}/timeline{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def dress(cast: Cast) -> None:
    first, _ = cast.orchard.stages
    days = {"starts_on": "2021-09-01", "ends_on": "2021-12-31"}
    Stage.update(**days).where(Stage.id == first).execute()
    change(cast, 1, starts_on="2021-10-01", ends_on="2021-10-31", due_on="2021-10-31")
    change(cast, 2, due_on="2021-11-15", stage=None)


def test_stages_are_bands_and_tasks_stand_on_them(client: FlaskClient, cast: Cast) -> None:
    dress(cast)

    found = page(sign_in(client, "olga"), cast)

    assert len(found.select("rect.timeline__band")) == 1
    assert [it.text for it in found.select("text.timeline__stage")] == [
        "Stage 1",
        "Without a stage",
    ]
    assert len(found.select("a rect.timeline__bar")) == 1
    assert len(found.select("a path.timeline__bar")) == 1
    assert not found.select("[style]")


def test_the_table_tells_the_same(client: FlaskClient, cast: Cast) -> None:
    dress(cast)

    found = page(sign_in(client, "olga"), cast)

    drawn = [it["href"] for it in found.select(".timeline svg a")]
    told = [it["href"] for it in found.select(".timeline-table td a")]
    assert drawn == told
    assert len(drawn) == 2
    assert found.select_one(".timeline svg")["aria-hidden"] == "true"


def test_what_has_no_day_is_listed(client: FlaskClient, cast: Cast) -> None:
    dress(cast)
    change(cast, 3, period_text="весной, если успеем")

    found = page(sign_in(client, "olga"), cast)

    unknown = found.select_one("#unknown-title").parent.text
    assert "ШШ-3" in unknown
    assert "весной, если успеем" in unknown
    assert "Stage 2" in unknown


def test_zoom_shows_an_academic_year_or_a_quarter(client: FlaskClient, cast: Cast) -> None:
    dress(cast)
    sign_in(client, "olga")

    year = page(client, cast, "?zoom=year&day=2022-01-01")
    quarter = page(client, cast, "?zoom=quarter&day=2022-01-01")

    assert len(year.select(".timeline svg a")) == 2
    assert "2021/22" in year.select_one(".timeline svg").text
    assert not quarter.select(".timeline svg a")
    assert "zoom=year&day=2022-09-01" in year.select_one("[rel=next]")["href"]


def test_filter_of_the_board_counts_here_too(client: FlaskClient, cast: Cast) -> None:
    dress(cast)

    found = page(sign_in(client, "mila"), cast, "?mine=1")

    assert [it.text.strip() for it in found.select(".timeline svg a")] == ["ШШ-1 Task 1 of Orchard"]


def test_project_without_days_says_so(client: FlaskClient, cast: Cast) -> None:
    found = page(sign_in(client, "olga"), cast)

    assert "Nothing has a day here" in found.text
    assert not found.select("svg.timeline, .timeline svg")


@pytest.mark.parametrize("query", ["?zoom=week", "?day=soon", "?colour=red"])
def test_what_is_not_understood_is_refused(client: FlaskClient, cast: Cast, query: str) -> None:
    answer = sign_in(client, "olga").get(f"/projects/{cast.orchard.project}/timeline{query}")

    assert answer.status_code == 422


def test_a_thousand_cards_are_drawn_and_the_rest_is_told(client: FlaskClient, cast: Cast) -> None:
    common = {
        "project": cast.orchard.project,
        "column": cast.orchard.columns[0],
        "kind": "event",
        "created_by": cast.lev.user_id,
        "created_at": NOW,
        "entered_at": NOW,
        "due_on": "2021-10-31",
    }
    sign_in(client, "olga")
    with count_queries() as few:
        page(client, cast)
    Task.insert_many(
        [
            {**common, "number": number, "rank": number * 70_000, "title": f"Task {number}"}
            for number in range(10, 1_010)
        ]
    ).execute()

    with count_queries() as many:
        found = page(client, cast)

    assert few.count == many.count
    assert len(found.select(".timeline svg a")) == timelines.MOST_TASKS
    assert "There are 1003 cards; the first 1000 by date are shown" in found.text
