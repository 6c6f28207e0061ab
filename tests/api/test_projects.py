from collections.abc import Callable

import pytest

from pmo.models import Event, Membership, Project
from tests.api.conftest import Caller
from tests.cast import Cast


def test_registry_shows_only_what_may_be_seen(caller: Callable[..., Caller], cast: Cast) -> None:
    codes = {
        login: [item["code"] for item in caller(login).get("/projects")["items"]]
        for login in ("ada", "lev", "clea")
    }

    assert codes == {"ada": ["ГВ", "ШШ"], "lev": ["ШШ"], "clea": ["ГВ"]}


def test_registry_is_filtered_sorted_and_cut(ada: Caller, cast: Cast) -> None:
    found = ada.get("/projects?search=orchard&gate=active")
    turned = ada.get("/projects?sort=-code&page_size=1")

    assert [item["code"] for item in found["items"]] == ["ШШ"]
    assert ([item["code"] for item in turned["items"]], turned["total"]) == (["ШШ"], 2)


def test_anybody_may_propose_an_initiative(caller: Callable[..., Caller], cast: Cast) -> None:
    olga = caller("olga")

    response = olga("POST", "/projects", {"code": "тт", "name": "Тьютор", "goal": "Помочь"})

    assert response.status_code == 201, response.text
    project = response.json
    assert (project["code"], project["gate"], project["lead"]) == ("ТТ", "initiative", "Olga")
    assert project["passport"]["goal"] == "Помочь"
    assert len(olga.get(f"/boards/{project['boards'][0]['id']}")["columns"]) == 5


def test_taken_code_is_told_by_its_place(lev: Caller, cast: Cast) -> None:
    response = lev("POST", "/projects", {"code": "ГВ", "name": "Another"})

    assert response.status_code == 409
    assert response.json["errors"] == [{"pointer": "#/code", "detail": "This is already in use."}]


def test_head_is_edited_field_by_field(lev: Caller, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}"

    response = lev.edit(address, {"name": "Школа – Школе"})

    assert response.status_code == 200, response.text
    assert (response.json["name"], response.json["weight"]) == ("Школа – Школе", 1)
    assert response.json["lead"] == "Lev"


