"""The page that copies, moves to another project and merges; and the API beside it."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.db import transaction
from pmo.domain.vocabulary import MemberRole
from pmo.models import Event, Label, Membership, Task, TaskLabel
from pmo.services import boards
from tests.cast import NOW, Cast, bearer, sign_in
from tests.corpus import PAYLOADS


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    Membership.create(project=cast.harbour.project, user=cast.mila.user_id, role=MemberRole.MEMBER)
    return sign_in(client, "mila")


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address, follow_redirects=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_a_card_goes_to_another_project_by_plain_forms(mila: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    TaskLabel.create(task=task, label=cast.orchard.labels[0])
    Label.update(name="Other").where(Label.project == cast.harbour.project).execute()
    shown = page(mila, f"/tasks/{task}/transfer")
    projects = shown.select("#transfer-project option")
    assert [option["value"] for option in projects] == [str(cast.harbour.project)]
    assert not shown.select("#transfer-column")
    shown = page(mila, f"/tasks/{task}/transfer?project={cast.harbour.project}")
    column = shown.select_one("#transfer-column option")["value"]
    assert [line.text for line in shown.select("#transfer-left li")] == ["Labels: Urgent"]

    response = mila.post(f"/tasks/{task}/transfer", data={"column_id": column})

    new = Task.get(Task.project == cast.harbour.project, Task.number == 4)
    assert response.location == f"/tasks/{new.id}"
    there = page(mila, response.location)
    assert "The card is in another project now." in there.text
    assert there.select_one(".notices [data-undo] form")
    old = page(mila, f"/tasks/{task}")
    assert old.select_one(f'.panel a[href="/tasks/{new.id}"]').text == "It goes on as ГВ-4"


def test_a_card_goes_to_another_board_of_its_project_by_a_plain_form(
    mila: FlaskClient, cast: Cast
) -> None:
    task = cast.orchard.tasks[0]
    assert not page(mila, f"/tasks/{task}/transfer").select("#elsewhere-column")
    who = {"actor": cast.lev, "at": NOW}
    with transaction():
        board = boards.create_default(cast.orchard.project, name="Second", **who).board_id
    shown = page(mila, f"/tasks/{task}/transfer")
    offered = {it.text: it["value"] for it in shown.select("#elsewhere-column option")}
    assert next(iter(offered)) == "Second: Бэклог"
    form = shown.select_one("form:has(#elsewhere-column)")

    moved = mila.post(form["action"], data={"column_id": offered["Second: В работе"]})

    assert moved.location.startswith(f"/boards/{board}")
    assert Task.get_by_id(task).column.board_id == board
    event = Event.get(Event.kind == "task.moved")
    assert (event.data["from_board"], event.data["board"]) == ("b1", "b2")


def test_who_sees_only_the_old_project_finds_no_link(mila: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    mila.post(f"/tasks/{task}/transfer", data={"column_id": cast.harbour.columns[0]})
    lev = sign_in(mila.application.test_client(), "lev")

    old = page(lev, f"/tasks/{task}")

    assert "It goes on as ГВ-4" in old.text
    new = Task.get(Task.project == cast.harbour.project, Task.number == 4)
    assert not old.select(f'a[href="/tasks/{new.id}"]')


def test_a_project_that_is_not_open_to_one_is_not_offered(client: FlaskClient, cast: Cast) -> None:
    lev = sign_in(client, "lev")

    shown = page(lev, f"/tasks/{cast.orchard.tasks[0]}/transfer?project={cast.harbour.project}")

    assert not shown.select("#transfer-project, #transfer-column")


def test_a_wrong_column_is_told_on_the_page(mila: FlaskClient, cast: Cast) -> None:
    response = mila.post(
        f"/tasks/{cast.orchard.tasks[0]}/transfer", data={"column_id": cast.orchard.columns[0]}
    )

    assert response.status_code == 409
    assert "Choose a column of another project." in response.text


def test_a_card_is_copied_and_merged_by_plain_forms(mila: FlaskClient, cast: Cast) -> None:
    task, other = cast.orchard.tasks[:2]
    copied = mila.post(f"/tasks/{task}/copy", data={"column_id": cast.orchard.columns[2]})
    assert "The card is copied." in page(mila, copied.location).text

    merged = mila.post(f"/tasks/{task}/merge", data={"into_id": other})

    assert merged.location == f"/tasks/{other}"
    shown = page(mila, f"/tasks/{other}")
    assert "Mila merged two cards: ШШ-1" in shown.select_one(".history").text
    assert "The cards are merged." in shown.select_one(".notices").text
    line = shown.select_one(".history__undo")["action"]
    assert shown.select_one(".notices [data-undo] form")
    back = mila.post(line, data={"back": "task"})
    assert back.location == f"/tasks/{other}"
    shown = page(mila, back.location).select_one(".history").text
    assert "Mila took two cards apart: ШШ-1 (undo)" in shown
    assert Task.get_by_id(task).archived_at is None


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_title_becomes_markup(mila: FlaskClient, cast: Cast, payload: str) -> None:
    Task.update(title=payload).execute()

    shown = page(mila, f"/tasks/{cast.orchard.tasks[0]}/transfer")

    assert payload in shown.select_one("#merge-into option").text
    assert not shown.select(".panel script, .panel img, .panel iframe, .panel [onfocus]")


def test_the_api_copies_transfers_once_and_merges(mila: FlaskClient, cast: Cast) -> None:
    task, other = cast.orchard.tasks[:2]
    headers = bearer("mila")
    address = f"/api/v1/tasks/{task}"

    copied = mila.post(
        f"{address}/copy", json={"column_id": cast.orchard.columns[0]}, headers=headers
    )
    assert (copied.status_code, copied.json["number"]) == (201, 4)
    left = mila.get(f"{address}/transfer/{cast.harbour.project}", headers=headers)
    assert left.json["people"] == []
    body, key = {"column_id": cast.harbour.columns[0]}, {"Idempotency-Key": "one"}
    moved = mila.post(f"{address}/transfer", json=body, headers={**headers, **key})
    again = mila.post(f"{address}/transfer", json=body, headers={**headers, **key})
    assert moved.json["key"] == again.json["key"] == "ГВ-4"
    old = mila.get(address, headers=headers).json
    assert old["successor"] == {"id": moved.json["id"], "key": "ГВ-4"}
    into = cast.orchard.tasks[2]
    merged = mila.post(f"/api/v1/tasks/{other}/merge", json={"into_id": into}, headers=headers)
    assert merged.json["id"] == into
    assert Event.select().where(Event.kind == "task.merged").count() == 2
