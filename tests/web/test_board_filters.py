"""The filter of a board: its address, its bar, what is shown, and what stays true."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo import clock
from pmo.models import Column, Task, TaskLabel
from pmo.services import tasks
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def keys(page: BeautifulSoup) -> list[str]:
    return [key.text for key in page.select("#board .card b")]


def address(cast: Cast, query: str = "") -> str:
    return f"/boards/{cast.orchard.board}?{query}".rstrip("?")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=orchard+2", ["ШШ-2"]),
        ("mine=1", ["ШШ-1"]),
        ("is_blocked=1", ["ШШ-2"]),
        ("is_overdue=1", ["ШШ-3"]),
        ("unmoved_days=10", ["ШШ-1", "ШШ-2"]),
        ("unmoved_days=10&mine=on", ["ШШ-1"]),
        ("assignee_id=0&search=&unmoved_days=", ["ШШ-2", "ШШ-3"]),
        ("kind=document", []),
    ],
)
def test_an_address_shows_what_fits_it(
    mila: FlaskClient, cast: Cast, query: str, found: list[str]
) -> None:
    _one, two, three = cast.orchard.tasks
    Task.update(blocked_reason="no room").where(Task.id == two).execute()
    today = clock.now()
    Task.update(due_on=(today - timedelta(days=3)).date()).where(Task.id == three).execute()
    Task.update(entered_at=today).where(Task.id == three).execute()

    assert keys(soup(mila.get(address(cast, query)))) == found


def test_heads_keep_their_true_sums_and_the_bar_counts_what_is_shown(
    mila: FlaskClient, cast: Cast
) -> None:
    page = soup(mila.get(address(cast, "mine=1")))

    head = page.select_one(f"#column-head-{cast.orchard.columns[0]} .column__count")
    assert head is not None
    assert head.text.split()[-1] == "3"
    assert page.select("#filter-state")[0].text.startswith("1 of 3 shown")
    assert page.select("#filter-state a")[0]["href"] == address(cast)


def test_days_without_movement_are_days_of_the_office(mila: FlaskClient, cast: Cast) -> None:
    Task.update(entered_at=clock.now()).execute()
    Task.update(entered_at=clock.now() - timedelta(days=1)).where(
        Task.id == cast.orchard.tasks[0]
    ).execute()

    assert keys(soup(mila.get(address(cast, "unmoved_days=1")))) == ["ШШ-1"]
    assert keys(soup(mila.get(address(cast, "unmoved_days=2")))) == []


def test_the_bar_shows_what_was_asked_for(mila: FlaskClient, cast: Cast) -> None:
    stage, lev = cast.orchard.stages[0], cast.lev.user_id
    query = f"search=x&stage_id={stage}&assignee_id={lev}&assignee_id=0&is_waiting=1&unmoved_days=5"

    bar = soup(mila.get(address(cast, query))).select_one("#filters")

    assert bar is not None
    chosen = {(it["name"], it["value"]) for it in bar.select("input[checked]")}
    assert chosen == {
        ("stage_id", str(stage)),
        ("assignee_id", str(lev)),
        ("assignee_id", "0"),
        ("is_waiting", "1"),
    }
    assert bar.select("[name=search]")[0]["value"] == "x"
    assert bar.select("option[selected]")[0]["value"] == "5"


def test_htmx_gets_the_board_alone_and_its_address(mila: FlaskClient, cast: Cast) -> None:
    answer = mila.get(address(cast, "search=&mine=1&kind=event"), headers=HTMX)

    page = soup(answer)
    assert page.select("html > body > #board") or not page.select("header.app-header")
    board = page.select("#board")[0]
    assert board["data-home"] == address(cast, "kind=event&mine=1")
    assert keys(page) == ["ШШ-1"]


def test_htmx_gets_the_whole_board_back_when_nothing_is_asked(
    mila: FlaskClient, cast: Cast
) -> None:
    page = soup(mila.get(address(cast, "search="), headers=HTMX))

    assert keys(page) == ["ШШ-1", "ШШ-2", "ШШ-3"]
    assert page.select("#board")[0]["data-home"] == address(cast)
    assert page.select(".column[hx-get]")


@pytest.mark.parametrize(
    "query", ["colour=red", "stage_id=first", "unmoved_days=0", "kind=party", "mine=perhaps"]
)
def test_a_filter_that_means_nothing_is_refused(mila: FlaskClient, cast: Cast, query: str) -> None:
    assert mila.get(address(cast, query)).status_code == 422


def test_what_is_typed_cannot_become_html(mila: FlaskClient, cast: Cast) -> None:
    for payload in PAYLOADS:
        page = soup(mila.get(f"/boards/{cast.orchard.board}", query_string={"search": payload}))

        assert page.select("#filter-search")[0]["value"] == payload.strip()
        assert len(page.select("#filters script, #filters img, #filters svg")) == 0


def test_a_move_in_a_part_that_is_behind_asks_for_the_part_again(
    mila: FlaskClient, cast: Cast
) -> None:
    one, two, three = cast.orchard.tasks
    seen = soup(mila.get(address(cast, "mine=1"))).select("#placement-revision")[0]["value"]
    for task_id in (two, three):
        tasks.place(task_id, column_id=cast.orchard.columns[3], actor=cast.lev, at=NOW)

    answer = mila.post(
        f"/tasks/{one}/placement",
        data={
            "column_id": cast.orchard.columns[1],
            "before_id": "",
            "revision": seen,
            "is_part": 1,
        },
        headers=HTMX,
    )

    assert answer.headers["HX-Trigger"] == "board:stale"
    assert not soup(answer).select("#placement-revision")
    assert f"column-cards-{cast.orchard.columns[3]}" not in answer.text


def test_statements_do_not_grow_with_what_fits(mila: FlaskClient, cast: Cast) -> None:
    def count() -> int:
        with count_queries() as counted:
            assert mila.get(address(cast, "is_blocked=0")).status_code == 200
        return int(counted.count)

    few = count()
    for number in range(20):
        fields = {"title": f"More {number}", "assignee_ids": [cast.mila.user_id]}
        made = tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.mila, at=NOW)
        TaskLabel.create(task=made.task_id, label=cast.orchard.labels[0])

    assert count() == few
    assert Column.get_by_id(cast.orchard.columns[0]).task_count == 23


def test_the_api_takes_the_same_filter(mila: FlaskClient, cast: Cast) -> None:
    answer = mila.get(
        f"/api/v1/boards/{cast.orchard.board}/tasks"
        f"?mine=true&assignee_id=0&assignee_id={cast.mila.user_id}&unmoved_days=1"
    )

    assert [item["key"] for item in answer.json["items"]] == ["ШШ-1"]  # type: ignore[index]
