"""Many cards at once: the bar over a board, the page without JavaScript, the API."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Column, Event, Label, Task, TaskLabel
from tests.cast import Cast, bearer, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    assert cast
    return sign_in(client, "mila")


def page(client: FlaskClient, address: str, **headers: str) -> BeautifulSoup:
    answer = client.get(address, headers=headers, follow_redirects=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_the_plain_page_has_a_box_for_every_card_and_does_the_act(
    mila: FlaskClient, cast: Cast
) -> None:
    address = f"/boards/{cast.orchard.board}"
    boxes = page(mila, f"{address}/select").select("input[name=task_ids]")
    assert [int(box["value"]) for box in boxes] == list(cast.orchard.tasks)

    form = {
        "task_ids": [boxes[0]["value"], boxes[2]["value"]],
        "act": "move",
        "column_id": cast.orchard.columns[3],
        "user_id": cast.lev.user_id,
        "label_id": cast.orchard.labels[0],
        "due_on": "",
        "days": "7",
    }
    response = mila.post(f"{address}/bulk", data=form)

    assert response.location == address
    assert "2 cards are changed." in page(mila, address).text
    moved = Task.select().where(Task.column == cast.orchard.columns[3])
    assert {task.id for task in moved} == {cast.orchard.tasks[0], cast.orchard.tasks[2]}


def test_the_plain_page_tells_of_limits(mila: FlaskClient, cast: Cast) -> None:
    """A soft one beside the undo; a hard one over the form, with the ticks kept."""
    address, scene = f"/boards/{cast.orchard.board}", cast.orchard
    form = {"task_ids": list(scene.tasks), "act": "move", "column_id": scene.columns[2]}
    mila.post(f"{address}/bulk", data=form)
    board = page(mila, address).text
    assert "The column is over its limit: 3 cards where 2 were agreed." in board
    assert "3 cards are changed." in board

    Column.update(wip_limit=2).where(Column.id == scene.columns[1]).execute()
    refused = mila.post(f"{address}/bulk", data={**form, "column_id": scene.columns[1]})

    shown = BeautifulSoup(refused.text, "lxml")
    assert refused.status_code == 409
    assert "“In progress” would have 3 cards; its limit is 2." in shown.select_one("main").text
    assert len(shown.select("input[name=task_ids][checked]")) == 3
    chosen = shown.select_one("#bulk-column option[selected]")
    assert chosen["value"] == str(scene.columns[1])


def test_nothing_chosen_is_told_on_the_page(mila: FlaskClient, cast: Cast) -> None:
    response = mila.post(f"/boards/{cast.orchard.board}/bulk", data={"act": "archive"})

    assert response.status_code == 422
    assert BeautifulSoup(response.text, "lxml").select("input[name=task_ids]")


def test_the_bar_comes_alone_and_its_answer_draws_the_columns(
    mila: FlaskClient, cast: Cast
) -> None:
    bar = page(mila, f"/boards/{cast.orchard.board}/select", **HTMX)
    assert bar.select_one("form#bulk-form[data-behaviour=board_select]")
    assert not bar.select("header")

    form = {"act": "archive", "task_ids": [cast.orchard.tasks[0]], "revision": "1"}
    answer = mila.post(f"/boards/{cast.orchard.board}/bulk", data=form, headers=HTMX)

    drawn = BeautifulSoup(answer.text, "lxml")
    assert drawn.select_one(f"#column-{cast.orchard.columns[0]}")
    assert not drawn.select_one(f"#column-{cast.orchard.columns[1]}")
    assert "1 card is changed." in drawn.text
    assert drawn.select_one("[data-undo] form")


def test_a_page_that_shows_a_part_asks_for_it_anew(mila: FlaskClient, cast: Cast) -> None:
    form = {"act": "archive", "task_ids": [cast.orchard.tasks[0]], "revision": "1", "is_part": "1"}

    answer = mila.post(f"/boards/{cast.orchard.board}/bulk", data=form, headers=HTMX)

    assert answer.headers["HX-Trigger"] == "board:stale"
    assert "column-" not in answer.text


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup(mila: FlaskClient, cast: Cast, payload: str) -> None:
    Task.update(title=payload).where(Task.id == cast.orchard.tasks[0]).execute()
    Label.update(name=payload[:60]).where(Label.id == cast.orchard.labels[0]).execute()

    shown = page(mila, f"/boards/{cast.orchard.board}/select")

    assert payload in shown.select_one("fieldset .choice").text
    assert not shown.select("main script, main img, main iframe, main style, [onfocus]")


@pytest.mark.parametrize(
    "asked",
    [
        {"act": "move"},
        {"act": "shift_due", "days": None},
        {"act": "paint"},
        {"act": "archive", "task_ids": []},
        {"act": "archive", "task_ids": list(range(1, 502))},
        {"act": "shift_due", "days": 4000},
    ],
)
def test_what_cannot_be_meant_is_refused(client: FlaskClient, cast: Cast, asked: Any) -> None:
    body = {"task_ids": [cast.orchard.tasks[0]], **asked}

    answer = client.post(
        f"/api/v1/boards/{cast.orchard.board}/bulk", json=body, headers=bearer("mila")
    )

    assert answer.status_code == 422
    assert Event.select().count() == 0


def test_the_api_does_it_once_for_one_key(client: FlaskClient, cast: Cast) -> None:
    ids = list(cast.orchard.tasks)
    body = {"act": "add_label", "task_ids": ids, "label_id": cast.orchard.labels[0]}
    headers = {**bearer("mila"), "Idempotency-Key": "one"}
    address = f"/api/v1/boards/{cast.orchard.board}/bulk"

    first = client.post(address, json=body, headers=headers)
    again = client.post(address, json=body, headers=headers)

    assert first.json["task_ids"] == ids
    assert again.json == first.json
    assert TaskLabel.select().count() == 3
    assert Event.select().count() == 3
