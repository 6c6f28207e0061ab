"""Own fields through the API."""

import pytest

from tests.api.conftest import Caller
from tests.cast import Cast


def place(cast: Cast) -> str:
    return f"/projects/{cast.orchard.project}/own-fields"


def test_field_lives_from_making_to_removal(lev: Caller, cast: Cast) -> None:
    made = lev("POST", place(cast), {"name": "Form", "kind": "choice", "choices": ["a", "b"]})
    field = f"/own-fields/{made.json['id']}"
    renamed = lev.edit(field, {"name": "Way"})
    listed = lev("GET", place(cast))

    assert (made.status_code, made.json["key"]) == (201, "f1")
    assert (renamed.json["name"], renamed.json["version"]) == ("Way", 2)
    assert [it["choices"] for it in listed.json["items"]] == [["a", "b"]]


def test_task_takes_and_gives_values(lev: Caller, cast: Cast) -> None:
    lev("POST", place(cast), {"name": "Budget", "kind": "number"})
    lev("POST", place(cast), {"name": "Place", "kind": "text"})
    task = f"/tasks/{cast.orchard.tasks[0]}"

    lev.edit(task, {"own": {"f1": 12.5, "f2": "Hall"}})
    edited = lev.edit(task, {"own": {"f2": None}})
    lists = (f"/projects/{cast.orchard.project}/tasks", f"/boards/{cast.orchard.board}/tasks")

    assert [(it["key"], it["value"]) for it in edited.json["own"]] == [("f1", 12.5), ("f2", None)]
    for address in lists:
        first, second, _third = lev.get(address)["items"]
        assert first["own"] == edited.json["own"]
        assert [it["value"] for it in second["own"]] == [None, None]


@pytest.mark.parametrize(
    ("own", "status"),
    [
        ({"f1": "much"}, 422),
        ({"f1": True}, 422),
        ({"f1": [1]}, 422),
        ({"f9": "x"}, 404),
        ({"budget": 1}, 404),
        (["f1"], 422),
    ],
)
def test_value_that_does_not_fit_is_refused(
    lev: Caller, cast: Cast, own: object, status: int
) -> None:
    lev("POST", place(cast), {"name": "Budget", "kind": "number"})

    answer = lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {"own": own})

    assert answer.status_code == status
    if own == {"f1": "much"}:
        assert answer.json["errors"][0]["pointer"] == "#/own/f1"


def test_removal_asks_whether_values_may_go(lev: Caller, cast: Cast) -> None:
    made = lev("POST", place(cast), {"name": "Budget", "kind": "number"})
    lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {"own": {"f1": 5}})
    field = f"/own-fields/{made.json['id']}"

    refused = lev("DELETE", field, If_Match="*")
    removed = lev("DELETE", f"{field}?with_values=true", If_Match="*")

    assert (refused.status_code, refused.json["code"]) == (409, "in_use")
    assert removed.status_code == 204
