"""A board's page: what it shows to whom, when it answers 304, and its settings."""

import gzip

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pmo.db import database
from pmo.models import Board, Column, Project, Task
from tests.cast import Cast, sign_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "lev")


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def test_a_board_shows_its_columns_and_cards_in_order(lev: FlaskClient, cast: Cast) -> None:
    page = soup(lev.get(f"/boards/{cast.orchard.board}"))

    heads = [head.text for head in page.select(".column__name")]
    keys = [key.text for key in page.select(f"#column-cards-{cast.orchard.columns[0]} .card b")]
    assert heads == ["Queue", "In progress", "Waiting", "Done"]
    assert keys == ["ШШ-1", "ШШ-2", "ШШ-3"]


def test_a_plain_card_takes_less_than_500_bytes(lev: FlaskClient, cast: Cast) -> None:
    page = lev.get(f"/boards/{cast.orchard.board}").text

    start = page.index(f'<li class="card" id="task-{cast.orchard.tasks[1]}"')
    assert len(page[start : page.index("</li>", start) + 5].encode()) < 500


def test_an_unchanged_board_answers_304_until_it_changes(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    seen = lev.get(address).headers["ETag"]

    unchanged = lev.get(address, headers={"If-None-Match": seen})
    lev.post(f"/columns/{cast.orchard.columns[0]}/tasks", data={"title": "New"})
    lev.get(address)
    changed = lev.get(address, headers={"If-None-Match": seen})

    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert unchanged.headers["Cache-Control"] == "private, no-cache"
    assert changed.status_code == 200


def test_two_people_never_share_a_tag(client: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"

    tags = {sign_in(client, login).get(address).headers["ETag"] for login in ("lev", "mila")}

    assert len(tags) == 2


def test_a_board_comes_compressed_and_whole(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"

    plain = lev.get(address)
    packed = lev.get(address, headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_an_observer_sees_no_way_to_change_anything(client: FlaskClient, cast: Cast) -> None:
    page = soup(sign_in(client, "olga").get(f"/boards/{cast.orchard.board}"))

    assert page.select(".quick-add, #placement") == []
    assert page.select(".board--fixed")
    assert not page.select(f"a[href='/boards/{cast.orchard.board}/settings']")


def test_a_stranger_finds_no_board(client: FlaskClient, cast: Cast) -> None:
    stranger = sign_in(client, "clea")

    found = [
        stranger.get(address).status_code
        for address in (
            f"/boards/{cast.orchard.board}",
            f"/columns/{cast.orchard.columns[0]}",
            f"/boards/{cast.orchard.board}/settings",
            "/boards/99999",
        )
    ]

    assert found == [404, 404, 404, 404]


def test_what_people_write_cannot_become_html(lev: FlaskClient, cast: Cast) -> None:
    Task.update(title="<script>alert(1)</script>").where(Task.id == cast.orchard.tasks[0]).execute()

    page = soup(lev.get(f"/boards/{cast.orchard.board}"))

    assert "alert(1)" in page.select_one(f"#task-{cast.orchard.tasks[0]}").text  # type: ignore[union-attr]
    assert not page.select("#board script")


def test_statements_do_not_grow_with_the_cards(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    queue = cast.orchard.columns[0]

    def count() -> int:
        Board.update(revision=Board.revision + 1).execute()
        asked: list[str] = []
        real = database.obj.execute_sql
        database.obj.execute_sql = lambda sql, *rest, **more: (
            asked.append(sql) or real(sql, *rest, **more)
        )
        try:
            assert lev.get(address).status_code == 200
        finally:
            del database.obj.execute_sql
        return len(asked)

    few = count()
    for title in range(12):
        lev.post(f"/columns/{queue}/tasks", data={"title": f"More {title}"})

    assert count() == few


def test_one_column_comes_alone_for_htmx_and_leads_to_the_board_without(
    lev: FlaskClient, cast: Cast
) -> None:
    address = f"/columns/{cast.orchard.columns[0]}"

    alone, plain = lev.get(address, headers=HTMX), lev.get(address)

    assert [tag.name for tag in soup(alone).body.find_all(recursive=False)] == ["section"]  # type: ignore[union-attr]
    assert (plain.status_code, plain.location) == (303, f"/boards/{cast.orchard.board}")


def test_columns_are_added_edited_moved_and_removed(lev: FlaskClient, cast: Cast) -> None:
    board = cast.orchard.board
    settings = f"/boards/{board}/settings"
    fields = {"meaning": "waiting", "wip_kind": "soft", "wip_limit": "4"}

    added = lev.post(f"/boards/{board}/columns", data={"name": "Review", **fields})
    column = Column.get(Column.name == "Review")
    lev.post(
        f"/columns/{column.id}",
        data={"name": "Checking", "version": 1, "definition_of_done": "Told", **fields},
    )
    lev.post(f"/columns/{column.id}/placement", data={"before_id": cast.orchard.columns[0]})
    names = [head.text for head in soup(lev.get(f"/boards/{board}")).select(".column__name")]
    lev.post(f"/columns/{column.id}/removal", data={"version": 2})

    assert added.location == f"{settings}#column-{column.id}"
    assert names == ["Checking", "Queue", "In progress", "Waiting", "Done"]
    assert Column.get_or_none(Column.id == column.id) is None


def test_a_column_with_cards_stays(lev: FlaskClient, cast: Cast) -> None:
    queue = cast.orchard.columns[0]

    answer = lev.post(f"/columns/{queue}/removal", data={"version": 1})

    assert answer.status_code == 409
    assert "cannot be removed" in soup(answer).select_one("[role=alert]").text  # type: ignore[union-attr]
    assert Column.get_or_none(Column.id == queue)


def test_a_bad_column_comes_back_with_what_was_typed(lev: FlaskClient, cast: Cast) -> None:
    queue = cast.orchard.columns[0]

    answer = lev.post(
        f"/columns/{queue}",
        data={"name": "Typed", "meaning": "queue", "wip_kind": "hard", "version": 1},
    )

    assert answer.status_code == 422
    assert soup(answer).select_one(f"#name-{queue}")["value"] == "Typed"  # type: ignore[index]
    assert Column.get_by_id(queue).name == "Queue"


def test_a_board_is_renamed_once_per_version(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"

    first = lev.post(address, data={"name": "Renamed", "version": 1})
    second = lev.post(address, data={"name": "Late", "version": 1})

    assert (first.status_code, second.status_code) == (303, 409)
    assert Board.get_by_id(cast.orchard.board).name == "Renamed"


def test_a_member_may_not_configure(client: FlaskClient, cast: Cast) -> None:
    mila = sign_in(client, "mila")

    answers = [
        mila.get(f"/boards/{cast.orchard.board}/settings"),
        mila.post(f"/boards/{cast.orchard.board}", data={"name": "Mine", "version": 1}),
        mila.post(f"/columns/{cast.orchard.columns[1]}/removal", data={"version": 1}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_address_of_a_project_is_on_its_board(lev: FlaskClient, cast: Cast) -> None:
    page = soup(lev.get(f"/boards/{cast.orchard.board}"))

    link = page.select_one(".board-head__project")
    assert link is not None
    assert link["href"] == f"/projects/{cast.orchard.project}"
    assert Project.get_by_id(cast.orchard.project).short_name in link.text
