"""One product, three doors: the same act through form, htmx and API leaves the same traces."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from pmo import db as pmo_db
from pmo.models import Board, Column, Event, Task, TaskAssignee, TaskLabel
from tests.cast import Cast, bearer, sign_in

Door = Callable[[FlaskClient, str, dict[str, Any]], int]


def by_form(client: FlaskClient, address: str, values: dict[str, Any]) -> int:
    return client.post(address, data=values).status_code


def by_htmx(client: FlaskClient, address: str, values: dict[str, Any]) -> int:
    headers = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    return client.post(address, data=values, headers=headers).status_code


def traces() -> dict[str, Any]:
    """Return every row that an act on a board can touch, but for moments and row numbers."""
    tables = (Task, Column, Board, TaskAssignee, TaskLabel)
    moments = {"entered_at"}
    rows = {
        table.__name__: sorted(
            str({name: value for name, value in row.items() if name not in moments})
            for row in table.select().dicts()
        )
        for table in tables
    }
    events = [
        (event.kind, event.actor_id, event.project_id, event.task_id, event.data)
        for event in Event.select().order_by(Event.id)
    ]
    return {**rows, "events": events}


def traces_of(act: Callable[[], int]) -> dict[str, Any]:
    """Act, look, take back."""
    with pmo_db.database.atomic() as transaction:
        status = act()
        found = traces()
        transaction.rollback()
    assert status < 400, status
    return found


@pytest.fixture
def client(app: Any, cast: Cast) -> FlaskClient:
    assert cast
    return sign_in(app.test_client(), "mila")


@pytest.mark.parametrize("target", [0, 1, 2])
def test_placement_leaves_the_same_rows_and_events(
    client: FlaskClient, cast: Cast, target: int
) -> None:
    first, _, third = cast.orchard.tasks
    wanted = {"column_id": cast.orchard.columns[target], "before_id": first}
    headers = bearer("mila")

    form = traces_of(lambda: by_form(client, f"/tasks/{third}/placement", wanted))
    htmx = traces_of(lambda: by_htmx(client, f"/tasks/{third}/placement", wanted))
    api = traces_of(
        lambda: (
            client.put(f"/api/v1/tasks/{third}/placement", json=wanted, headers=headers).status_code
        )
    )

    assert form["events"]
    assert form == htmx == api


def test_edit_leaves_the_same_rows_and_events(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    changes = {
        "title": "Renamed",
        "period": "октябрь 2021 г.",
        "weight": 5,
        "label_ids": [cast.orchard.labels[0]],
        "assignee_ids": [cast.lev.user_id, cast.mila.user_id],
    }
    as_form = {**changes, "stage_id": cast.orchard.stages[0], "kind": "event", "version": 1}
    headers = {**bearer("mila"), "If-Match": "*"}

    form = traces_of(lambda: by_form(client, f"/tasks/{task}", as_form))
    htmx = traces_of(lambda: by_htmx(client, f"/tasks/{task}", as_form))
    api = traces_of(
        lambda: client.patch(f"/api/v1/tasks/{task}", json=changes, headers=headers).status_code
    )

    assert form["events"]
    assert form == htmx == api


def test_quick_add_leaves_the_same_events(client: FlaskClient, cast: Cast) -> None:
    column = cast.orchard.columns[2]
    headers = bearer("mila")

    form = traces_of(lambda: by_form(client, f"/columns/{column}/tasks", {"title": "New"}))
    htmx = traces_of(lambda: by_htmx(client, f"/columns/{column}/tasks", {"title": "New"}))
    api = traces_of(
        lambda: (
            client.post(
                f"/api/v1/columns/{column}/tasks", json={"title": "New"}, headers=headers
            ).status_code
        )
    )

    kinds = [[(kind, data) for kind, _, _, _, data in door["events"]] for door in (form, htmx, api)]
    assert kinds[0]
    assert kinds[0] == kinds[1] == kinds[2]
