"""The rules of boards through the API."""

from collections.abc import Callable

import pytest

from pmo.models import Column
from tests.api.conftest import Caller
from tests.cast import Cast


@pytest.fixture
def mila(caller: Callable[..., Caller]) -> Caller:
    return caller("mila")


def test_a_rule_of_moves_is_made_read_and_removed(lev: Caller, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/move-rules"

    made = lev("POST", address, {"target_id": cast.orchard.columns[3]})
    listed = lev.get(address)["items"]
    removed = lev("DELETE", f"/move-rules/{made.json['id']}")

    assert made.status_code == 201, made.text
    assert listed == [
        {
            "id": made.json["id"],
            "source_id": None,
            "source_name": "",
            "target_id": cast.orchard.columns[3],
            "target_name": "Done",
            "least_role": "lead",
        }
    ]
    assert not lev.get(f"/boards/{cast.orchard.board}")["columns"][3]["head"]["enter_by_lead"]
    assert removed.status_code == 204
    assert lev.get(address)["items"] == []


def test_a_kept_move_is_forbidden_with_a_code_of_its_own(
    lev: Caller, mila: Caller, cast: Cast
) -> None:
    lev("POST", f"/boards/{cast.orchard.board}/move-rules", {"target_id": cast.orchard.columns[3]})

    refused = mila(
        "PUT", f"/tasks/{cast.orchard.tasks[0]}/placement", {"column_id": cast.orchard.columns[3]}
    )

    assert (refused.status_code, refused.json["code"]) == (403, "move_not_allowed")


def test_the_answer_lists_what_the_done_column_asks_for(mila: Caller, cast: Cast) -> None:
    done, address = cast.orchard.columns[3], f"/tasks/{cast.orchard.tasks[0]}/placement"
    Column.update(definition_of_done="Report\nPhotos").where(Column.id == done).execute()

    asked = mila("PUT", address, {"column_id": done})
    moved = mila("PUT", address, {"column_id": done, "confirmed": asked.json["criteria"]})

    assert (asked.status_code, asked.json["code"]) == (409, "definition_of_done_asked")
    assert asked.json["criteria"] == ["Report", "Photos"]
    assert asked.json["errors"][0]["pointer"] == "#/confirmed"
    assert (moved.status_code, moved.json["is_done"]) == (200, True)
