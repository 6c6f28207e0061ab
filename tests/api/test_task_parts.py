"""Checklists, evidence, dependencies and watching through the API."""

from collections.abc import Callable
from typing import Any

import pytest

from pmo.models import ChecklistItem, Evidence, Task
from tests.api.conftest import Caller
from tests.cast import Cast

LINK = {"title": "Report", "url": "https://example.org/r"}


@pytest.fixture
def task(cast: Cast) -> str:
    return f"/tasks/{cast.orchard.tasks[0]}"


def add(caller: Caller, task: str, text: str = "Hall") -> Any:
    response = caller("POST", f"{task}/checklist", {"text": text})
    assert response.status_code == 201, response.text
    return response.json


def test_an_item_is_made_read_ticked_and_removed(lev: Caller, task: str) -> None:
    made = lev("POST", f"{task}/checklist", {"text": "Hall"})
    address = made.headers["Location"].removeprefix("/api/v1")

    ticked = lev.edit(address, {"is_done": True})
    listed = lev.get(f"{task}/checklist")["items"]
    removed = lev("DELETE", address, If_Match=ticked.headers["ETag"])

    assert (ticked.json["is_done"], ticked.json["done_by"]) == (True, "Lev")
    assert listed == [ticked.json]
    assert (removed.status_code, lev("GET", address).status_code) == (204, 404)


def test_an_item_is_edited_only_over_what_was_seen(lev: Caller, task: str) -> None:
    address = f"/checklist-items/{add(lev, task)['id']}"
    seen = lev("GET", address).headers["ETag"]

    answers = [
        lev("PATCH", address, {"text": "A"}),
        lev("PATCH", address, {"text": "A"}, If_Match=seen),
        lev("PATCH", address, {"text": "B"}, If_Match=seen),
        lev("DELETE", address, If_Match=seen),
    ]

    assert [answer.status_code for answer in answers] == [428, 200, 412, 412]
    assert ChecklistItem.get().text == "A"


def test_items_are_moved_before_each_other(lev: Caller, task: str) -> None:
    first, second = add(lev, task, "1"), add(lev, task, "2")

    moved = lev("PUT", f"/checklist-items/{second['id']}/placement", {"before_id": first["id"]})

    assert moved.status_code == 200
    assert [it["text"] for it in lev.get(f"{task}/checklist")["items"]] == ["2", "1"]


def test_an_item_becomes_a_task_once(lev: Caller, task: str) -> None:
    address = f"/checklist-items/{add(lev, task)['id']}"

    made = lev("POST", f"{address}/task", Idempotency_Key="k")
    again = lev("POST", f"{address}/task", Idempotency_Key="k")
    other = lev("POST", f"{address}/task")

    assert (made.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert made.json["title"] == "Hall"
    assert again.json["id"] == made.json["id"]
    assert lev.get(address)["became"]["key"] == made.json["key"]
    assert Task.select().where(Task.title == "Hall").count() == 1


def test_a_repeated_key_adds_one_item(lev: Caller, task: str) -> None:
    for _ in range(2):
        lev("POST", f"{task}/checklist", {"text": "Hall"}, Idempotency_Key="k")

    assert ChecklistItem.select().count() == 1


@pytest.mark.parametrize(
    ("address", "body", "pointer"),
    [
        ("checklist", {"text": " "}, "#/text"),
        ("checklist", {"text": "x" * 301}, "#/text"),
        ("checklist", {"text": "a\nb"}, "#/text"),
        ("checklist", {"text": "x", "is_done": True}, "#/is_done"),
        ("checklist", {}, "#/text"),
        ("evidence", {**LINK, "url": "javascript:alert(1)"}, "#/url"),
        ("evidence", {**LINK, "url": "https://a b"}, "#/url"),
        ("evidence", {**LINK, "added_by": "ada"}, "#/added_by"),
        ("evidence", {"title": "No address"}, "#/url"),
        ("evidence", {**LINK, "note": "x" * 2001}, "#/note"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_place(
    lev: Caller, task: str, address: str, body: dict[str, Any], pointer: str
) -> None:
    response = lev("POST", f"{task}/{address}", body)

    assert response.status_code == 422, response.text
    assert pointer in [error["pointer"] for error in response.json["errors"]]
    assert ChecklistItem.select().count() == Evidence.select().count() == 0


def test_evidence_is_made_edited_and_removed(lev: Caller, task: str) -> None:
    made = lev("POST", f"{task}/evidence", {**LINK, "presentation": "отчёт"})
    address = made.headers["Location"].removeprefix("/api/v1")

    edited = lev.edit(address, {"note": "Signed"})
    listed = lev.get(f"{task}/evidence")["items"]
    removed = lev("DELETE", address, If_Match=edited.headers["ETag"])

    assert (made.json["added_by"], made.json["presentation"]) == ("Lev", "отчёт")
    assert edited.json["note"] == "Signed"
    assert [piece["id"] for piece in listed] == [made.json["id"]]
    assert removed.status_code == 204


def test_waiting_is_told_in_both_directions_and_on_cards(
    lev: Caller, cast: Cast, task: str
) -> None:
    second = cast.orchard.tasks[1]

    put = lev("PUT", f"{task}/blockers/{second}")
    waiting = lev.get(f"/boards/{cast.orchard.board}/tasks?is_waiting=true")["items"]
    other = lev.get(f"/tasks/{second}/dependencies")
    removed = lev("DELETE", f"{task}/blockers/{second}")

    assert [it["key"] for it in put.json["waits_for"]] == ["ШШ-2"]
    assert [(card["key"], card["waits_for"]) for card in waiting] == [("ШШ-1", ["ШШ-2"])]
    assert [it["key"] for it in other["is_awaited_by"]] == ["ШШ-1"]
    assert removed.status_code == 204
    assert lev.get(f"{task}/dependencies") == {"waits_for": [], "is_awaited_by": []}


def test_a_circle_is_a_conflict_with_a_code(lev: Caller, cast: Cast, task: str) -> None:
    first, second, _ = cast.orchard.tasks
    lev("PUT", f"{task}/blockers/{second}")

    circle = lev("PUT", f"/tasks/{second}/blockers/{first}")

    assert (circle.status_code, circle.json["code"]) == (409, "dependency_circle")


def test_a_task_of_another_project_does_not_exist(ada: Caller, cast: Cast, task: str) -> None:
    response = ada("PUT", f"{task}/blockers/{cast.harbour.tasks[0]}")

    assert response.status_code == 404


def test_one_watches_for_oneself(caller: Callable[..., Caller], lev: Caller, task: str) -> None:
    olga = caller("olga")

    watched = olga("PUT", f"{task}/watching")
    listed = lev.get(f"{task}/watchers")["items"]
    hidden = olga("GET", f"{task}/watchers")
    left = olga("DELETE", f"{task}/watching")

    assert watched.json == {"is_watching": True, "count": 1}
    assert [person["login"] for person in listed] == ["olga"]
    assert hidden.status_code == 403
    assert left.status_code == 204
    assert olga.get(f"{task}/watching") == {"is_watching": False, "count": 0}
