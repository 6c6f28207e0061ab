"""The cyclogram through the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from pmo.services import recurring_cards
from tests.cast import NOW, Cast, bearer

pytestmark = pytest.mark.one_database


@pytest.fixture
def client(app: Any, cast: Cast) -> FlaskClient:
    assert cast
    return app.test_client()


def body(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "title": "Совещание",
        "column_id": cast.orchard.columns[0],
        "rule": "times_per_half",
        "times": 1,
        "starts_on": "2025-01-01",
        "checklist": ["Зал"],
        **values,
    }


def test_recurring_task_is_added_read_edited_paused_moved_and_removed(
    client: FlaskClient, cast: Cast
) -> None:
    head = bearer("lev")
    place = f"/api/v1/projects/{cast.orchard.project}/recurrences"
    once = {**head, "Idempotency-Key": "one"}
    made = client.post(place, json=body(cast), headers=once)
    again = client.post(place, json=body(cast), headers=once)
    other = client.post(place, json=body(cast, title="Другое"), headers=head)
    address = made.headers["Location"]
    tagged = {**head, "If-Match": made.headers["ETag"]}

    edited = client.patch(address, json={"rule": "weekly", "weekdays": [5, 1]}, headers=tagged)
    stale = client.patch(address, json={"title": "X"}, headers=tagged)
    paused = client.put(
        f"{address}/state",
        json={"is_on": False},
        headers={**head, "If-Match": edited.headers["ETag"]},
    )
    moved = client.put(f"{address}/placement", json={"before_id": None}, headers=head)
    listed = client.get(place, headers=head).json
    gone = client.delete(address, headers={**head, "If-Match": "*"})

    assert (made.status_code, again.json["id"]) == (201, made.json["id"])
    assert made.json["key"] == "r1"
    assert made.json["checklist"] == ["Зал"]
    assert (edited.json["rule"], edited.json["weekdays"], edited.json["times"]) == (
        "weekly",
        [1, 5],
        None,
    )
    assert stale.status_code == 412
    assert paused.json["is_on"] is False
    assert moved.status_code == 200
    assert [it["id"] for it in listed["items"]] == [other.json["id"], made.json["id"]]
    assert gone.status_code == 204
    assert client.get(address, headers=head).status_code == 404


def test_cyclogram_tells_of_marks_and_promises(client: FlaskClient, cast: Cast) -> None:
    head = bearer("lev")
    place = f"/api/v1/projects/{cast.orchard.project}"
    client.post(f"{place}/recurrences", json=body(cast), headers=head)
    recurring_cards.make_due(NOW, NOW.date())

    found = client.get(f"{place}/cyclogram?year=2026", headers=head).json
    refused = client.get(f"{place}/cyclogram?year=1", headers=head)

    [item] = found["items"]
    [promise] = found["promises"]
    assert (found["year"], found["months"][0], found["months"][11]) == (2026, "2026-09", "2027-08")
    assert item["recurrence"]["title"] == "Совещание"
    assert {mark["state"] for mark in item["marks"]} <= {"planned", "open", "late", "skipped"}
    assert promise["times"] == 1
    assert refused.status_code == 422


def test_task_is_made_recurring_once(client: FlaskClient, cast: Cast) -> None:
    head = bearer("lev")
    address = f"/api/v1/tasks/{cast.orchard.tasks[0]}/recurrence"

    made = client.post(address, json=body(cast), headers=head)
    again = client.post(address, json=body(cast), headers=head)

    assert made.status_code == 201
    assert (again.status_code, again.json["code"]) == (409, "already_recurring")


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"rule": "yearly"}, "#/month_from"),
        ({"rule": "monthly", "month_from": 3}, "#/month_to"),
        ({"until": "2024-12-31"}, "#/until"),
        ({"starts_on": "0001-01-01"}, "#/starts_on"),
        ({"days_ahead": 366}, "#/days_ahead"),
        ({"weekdays": [8]}, "#/weekdays/0"),
        ({"is_on": True}, "#/is_on"),
    ],
)
def test_values_that_do_not_fit_are_named(
    client: FlaskClient, cast: Cast, values: dict[str, Any], pointer: str
) -> None:
    place = f"/api/v1/projects/{cast.orchard.project}/recurrences"

    refused = client.post(place, json=body(cast, **values), headers=bearer("lev"))

    assert refused.status_code == 422
    assert pointer in [error["pointer"] for error in refused.json["errors"]]