def test_put_passport_empties_what_is_left_out_and_patch_keeps_it(lev: Caller, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/passport"

    patched = lev.edit(address, {"risks": ["Late", "Expensive"]}).json
    put = lev.edit(address, {"concept": "Neighbours"}, method="PUT").json

    assert (patched["goal"], patched["risks"]) == ("The goal of Orchard", ["Late", "Expensive"])
    assert (put["goal"], put["risks"], put["concept"]) == ("", [], "Neighbours")


def test_gate_is_passed_with_a_reason(lev: Caller, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/gate-decisions"
    passage = {"to": "closing", "expected_gate": "active", "reason": "All is done"}

    passed = lev("POST", address, passage)
    again = lev("POST", address, passage)
    history = lev.get(address)["items"]

    assert (passed.status_code, passed.json["gate"]) == (201, "closing")
    assert (again.status_code, again.json["code"]) == (409, "gate_moved")
    assert [(line["to_gate"], line["by"]) for line in history] == [
        ("closing", "Lev"),
        ("initiative", "Lev"),
    ]


def test_gate_of_the_director_is_not_the_leads(
    lev: Caller, caller: Callable[..., Caller], cast: Cast
) -> None:
    address = f"/projects/{cast.orchard.project}/gate-decisions"
    passage = {"to": "suspended", "expected_gate": "active", "reason": "No money"}

    refused = lev("POST", address, passage)
    passed = caller("dina")("POST", address, passage)

    assert (refused.status_code, passed.status_code) == (403, 201)


def test_stages_are_added_understood_moved_and_removed(lev: Caller, cast: Cast) -> None:
    made = lev(
        "POST",
        f"/projects/{cast.orchard.project}/stages",
        {"name": "Third", "period": "сентябрь – октябрь 2021 г."},
    )
    address = f"/stages/{made.json['id']}"

    placed = lev("PUT", f"{address}/placement", {"before_id": cast.orchard.stages[0]})
    edited = lev.edit(address, {"name": "First of all"})
    order = [
        stage["name"] for stage in lev.get(f"/projects/{cast.orchard.project}/stages")["items"]
    ]
    removed = lev.edit(address, None, method="DELETE")

    assert made.status_code == 201, made.text
    assert (made.json["starts_on"], made.json["ends_on"]) == ("2021-09-01", "2021-10-31")
    assert (placed.status_code, edited.status_code, removed.status_code) == (200, 200, 204)
    assert order == ["First of all", "Stage 1", "Stage 2"]


def test_stage_with_tasks_stays(lev: Caller, cast: Cast) -> None:
    response = lev.edit(f"/stages/{cast.orchard.stages[0]}", None, method="DELETE")

    assert (response.status_code, response.json["code"]) == (409, "in_use")


def test_members_come_change_and_go(lev: Caller, cast: Cast) -> None:
    members = f"/projects/{cast.orchard.project}/members"
    clea = f"{members}/{cast.clea.user_id}"

    made = lev("PUT", clea, {"role": "member"})
    changed = lev("PUT", clea, {"role": "observer"})
    gone = lev("DELETE", clea)

    assert [answer.status_code for answer in (made, changed, gone)] == [200, 200, 204]
    assert changed.json["role"] == "observer"
    assert len(lev.get(members)["items"]) == 3


def test_lead_of_a_project_stays_its_member(lev: Caller, cast: Cast) -> None:
    address = f"/projects/{cast.orchard.project}/members/{cast.lev.user_id}"

    assert lev("DELETE", address).json["code"] == "lead_stays"
    assert Membership.select().where(Membership.user == cast.lev.user_id).exists()


def test_labels_are_made_changed_and_removed(lev: Caller, cast: Cast) -> None:
    labels = f"/projects/{cast.orchard.project}/labels"

    made = lev("POST", labels, {"name": "Seminar", "colour": "teal"})
    changed = lev("PATCH", f"/labels/{made.json['id']}", {"colour": "blue"})
    twice = lev("POST", labels, {"name": "Seminar", "colour": "teal"})
    gone = lev("DELETE", f"/labels/{made.json['id']}")

    assert [answer.status_code for answer in (made, changed, twice, gone)] == [201, 200, 409, 204]
    assert changed.json == {"id": made.json["id"], "name": "Seminar", "colour": "blue"}
    assert [label["name"] for label in lev.get(labels)["items"]] == ["Urgent"]


def test_journal_of_a_project_is_read_page_by_page(lev: Caller, cast: Cast) -> None:
    for weight in (2, 3):
        lev.edit(f"/projects/{cast.orchard.project}", {"weight": weight})
    lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {"title": "Renamed"})

    first = lev.get(f"/projects/{cast.orchard.project}/events?limit=1")
    rest = lev.get(f"/projects/{cast.orchard.project}/events?before_id={first['next_before_id']}")

    assert first["items"][0]["kind"] == "task.edited"
    assert first["items"][0]["task_id"] == cast.orchard.tasks[0]
    assert [entry["kind"] for entry in rest["items"]] == ["project.edited", "project.edited"]


def test_cascade_holds_no_foreign_project(caller: Callable[..., Caller], cast: Cast) -> None:
    cascade = caller("clea").get("/programmes")

    [programme] = cascade["programmes"]
    [strategic] = programme["strategic_projects"]
    assert [project["code"] for project in strategic["projects"]] == ["ГВ"]


def test_programmes_are_the_offices(ada: Caller, lev: Caller, cast: Cast) -> None:
    refused = lev("POST", "/programmes", {"name": "Mine"})
    made = ada("POST", "/programmes", {"name": "Growth 2", "period": "2020-2024"})
    strategic = ada(
        "POST", f"/programmes/{made.json['id']}/strategic-projects", {"name": "People 2"}
    )
    edited = ada.edit(f"/strategic-projects/{strategic.json['id']}", {"name": "People 3"})

    assert [answer.status_code for answer in (refused, made, strategic, edited)] == [
        403,
        201,
        201,
        200,
    ]
    assert made.json["period"]["ends_on"] == "2024-12-31"
    assert edited.json["name"] == "People 3"
    assert ada.edit(f"/programmes/{made.json['id']}", {"period": ""}).json["period"] is None


@pytest.mark.parametrize("lead", [None, 999_999])
def test_lead_who_is_nobody(lev: Caller, cast: Cast, lead: int | None) -> None:
    response = lev.edit(f"/projects/{cast.orchard.project}", {"lead_id": lead})

    present = Project.get_by_id(cast.orchard.project).lead_id
    if lead is None:
        assert (response.status_code, present) == (200, None)
    else:
        assert (response.status_code, present) == (422, cast.lev.user_id)
        assert response.json["errors"][0]["pointer"] == "#/lead_id"


def test_refusals_leave_no_event(lev: Caller, cast: Cast) -> None:
    lev("POST", "/projects", {"code": "ГВ", "name": "Another"})
    lev("POST", f"/projects/{cast.harbour.project}/labels", {"name": "x", "colour": "red"})

    assert Event.select().count() == 0
