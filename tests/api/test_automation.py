"""Automation of boards through the API."""

from tests.api.conftest import Caller
from tests.cast import Cast


def test_a_rule_is_made_edited_moved_and_removed(lev: Caller, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/automation-rules"
    fields = {
        "name": "Onward",
        "trigger": "moved",
        "column_id": cast.orchard.columns[2],
        "action": "move",
        "target_id": cast.orchard.columns[3],
    }

    made = lev("POST", address, fields)
    other = lev("POST", address, {**fields, "name": "Other"})
    rule = f"/automation-rules/{made.json['id']}"
    edited = lev.edit(rule, {"trigger": "due", "days": 2})
    stale = lev("PATCH", rule, {"is_on": False}, If_Match=made.headers["ETag"])
    placed = lev(
        "PUT", f"/automation-rules/{other.json['id']}/placement", {"before_id": made.json["id"]}
    )
    names = [it["name"] for it in lev.get(address)["items"]]
    removed = lev("DELETE", rule, If_Match=edited.headers["ETag"])

    assert made.status_code == 201, made.text
    assert (edited.status_code, edited.json["column_id"], edited.json["days"]) == (200, None, 2)
    assert (stale.status_code, placed.status_code, removed.status_code) == (412, 200, 204)
    assert names == ["Other", "Onward"]


def test_what_a_rule_lacks_is_pointed_at(lev: Caller, cast: Cast) -> None:
    refused = lev(
        "POST",
        f"/boards/{cast.orchard.board}/automation-rules",
        {"name": "X", "trigger": "idle", "action": "label"},
    )

    assert refused.status_code == 422
    assert {it["pointer"] for it in refused.json["errors"]} == {"#/days", "#/label_id"}


def test_the_log_is_paged_with_reasons(lev: Caller, cast: Cast) -> None:
    full = cast.orchard.columns[1]
    lev.edit(f"/columns/{full}", {"wip_limit": 1})
    lev("PUT", f"/tasks/{cast.orchard.tasks[1]}/placement", {"column_id": full})
    fields = {"trigger": "moved", "column_id": cast.orchard.columns[2], "action": "move"}
    for name in ("One", "Two"):
        lev(
            "POST",
            f"/boards/{cast.orchard.board}/automation-rules",
            {"name": name, "target_id": full, **fields},
        )
    lev("PUT", f"/tasks/{cast.orchard.tasks[0]}/placement", {"column_id": cast.orchard.columns[2]})

    log = f"/boards/{cast.orchard.board}/automation-log"
    page = lev.get(f"{log}?limit=1")
    rest = lev.get(f"{log}?before_id={page['next_before_id']}")

    assert [it["rule_name"] for it in (*page["items"], *rest["items"])] == ["Two", "One"]
    assert page["items"][0]["reason"] == "The column “In progress” is full: its limit is 1."
    assert rest["next_before_id"] is None
