from flask.testing import FlaskClient

from pmo.models import Column, Event, Task
from tests.api.conftest import Caller
from tests.cast import Cast, bearer


def test_task_is_given_with_all_its_fields(lev: Caller, cast: Cast) -> None:
    task = lev.get(f"/tasks/{cast.orchard.tasks[0]}")

    assert task["key"] == "ШШ-1"
    assert task["stage"] == {"id": cast.orchard.stages[0], "key": "s1", "name": "Stage 1"}
    assert [person["login"] for person in task["assignees"]] == ["mila"]
    assert (task["version"], task["moves"], task["can_edit"]) == (1, 0, True)


def test_created_task_stands_at_the_end_of_its_column(lev: Caller, cast: Cast) -> None:
    response = lev(
        "POST",
        f"/columns/{cast.orchard.columns[0]}/tasks",
        {"title": "  Семинар ", "period": "октябрь 2021 г.", "weight": 3},
    )

    assert response.status_code == 201, response.text
    assert response.json["title"] == "Семинар"
    assert response.json["due_on"] == "2021-10-31"
    assert response.headers["Location"] == f"/api/v1/tasks/{response.json['id']}"
    board = lev.get(f"/boards/{cast.orchard.board}")
    assert board["columns"][0]["cards"][-1]["id"] == response.json["id"]


def test_task_in_a_full_column_is_refused_and_nothing_is_made(lev: Caller, cast: Cast) -> None:
    full = cast.orchard.columns[1]
    Column.update(wip_limit=1, task_count=1).where(Column.id == full).execute()

    response = lev("POST", f"/columns/{full}/tasks", {"title": "One too many"})

    assert response.status_code == 409
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "wip_limit_reached"
    assert Task.select().where(Task.column == full).count() == 0


def test_edit_changes_what_is_given_and_nothing_else(lev: Caller, cast: Cast) -> None:
    address = f"/tasks/{cast.orchard.tasks[0]}"
    before = lev.get(address)

    response = lev.edit(address, {"weight": 5, "label_ids": list(cast.orchard.labels)})

    assert response.status_code == 200, response.text
    assert response.json["weight"] == 5
    assert [label["name"] for label in response.json["labels"]] == ["Urgent"]
    assert response.json["title"] == before["title"]
    assert response.json["version"] == 2


def test_edit_of_null_is_not_the_same_as_leaving_out(lev: Caller, cast: Cast) -> None:
    address = f"/tasks/{cast.orchard.tasks[0]}"

    left_out = lev.edit(address, {"title": "Another"})
    emptied = lev.edit(address, {"stage_id": None})

    assert left_out.json["stage"]["key"] == "s1"
    assert emptied.json["stage"] is None


def test_placement_moves_a_task_before_its_neighbour(lev: Caller, cast: Cast) -> None:
    first, _, third = cast.orchard.tasks

    response = lev(
        "PUT",
        f"/tasks/{third}/placement",
        {"column_id": cast.orchard.columns[0], "before_id": first},
    )

    assert response.status_code == 200, response.text
    assert response.json["moves"] == 1
    cards = lev.get(f"/boards/{cast.orchard.board}")["columns"][0]["cards"]
    assert [card["id"] for card in cards] == [third, first, cast.orchard.tasks[1]]


def test_history_is_read_page_by_page(lev: Caller, cast: Cast) -> None:
    address = f"/tasks/{cast.orchard.tasks[0]}"
    for weight in (2, 3, 4):
        lev.edit(address, {"weight": weight})

    first = lev.get(f"{address}/history?limit=2")
    second = lev.get(f"{address}/history?limit=2&before_id={first['next_before_id']}")

    assert [entry["data"]["changes"]["weight"][1] for entry in first["items"]] == [4, 3]
    assert [entry["data"]["changes"]["weight"][1] for entry in second["items"]] == [2]
    assert second["next_before_id"] is None


def test_my_work_is_by_urgency(caller: object, cast: Cast) -> None:
    work = caller("mila").get("/my-work")  # type: ignore[operator]

    assert (work["total"], work["shown"]) == (1, 1)
    assert work["groups"][0]["urgency"] == "no_date"
    assert work["groups"][0]["items"][0]["card"]["key"] == "ШШ-1"


def test_list_is_filtered_sorted_and_cut(lev: Caller, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/tasks"
    lev.edit(f"/tasks/{cast.orchard.tasks[1]}", {"blocked_reason": "no room", "weight": 9})

    heavy_first = lev.get(f"{address}?sort=-weight&page_size=1")
    blocked = lev.get(f"{address}?is_blocked=true")
    found = lev.get(f"/boards/{cast.orchard.board}/tasks?search=шш-3")
    behind = lev.get(f"{address}?page=9")

    assert [card["key"] for card in heavy_first["items"]] == ["ШШ-2"]
    assert heavy_first["total"] == 3
    assert [card["key"] for card in blocked["items"]] == ["ШШ-2"]
    assert [card["key"] for card in found["items"]] == ["ШШ-3"]
    assert (behind["items"], behind["total"]) == ([], 3)


def test_edit_is_in_the_journal_under_the_owner_of_the_token(lev: Caller, cast: Cast) -> None:
    lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {"title": "Renamed"})

    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.kind, event.actor_id) == ("task.edited", cast.lev.user_id)


def test_done_is_said_once_and_again_makes_no_difference(client: FlaskClient, cast: Cast) -> None:
    headers, task = bearer("mila"), cast.orchard.tasks[0]

    first, again = (
        client.put(f"/api/v1/tasks/{task}/completion", json={}, headers=headers) for _ in "ab"
    )

    assert first.json is not None
    assert again.json is not None
    assert first.json["column_id"] == cast.orchard.columns[3]
    assert again.json["moves"] == first.json["moves"]


def test_my_work_tells_what_waits_for_others(client: FlaskClient, cast: Cast) -> None:
    Task.update(blocked_reason="No room").where(Task.id == cast.orchard.tasks[0]).execute()

    found = client.get("/api/v1/my-work", headers=bearer("mila")).json

    assert found is not None
    [item] = found["groups"][0]["items"]
    assert (item["is_waiting"], item["can_complete"], found["waiting"]) == (True, True, 1)
