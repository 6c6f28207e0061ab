"""Rules of a board on its pages: settings, locks, the question at the done column."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pmo.models import Column, MoveRule, Task, WipRule
from tests.cast import Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "lev")


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def demand(cast: Cast, text: str = "Report handed in\nPhotos kept") -> int:
    column = cast.orchard.columns[3]
    Column.update(definition_of_done=text).where(Column.id == column).execute()
    return column


def test_a_rule_is_added_and_removed_on_the_page(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/rules"
    done = cast.orchard.columns[3]

    added = lev.post(
        f"/boards/{cast.orchard.board}/move-rules",
        data={"source_id": "", "target_id": done, "least_role": "lead"},
    )
    shown = soup(lev.get(address)).select_one("#moves .row__main")
    rule = MoveRule.get()
    removed = lev.post(f"/move-rules/{rule.id}/removal")

    assert (added.status_code, added.location) == (303, address)
    assert shown is not None
    assert "from anywhere → to “Done”: only the lead" in shown.text
    assert removed.status_code == 303
    assert not MoveRule.select().exists()


def test_a_second_rule_for_one_way_comes_back_with_its_fault(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/move-rules"
    lev.post(address, data={"target_id": cast.orchard.columns[3]})

    again = lev.post(address, data={"target_id": cast.orchard.columns[3]})

    assert again.status_code == 409
    assert "already in use" in again.text


def test_a_kept_column_says_so(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    lev.post(f"{address}/move-rules", data={"target_id": cast.orchard.columns[3]})
    lev.post(f"{address}/move-rules", data={"source_id": cast.orchard.columns[3]})

    locks = soup(lev.get(address)).select(".column__lock")

    assert [lock.text for lock in locks] == ["only the lead moves cards in and out"]


def test_who_drops_a_card_there_is_told_why(mila: FlaskClient, cast: Cast) -> None:
    sign_in(mila, "lev").post(
        f"/boards/{cast.orchard.board}/move-rules", data={"target_id": cast.orchard.columns[3]}
    )
    sign_in(mila, "mila")

    answer = mila.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement",
        data={"column_id": cast.orchard.columns[3]},
        headers=HTMX,
    )

    assert answer.status_code == 403
    assert "Only the lead of the project moves cards from “Queue” to “Done”." in answer.text


def test_the_form_of_a_place_locks_what_is_kept(mila: FlaskClient, cast: Cast) -> None:
    sign_in(mila, "lev").post(
        f"/boards/{cast.orchard.board}/move-rules", data={"target_id": cast.orchard.columns[3]}
    )
    address = f"/tasks/{cast.orchard.tasks[0]}/placement"

    for login, count in (("mila", 1), ("lev", 0)):
        page = soup(sign_in(mila, login).get(address))
        assert len(page.select("input[type=radio][disabled]")) == count


def test_the_form_of_a_place_asks_what_the_done_column_demands(
    mila: FlaskClient, cast: Cast
) -> None:
    done, address = demand(cast), f"/tasks/{cast.orchard.tasks[0]}/placement"

    boxes = soup(mila.get(address, query_string={"column_id": done})).select("[name=confirmed]")
    moved = mila.post(
        address, data={"column_id": done, "confirmed": [box["value"] for box in boxes]}
    )

    assert [box["value"] for box in boxes] == ["Report handed in", "Photos kept"]
    assert moved.status_code == 303
    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == done


def test_without_javascript_the_question_is_a_page_that_sends_the_same_again(
    mila: FlaskClient, cast: Cast
) -> None:
    done = demand(cast)
    address, given = f"/columns/{done}/tasks", {"title": "New", "confirmed": ["Photos kept"]}

    for sent_from, back in (
        (
            f"http://localhost/boards/{cast.orchard.board}?mine=yes",
            f"/boards/{cast.orchard.board}?mine=yes",
        ),
        ("http://localhost.example.org/", "/my-work"),
        ("http://localhost//example.org", "/my-work"),
        ("http://localhost" + address, "/my-work"),
    ):
        asked = mila.post(address, data=given, headers={"Referer": sent_from})
        assert soup(asked).select_one(".form-actions a")["href"] == back  # type: ignore[index]
    page = soup(asked)
    form = page.select_one("main form")
    assert form is not None
    data = {
        "title": page.select_one("[name=title]")["value"],  # type: ignore[index]
        "confirmed": [box["value"] for box in page.select("[name=confirmed]")],
    }
    made = mila.post(str(form["action"]), data=data)

    assert asked.status_code == 409
    assert [box.has_attr("checked") for box in page.select("[name=confirmed]")] == [False, True]
    assert made.status_code == 303
    assert Task.get(Task.column == done).title == "New"


def test_to_htmx_the_question_is_a_dialog(mila: FlaskClient, cast: Cast) -> None:
    asked = mila.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement",
        data={"column_id": demand(cast), "revision": 1},
        headers=HTMX,
    )

    dialog = soup(asked).select_one("dialog")
    assert asked.status_code == 409
    assert asked.headers["HX-Retarget"] == "#notices"
    assert dialog is not None
    assert dialog.select_one("[name=revision]")["value"] == "1"  # type: ignore[index]


def test_a_confirmed_move_redraws_both_columns(mila: FlaskClient, cast: Cast) -> None:
    done = demand(cast)

    moved = mila.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement",
        data={"column_id": done, "revision": 1, "confirmed": ["Report handed in", "Photos kept"]},
        headers=HTMX,
    )

    targets = [part["hx-target"] for part in soup(moved).select("hx-partial")]
    assert targets[:2] == [f"#column-{cast.orchard.columns[0]}", f"#column-{done}"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_asked_stays_text(mila: FlaskClient, cast: Cast, text: str) -> None:
    done = demand(cast, text)

    for headers in ({}, HTMX):
        asked = mila.post(
            f"/tasks/{cast.orchard.tasks[0]}/placement",
            data={"column_id": done, "before_id": ""},
            headers=headers,
        )
        page = soup(asked)
        assert asked.status_code == 409
        assert not page.select(".choice script, .choice img, .choice svg, [onerror], [onload]")


def test_the_history_tells_what_was_confirmed(mila: FlaskClient, cast: Cast) -> None:
    data = {"column_id": demand(cast), "confirmed": ["Report handed in", "Photos kept"]}
    mila.post(f"/tasks/{cast.orchard.tasks[0]}/placement", data=data)

    assert "confirmed: Photos kept" in mila.get(f"/tasks/{cast.orchard.tasks[0]}").text


def test_a_limit_is_added_shown_and_removed_on_the_page(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    mila = cast.mila.user_id

    added = lev.post(
        f"{address}/wip-rules", data={"whose": f"person:{mila}", "limit": "2", "kind": "hard"}
    )
    shown = soup(lev.get(f"{address}/rules")).select_one("#limits .row__main")
    removed = lev.post(f"/wip-rules/{WipRule.get().id}/removal")

    assert (added.status_code, removed.status_code) == (303, 303)
    assert shown is not None
    assert " ".join(shown.text.split()) == "Mila: 2 Hard limit: refuses"


@pytest.mark.parametrize("whose", ["", "person:x", "office", "person:999999", "person:1:2"])
def test_a_limit_for_nobody_is_refused(lev: FlaskClient, cast: Cast, whose: str) -> None:
    answer = lev.post(
        f"/boards/{cast.orchard.board}/wip-rules", data={"whose": whose, "limit": 2, "kind": "hard"}
    )

    assert answer.status_code in {404, 422}


def test_the_board_says_who_has_more_than_agreed(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    lev.post(f"{address}/wip-rules", data={"whose": "stage", "limit": "1", "kind": "soft"})
    before = soup(lev.get(address)).select_one("#board-loads")

    for task in cast.orchard.tasks[:2]:
        moved = lev.post(
            f"/tasks/{task}/placement", data={"column_id": cast.orchard.columns[1]}, headers=HTMX
        )

    after = soup(lev.get(address)).select_one("#board-loads")
    assert before is not None
    assert after is not None
    assert before.has_attr("hidden")
    assert "Stage 1: 2 of 1" in after.text
    assert moved.text.count("Stage 1: 2 of 1") == 2  # the notice, and the line above the board


def test_a_hard_limit_refuses_with_who_and_how_many(lev: FlaskClient, cast: Cast) -> None:
    lev.post(
        f"/boards/{cast.orchard.board}/wip-rules",
        data={"whose": f"stage:{cast.orchard.stages[0]}", "limit": "1", "kind": "hard"},
    )
    lev.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement", data={"column_id": cast.orchard.columns[1]}
    )

    refused = lev.post(
        f"/tasks/{cast.orchard.tasks[1]}/placement", data={"column_id": cast.orchard.columns[1]}
    )

    assert refused.status_code == 409
    assert "“Stage 1” would have 2 cards in progress; the limit is 1." in refused.text
