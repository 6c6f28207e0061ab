"""The archive of a board, and undo from notices and histories."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo.models import Event, Task
from pmo.services import archive, tasks
from tests.cast import NOW, Cast, bearer, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    assert cast
    return sign_in(client, "mila")


def post(client: FlaskClient, address: str, headers: Any = None, **form: Any) -> TestResponse:
    return client.post(address, data=form, headers=headers or {})


def by_htmx(client: FlaskClient, address: str, task: int | None = None, **form: Any) -> str:
    headers = {**HTMX}
    if task is not None:
        headers["HX-Current-URL"] = f"http://localhost/tasks/{task}#comments"
    response = post(client, address, headers, **form)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def page(client: FlaskClient, address: str) -> str:
    return client.get(address, follow_redirects=True).get_data(as_text=True)


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_a_card_is_archived_and_found_in_the_archive(mila: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]

    response = post(mila, f"/tasks/{task}/archive")

    assert response.status_code == 303
    shown = page(mila, f"/boards/{cast.orchard.board}/archive")
    assert "Task 1 of Orchard" in shown
    assert "Task 2 of Orchard" not in shown
    assert f'action="/tasks/{task}/restoration"' in shown


def test_the_archive_is_searched_and_paged(mila: FlaskClient, cast: Cast) -> None:
    for number in range(60):
        made = tasks.create(
            cast.orchard.columns[0], fields={"title": f"Old {number}"}, actor=cast.mila, at=NOW
        )
        archive.archive(made.task_id, actor=cast.mila, at=NOW)

    address = f"/boards/{cast.orchard.board}/archive"
    assert "Page 1 of 2" in page(mila, address)
    found = page(mila, f"{address}?search=old+37")
    assert "Old 37" in found
    assert "Old 36" not in found
    assert "Nothing in the archive" in page(mila, f"{address}?search=nowhere")


def test_the_archive_takes_as_many_statements_for_many_cards_as_for_few(
    mila: FlaskClient, cast: Cast
) -> None:
    address = f"/boards/{cast.orchard.board}/archive"
    archive.archive(cast.orchard.tasks[0], actor=cast.mila, at=NOW)
    page(mila, address)
    with count_queries() as few:
        page(mila, address)
    for task in cast.orchard.tasks[1:]:
        archive.archive(task, actor=cast.mila, at=NOW)

    with count_queries() as many:
        page(mila, address)

    assert many.count == few.count


def test_the_panel_of_an_archived_card_says_so_and_offers_one_button(
    mila: FlaskClient, cast: Cast
) -> None:
    task = cast.orchard.tasks[0]
    archive.archive(task, actor=cast.mila, at=NOW)

    panel = mila.get(f"/tasks/{task}", headers=HTMX).get_data(as_text=True)

    assert "The card is in the archive" in panel
    assert f'hx-post="/tasks/{task}/restoration"' in panel
    assert f"/tasks/{task}/edit" not in panel


def test_an_observer_sees_the_archive_and_no_buttons(client: FlaskClient, cast: Cast) -> None:
    archive.archive(cast.orchard.tasks[0], actor=cast.mila, at=NOW)
    olga = sign_in(client, "olga")

    shown = page(olga, f"/boards/{cast.orchard.board}/archive")

    assert "Task 1 of Orchard" in shown
    assert "restoration" not in shown
    assert "/undo" not in page(olga, f"/tasks/{cast.orchard.tasks[0]}")


def test_without_javascript_the_next_page_offers_to_undo(mila: FlaskClient, cast: Cast) -> None:
    task, column = cast.orchard.tasks[0], cast.orchard.columns[1]

    post(mila, f"/tasks/{task}/placement", column_id=column)
    board = page(mila, f"/boards/{cast.orchard.board}")

    assert "The card is moved." in board
    assert f'action="/events/{last_event().id}/undo"' in board
    assert "The card is moved." not in page(mila, f"/boards/{cast.orchard.board}")


def test_undo_without_javascript_leads_back_to_the_board(mila: FlaskClient, cast: Cast) -> None:
    task, column = cast.orchard.tasks[0], cast.orchard.columns[1]
    post(mila, f"/tasks/{task}/placement", column_id=column)

    response = post(mila, f"/events/{last_event().id}/undo")

    assert response.location == f"/boards/{cast.orchard.board}"
    assert Task.get_by_id(task).column_id == cast.orchard.columns[0]
    assert "Undone." in page(mila, response.location)


def test_the_answer_to_a_move_offers_to_undo(mila: FlaskClient, cast: Cast) -> None:
    task, column = cast.orchard.tasks[0], cast.orchard.columns[1]

    html = by_htmx(mila, f"/tasks/{task}/placement", column_id=column, revision=1)

    assert f'hx-post="/events/{last_event().id}/undo"' in html
    assert "The card is moved." in html


def test_the_answers_to_an_edit_and_a_new_card_offer_to_undo(mila: FlaskClient, cast: Cast) -> None:
    edited = by_htmx(mila, f"/tasks/{cast.orchard.tasks[0]}", title="New", version=1)
    made = by_htmx(mila, f"/columns/{cast.orchard.columns[0]}/tasks", title="Newer")

    assert "The card is changed." in edited
    assert "The card is added." in made


def test_a_move_that_changed_nothing_offers_nothing(mila: FlaskClient, cast: Cast) -> None:
    task, column = cast.orchard.tasks[0], cast.orchard.columns[0]

    html = by_htmx(
        mila, f"/tasks/{task}/placement", column_id=column, before_id=cast.orchard.tasks[1]
    )

    assert "/undo" not in html


def test_undo_draws_the_columns_that_changed_and_the_open_panel(
    mila: FlaskClient, cast: Cast
) -> None:
    task = cast.orchard.tasks[0]
    queue, progress, waiting, _done = cast.orchard.columns
    moved = tasks.place(task, column_id=progress, actor=cast.mila, at=NOW)

    html = by_htmx(mila, f"/events/{moved.event_id}/undo", task, revision=moved.revision)

    assert f'id="column-{queue}"' in html
    assert f'id="column-{progress}"' in html
    assert f'id="column-{waiting}"' not in html
    assert 'hx-target="#panel"' in html
    assert BeautifulSoup(html, "lxml").select_one(".history__entry")
    assert "Undone." in html


def test_undo_on_another_page_draws_it_anew(mila: FlaskClient, cast: Cast) -> None:
    moved = tasks.place(
        cast.orchard.tasks[0], column_id=cast.orchard.columns[1], actor=cast.mila, at=NOW
    )

    response = post(mila, f"/events/{moved.event_id}/undo", HTMX)

    assert response.headers["HX-Refresh"] == "true"


def test_the_history_offers_to_undo_what_was_not_undone(mila: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    moved = tasks.place(task, column_id=cast.orchard.columns[1], actor=cast.mila, at=NOW)
    panel = page(mila, f"/tasks/{task}")
    assert f'action="/events/{moved.event_id}/undo"' in panel

    response = post(mila, f"/events/{moved.event_id}/undo", back="task")

    assert response.location == f"/tasks/{task}"
    panel = page(mila, f"/tasks/{task}")
    assert f'action="/events/{moved.event_id}/undo"' not in panel
    assert "(undo)" in panel


def test_what_no_longer_fits_is_told(mila: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    moved = tasks.place(task, column_id=cast.orchard.columns[1], actor=cast.mila, at=NOW)
    tasks.place(task, column_id=cast.orchard.columns[2], actor=cast.mila, at=NOW)

    response = post(mila, f"/events/{moved.event_id}/undo", HTMX)

    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#notices"
    assert "The card stands in the column “Waiting”." in response.get_data(as_text=True)


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_title_becomes_markup_in_the_archive(
    mila: FlaskClient, cast: Cast, payload: str
) -> None:
    Task.update(title=payload[:200]).where(Task.id == cast.orchard.tasks[0]).execute()
    archive.archive(cast.orchard.tasks[0], actor=cast.mila, at=NOW)

    shown = BeautifulSoup(page(mila, f"/boards/{cast.orchard.board}/archive"), "lxml")

    row = shown.select_one(".rows .row")
    assert payload[:200] in row.text
    assert not row.select("script, img, svg, iframe, style, [onfocus]")


def test_the_api_archives_restores_and_undoes(client: FlaskClient, cast: Cast) -> None:
    headers, task = bearer("mila"), cast.orchard.tasks[0]
    address = f"/api/v1/tasks/{task}"

    archived = client.post(f"{address}/archive", headers=headers)
    assert archived.json["archived_at"] is not None
    refused = client.patch(address, json={"title": "No"}, headers={**headers, "If-Match": "*"})
    assert refused.json["code"] == "archived"
    listed = client.get(
        f"/api/v1/boards/{cast.orchard.board}/tasks?is_archived=true", headers=headers
    )
    assert [item["id"] for item in listed.json["items"]] == [task]
    history = client.get(f"{address}/history", headers=headers).json["items"]
    undone = client.post(f"/api/v1/events/{history[0]['id']}/undo", headers=headers)
    assert undone.json["task_ids"] == [task]
    again = client.post(f"/api/v1/events/{history[0]['id']}/undo", headers=headers)
    assert (again.status_code, again.json["code"]) == (409, "not_undoable")
    client.post(f"{address}/archive", headers=headers)
    restored = client.post(f"{address}/restoration", headers=headers)
    assert restored.json["archived_at"] is None
