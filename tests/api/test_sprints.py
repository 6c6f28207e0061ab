"""Sprints by the API: the same as the pages, with versions and reasons."""

from collections.abc import Callable
from typing import Any

import pytest

from pmo.domain.vocabulary import SprintPolicy
from pmo.models import Task
from pmo.services.sprints import Share
from tests.api.conftest import Caller
from tests.cast import Cast
from tests.services.test_sprints import begun, edit, expect, last, lay_out, put

LAYOUT = {"count": 3, "starts_on": "2025-01-13", "weeks": 4, "trial_weeks": 2, "policy": "rolling"}


def test_sprints_are_laid_out_and_listed(lev: Caller, cast: Cast) -> None:
    place = f"/projects/{cast.orchard.project}/sprints"

    made = lev("PUT", place, {**LAYOUT, "weight_unit": "hours"})
    listed = lev("GET", place)

    assert made.status_code == 200, made.text
    assert made.json == listed.json
    assert (listed.json["policy"], listed.json["count"], listed.json["weight_unit"]) == (
        "rolling",
        3,
        "hours",
    )
    assert [it["number"] for it in listed.json["items"]] == [0, 1, 2, 3]
    assert listed.json["items"][1] | {"id": 0} == {
        "id": 0,
        "number": 1,
        "is_trial": False,
        "goal": "",
        "starts_on": "2025-01-27",
        "ends_on": "2025-02-23",
        "state": "planned",
        "started_at": None,
        "closed_at": None,
        "goal_met": None,
        "task_count": 0,
        "done_count": 0,
        "weight": 0,
        "done_weight": 0,
        "version": 1,
    }


def test_an_edit_names_the_version_it_saw(lev: Caller, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    people = [{"user_id": cast.mila.user_id, "percent": 50}]

    edited = lev.edit(f"/sprints/{trial}", {"goal": "Try", "people": people})
    stale = lev("PATCH", f"/sprints/{trial}", {"goal": "Mine"}, If_Match='"1.x"')
    blind = lev("PATCH", f"/sprints/{trial}", {"goal": "Mine"})

    assert edited.status_code == 200, edited.text
    assert edited.json["people"] == [
        {
            "user_id": cast.mila.user_id,
            "login": "mila",
            "name": "Mila",
            "percent": 50,
            "days_off": 0,
        }
    ]
    assert (stale.status_code, blind.status_code) == (412, 428)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"ends_on": "2025-02-10"}, 422),
        ({"starts_on": "2025-01-32"}, 422),
        ({"people": [{"user_id": 999_999}]}, 404),
        ({"people": [{"user_id": 1, "percent": 0}]}, 422),
        ({"people": [{"percent": 50}]}, 422),
        ({"number": 4}, 422),
        ({"goal": "x" * 2_001}, 422),
    ],
)
def test_what_does_not_fit_changes_nothing(
    lev: Caller, cast: Cast, changes: dict[str, Any], status: int
) -> None:
    [trial, *_] = lay_out(cast)

    assert lev.edit(f"/sprints/{trial}", changes).status_code == status
    assert lev("GET", f"/sprints/{trial}").json["version"] == 1


