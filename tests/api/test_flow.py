"""Figures of flow and the forecast through the API."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo import clock
from pmo.models import Task
from pmo.queries import flow as queries
from pmo.services import boards, tasks
from tests.cast import Cast, sign_in

DAYS = 40
OFFICE = ZoneInfo("Europe/Moscow")


@pytest.fixture
def flowing(cast: Cast) -> Cast:
    """Let 30 cards flow through Orchard, one a day from 40 days ago; 2 are left in work."""
    begun = clock.now().replace(hour=9) - timedelta(days=DAYS)
    for number in range(32):
        at = begun + timedelta(days=number)
        task = make(cast, f"Card {number}", at)
        place(cast, task, 2, at + timedelta(hours=1))
        if number < 30:
            place(cast, task, 3, at + timedelta(days=2))
    return cast


def make(cast: Cast, title: str, at: datetime) -> int:
    column = cast.orchard.columns[0]
    stage = {"stage_id": cast.orchard.stages[0]}
    fields = {"title": title, "weight": 2, **stage}
    return tasks.create(column, fields=fields, actor=cast.lev, at=at).task_id


def place(cast: Cast, task_id: int, column: int, at: datetime) -> None:
    tasks.place(
        task_id, column_id=cast.orchard.columns[column], confirmed=True, actor=cast.lev, at=at
    )


def day(ago: int) -> str:
    return (clock.today(OFFICE) - timedelta(days=ago)).isoformat()


def get(client: FlaskClient, cast: Cast, what: str, **asked: object) -> dict:
    answer = client.get(f"/api/v1/projects/{cast.orchard.project}/{what}", query_string=asked)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_all_figures_come_at_once(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    found = get(client, flowing, "flow")

    assert found["throughput"]["count"] == 30
    assert found["throughput"]["weight"] == 60
    assert {it["days"] for it in found["cycle_times"]["cards"]} == {3}
    assert (found["level"]["days"], found["level"]["is_enough"]) == (3, True)
    assert [it["number"] for it in found["ageing"]["cards"]] == [34, 35]
    assert {it["tone"] for it in found["ageing"]["cards"]} == {"red"}
    assert found["wip"][-1]["count"] == len(found["wip_tasks"]) == 2
    assert [it["key"] for it in found["cumulative"]["steps"]] == [
        *("c1", "c2", "c3", "cancelled", "c4")
    ]
    assert found["cumulative"]["days"][-1]["reached"] == [32, 32, 32, 30, 30]


def test_a_past_day_knows_nothing_of_what_came_later(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")
    before = get(client, flowing, "flow", as_of=day(20))

    place(flowing, Task.get(Task.title == "Card 0").id, 1, clock.now())
    column = flowing.orchard.columns[2]
    changes = {"name": "Other"}
    boards.edit_column(
        column, changes=changes, expected_version=None, actor=flowing.lev, at=clock.now()
    )

    assert get(client, flowing, "flow", as_of=day(20)) == before
    assert get(client, flowing, "flow")["throughput"]["count"] == 29


def test_days_can_be_chosen(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    asked = {"from": day(10), "to": day(7), "board_id": flowing.orchard.board}
    found = get(client, flowing, "flow", **asked)

    assert len(found["wip"]) == len(found["cumulative"]["days"]) == 4
    assert found["throughput"]["count"] == 2
    address = f"/api/v1/projects/{flowing.orchard.project}/flow"
    assert client.get(address, query_string={"board_id": flowing.harbour.board}).status_code == 404
    assert client.get(address, query_string={"percent": 20}).status_code == 422
    assert client.get(address, query_string={"until": day(1)}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, 2),
        ({"as_of": day(20)}, 2),
        ({"figure": "finished", "from": day(20), "to": day(11)}, 10),
        ({"figure": "cycle", "days": 3}, 30),
        ({"figure": "cycle", "days": 4}, 0),
        ({"figure": "age", "place": "b1", "column": "c3"}, 2),
        ({"figure": "level"}, 30),
        ({"figure": "blocked"}, 0),
        ({"figure": "cumulative", "step": "c4", "day": day(30)}, 9),
    ],
)
@pytest.mark.one_database
def test_a_figure_opens_into_its_cards(
    client: FlaskClient, flowing: Cast, asked: dict[str, object], total: int
) -> None:
    sign_in(client, "olga")

    found = get(client, flowing, "flow/tasks", **asked, page_size=1)

    assert found["total"] == total
    assert len(found["items"]) == min(total, 1)


@pytest.mark.one_database
def test_no_such_step_is_not_found(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    address = f"/api/v1/projects/{flowing.orchard.project}/flow/tasks"
    answer = client.get(address, query_string={"figure": "cumulative", "step": "c9"})

    assert answer.status_code == 404


def test_every_day_has_its_figures(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    found = get(client, flowing, "flow/days", **{"from": day(45)})["items"]

    assert [it["remaining"] for it in found[:8]] == [0, 0, 0, 0, 0, 1, 2, 2]
    assert (found[-1]["day"], found[-1]["in_work"]) == (day(1), 2)
    assert found[-1]["reached"] == [32, 32, 32, 30, 30]
    assert sum(it["finished"] for it in found) == 30


@pytest.mark.one_database
def test_the_first_and_the_last_of_all_days_are_days(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    for at in ("0001-01-01", "9999-12-31"):
        assert get(client, flowing, "flow", **{"as_of": at, "from": at, "to": at})["wip"]
        assert get(client, flowing, "flow/days", **{"from": at, "to": at})["items"]
        assert get(client, flowing, "forecast", as_of=at, by=at)["seed"]


def test_a_forecast_can_be_had_again(client: FlaskClient, flowing: Cast) -> None:
    sign_in(client, "olga")

    asked = {"count": 10, "by": day(-30)}
    found = get(client, flowing, "forecast", **asked)

    assert (found["refusal"], found["runs"], found["tasks"]) == (None, 10_000, [34, 35])
    assert [it["percent"] for it in found["when"]["answers"]] == [50, 70, 85, 95]
    assert found["when"]["answers"][0]["days"] >= 10
    assert [it["stage"] for it in found["on_time"]] == ["s1", "s2", None]
    queries._forecasts._values.clear()
    assert get(client, flowing, "forecast", **asked, seed=found["seed"]) == {
        **found,
        "as_of": get(client, flowing, "forecast", **asked)["as_of"],
    }


def test_without_a_past_there_is_no_forecast(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "olga")

    found = get(client, cast, "forecast")

    assert (found["refusal"], found["when"]) == ("short_history", None)


@pytest.mark.one_database
def test_figures_are_read_again_only_when_something_was_added(flowing: Cast) -> None:
    wanted = queries.Wanted(clock.now(), None, None, None, clock.UTC)
    queries.figures(flowing.orchard.project, wanted)

    with count_queries() as warm:
        first = queries.figures(flowing.orchard.project, wanted)
    make(flowing, "New", clock.now())
    then = queries.figures(flowing.orchard.project, wanted)
    now = queries.figures(flowing.orchard.project, replace(wanted, as_of=clock.now()))

    assert warm.count == 2
    assert now.cumulative != then.cumulative == first.cumulative
