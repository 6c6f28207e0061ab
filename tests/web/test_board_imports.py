"""Boards of other programs through pages and API."""

import json
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import BoardDraft, Event, Label, Task
from tests.cast import Cast, bearer, sign_in
from tests.corpus import PAYLOADS
from tests.outside import CSV, TRELLO, trello


def upload(client: FlaskClient, cast: Cast, data: bytes, name: str = "board.json"):
    return client.post(f"/boards/{cast.orchard.board}/import", data={"file": (BytesIO(data), name)})


def form_of(page: BeautifulSoup) -> dict[str, list[str]]:
    """Return what a browser would send of the form as it is drawn."""
    form = page.select_one("form[action$=confirmation]")
    sent: dict[str, list[str]] = {}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        sent.setdefault(select["name"], []).append(chosen["value"])
    return sent


def test_a_board_comes_in_without_javascript(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    kept = upload(client, cast, trello())
    page = BeautifulSoup(client.get(kept.location).text, "lxml")
    sent = form_of(page)
    done = client.post(f"{kept.location}/confirmation", data=sent)

    assert kept.status_code == 303
    assert sent == {
        "lists": [str(cast.orchard.columns[0]), "new_done", str(cast.orchard.columns[0])],
        "complete": ["0"],
        "people": [str(cast.mila.user_id), str(cast.lev.user_id), "0"],
        "labels": [str(cast.orchard.labels[0]), "new"],
    }
    assert (done.status_code, done.location) == (303, f"/boards/{cast.orchard.board}")
    assert "Attached files and links: 2. They stay in Trello." in page.text
    offered = BeautifulSoup(client.get(done.location).text, "lxml")
    assert "5 cards were taken in." in offered.select_one("form[action$=undo]").parent.text
    assert Label.select().where(Label.name == "Green").exists()
    assert Task.select().where(Task.project == cast.orchard.project).count() == 8
    assert not BoardDraft.select().exists()


def test_every_doubt_is_shown(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    page = BeautifulSoup(
        client.get(upload(client, cast, CSV.encode(), "b.csv").location).text, "lxml"
    )

    assert [item.text for item in page.select("details.notice--warning li")] == [
        "Row 5 has no title and is left out.",
        "Row 6 names no column; the first one is taken.",
        "Row 6: “вчера” is no date and is left out.",
        "Row 6: “тяжёлый” is no weight; 1 stands instead.",
        "Row 7 has more cells than the table has headings.",
    ]


def test_the_columns_of_a_table_can_be_told_anew(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    place = upload(client, cast, b"1;Seminar\n2;Meeting\n", "b.csv").location

    again = client.get(f"{place}?columns=none&columns=title&lists=skip&again=1")

    page = BeautifulSoup(again.text, "lxml")
    sent = form_of(page)
    client.post(f"{place}/confirmation", data=sent)
    assert sent["columns"] == ["none", "title"]
    titles = [row.title for row in Task.select().where(Task.number > 3)]
    assert sorted(titles) == ["Meeting", "Seminar"]


def test_a_wrong_choice_comes_back_with_the_page(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    place = upload(client, cast, trello()).location

    answer = client.post(f"{place}/confirmation", data={"lists": ["skip"] * 3, "people": ["0"] * 3})

    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert "No card would be left." in page.text
    assert form_of(page)["lists"] == ["skip"] * 3


@pytest.mark.parametrize("data", [b"", b"{", b'{"lists": 1}'])
def test_what_is_no_board_comes_back_with_the_form(
    client: FlaskClient, cast: Cast, data: bytes
) -> None:
    answer = upload(sign_in(client, "lev"), cast, data)

    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select_one("#error-file")
    assert not BoardDraft.select().exists()


def test_a_draft_can_be_left(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")
    place = upload(client, cast, trello()).location

    assert client.post(f"{place}/removal").status_code == 303
    assert client.get(place).status_code == 404


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_a_file_says_stays_text(client: FlaskClient, cast: Cast, payload: str) -> None:
    board = json.loads(json.dumps(TRELLO))
    board["cards"][0]["name"] = board["lists"][0]["name"] = payload
    board["members"][0]["fullName"] = board["labels"][0]["name"] = payload
    sign_in(client, "lev")

    page = BeautifulSoup(
        client.get(upload(client, cast, json.dumps(board).encode()).location).text, "lxml"
    )

    assert " ".join(payload.split()) in page.select_one("main").text
    assert not page.select("[onerror],[onload],[onfocus],main script,main iframe,main style")


def test_the_api_reads_shows_and_takes_in(client: FlaskClient, cast: Cast) -> None:
    mine = bearer("lev")
    made = client.post(
        f"/api/v1/boards/{cast.orchard.board}/drafts",
        data={"file": (BytesIO(CSV.encode("cp1251")), "b.csv")},
        headers=mine,
    )
    place = made.headers["Location"]
    shown = client.get(place, headers=mine)
    done = client.post(f"{place}/confirmation", json={"lists": ["new_queue", "skip"]}, headers=mine)

    assert made.status_code == 201
    assert shown.json == made.json
    assert shown.json["cards"] == 4
    assert shown.json["lists"][0] == {
        "name": "Queue",
        "choice": str(cast.orchard.columns[0]),
        "cards": 3,
    }
    assert done.json == {
        **{"board_id": cast.orchard.board, "tasks": 3, "columns": 1, "labels": 0},
        "event_id": Event.get(Event.kind == "task.created").id,
    }
    assert client.get(place, headers=mine).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        *({"lists": [1]}, {"people": ["1"]}, {"owner_id": 1}, {"columns": ["id"]}),
        *({"labels": [1]}, {"complete": -1}, {"board_id": 1}),
    ],
)
def test_the_api_takes_only_what_it_knows(
    client: FlaskClient, cast: Cast, body: dict[str, object]
) -> None:
    place = upload(sign_in(client, "lev"), cast, trello()).location

    answer = client.post(f"/api/v1{place}/confirmation", json=body)

    assert answer.status_code == 422
    assert BoardDraft.select().exists()