def test_a_person_is_named_once(lev: Caller, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    twice = [{"user_id": cast.mila.user_id}, {"user_id": cast.mila.user_id, "percent": 50}]

    answer = lev.edit(f"/sprints/{trial}", {"people": twice})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/people"


def test_cards_are_put_in_started_with_and_taken_out(lev: Caller, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    first, second, _third = cast.orchard.tasks
    expect(cast, 0, 1)
    place = f"/sprints/{trial}/tasks"

    put_in = lev("POST", place, {"task_ids": [first, second]})
    etag = lev("GET", f"/sprints/{trial}").headers["ETag"]
    started = lev("PUT", f"/sprints/{trial}/start", If_Match=etag)
    again = lev("PUT", f"/sprints/{trial}/start", If_Match="*")
    taken = lev("DELETE", f"{place}/{second}?reason=Too+much")
    changes = lev("GET", f"/sprints/{trial}/changes").json

    assert [it["task"]["key"] for it in put_in.json["items"]] == ["ШШ-1", "ШШ-2"]
    assert (started.status_code, started.json["state"]) == (200, "active")
    assert (again.status_code, again.json["code"]) == (409, "sprint_not_planned")
    assert [it["task"]["key"] for it in taken.json["items"]] == ["ШШ-1"]
    assert last("task.sprint_set")["reason"] == "Too much"
    assert (changes["cards"], [it["kind"] for it in changes["items"]]) == (2, ["removed"])


def test_refusals_have_their_codes(lev: Caller, cast: Cast) -> None:
    ids = begun(cast)
    expect(cast, 1)

    early = lev("POST", f"/sprints/{ids[1]}/tasks", {"task_ids": [cast.orchard.tasks[1]]})
    bare = lev("POST", f"/sprints/{ids[0]}/tasks", {"task_ids": [cast.orchard.tasks[2]]})
    start = lev("PUT", f"/sprints/{ids[1]}/start", If_Match="*")
    foreign = lev("POST", f"/sprints/{ids[0]}/tasks", {"task_ids": [cast.harbour.tasks[0]]})

    assert (early.status_code, early.json["code"]) == (409, "previous_sprint_not_closed")
    assert (bare.status_code, bare.json["code"]) == (409, "results_missing")
    assert start.status_code == 409
    assert foreign.status_code == 404


def test_a_task_tells_its_sprint_and_its_tag_changes_with_it(lev: Caller, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    card = cast.orchard.tasks[0]
    before = lev("GET", f"/tasks/{card}")

    put(cast, trial, expect(cast, 0))
    after = lev("GET", f"/tasks/{card}")

    assert before.json["sprint"] is None
    assert after.json["sprint"] == {"id": trial, "number": 0, "state": "planned"}
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.parametrize(
    ("asked", "keys"), [("active", ["ШШ-1"]), ("0", ["ШШ-1"]), ("backlog", ["ШШ-2", "ШШ-3"])]
)
def test_lists_ask_for_a_sprint(lev: Caller, cast: Cast, asked: str, keys: list[str]) -> None:
    begun(cast)

    found = lev("GET", f"/projects/{cast.orchard.project}/tasks?sprint={asked}").json

    assert [it["key"] for it in found["items"]] == keys
    assert {it["sprint"] for it in found["items"]} == ({None} if asked == "backlog" else {0})


def test_the_backlog_is_what_no_sprint_is_to_do(lev: Caller, cast: Cast) -> None:
    begun(cast)
    Task.update(column=cast.orchard.columns[3]).where(Task.id == cast.orchard.tasks[2]).execute()
    place = f"/projects/{cast.orchard.project}/backlog"

    found = lev("GET", place).json

    assert ([it["key"] for it in found["items"]], found["total"]) == (["ШШ-2"], 1)
    assert lev("GET", f"{place}?sprint=1").status_code == 422


def test_capacity_is_told_in_numbers(lev: Caller, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    edit(cast, trial, people=[Share(cast.mila.user_id, 50, 2)])

    found = lev("GET", f"/sprints/{trial}/capacity").json

    assert found | {"people": []} == {
        "working_days": 10,
        "working_hours": 80,
        "person_days": 4.0,
        "person_hours": 32.0,
        "committed": 0,
        "basis": "nothing",
        "most": None,
        "past_sprints": 0,
        "people": [],
    }
    assert found["people"][0]["days"] == 4.0


def test_the_settings_are_said_as_a_whole(lev: Caller, cast: Cast) -> None:
    lay_out(cast)
    place = f"/projects/{cast.orchard.project}/sprint-settings"

    answer = lev("PUT", place, {"policy": "free"})

    assert (answer.json["policy"], answer.json["weight_unit"]) == ("free", "points")
    assert lev("PUT", place, {}).status_code == 422


def test_only_who_leads_plans(caller: Callable[..., Caller], cast: Cast, lev: Caller) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    mila = caller("mila")

    for answer in (
        mila("POST", f"/sprints/{ids[0]}/tasks", {"task_ids": [cast.orchard.tasks[0]]}),
        mila("PUT", f"/projects/{cast.orchard.project}/sprints", LAYOUT),
        mila("PUT", f"/sprints/{ids[0]}/start", If_Match="*"),
    ):
        assert answer.status_code == 403
    assert mila("GET", f"/sprints/{ids[0]}/tasks").status_code == 200
    assert lev("GET", f"/sprints/{ids[0]}/tasks").json == {"items": []}
