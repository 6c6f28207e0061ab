from pmo.models import Board, Column
from tests.api.conftest import Caller
from tests.cast import Cast


def test_board_is_given_whole(lev: Caller, cast: Cast) -> None:
    board = lev.get(f"/boards/{cast.orchard.board}")

    assert [column["head"]["name"] for column in board["columns"]] == [
        "Queue",
        "In progress",
        "Waiting",
        "Done",
    ]
    assert [card["key"] for card in board["columns"][0]["cards"]] == ["ШШ-1", "ШШ-2", "ШШ-3"]
    assert board["columns"][0]["head"]["count"] == 3
    assert (board["can_edit"], board["can_configure"]) == (True, True)


def test_created_board_has_the_usual_columns(lev: Caller, cast: Cast) -> None:
    response = lev("POST", f"/projects/{cast.orchard.project}/boards", {"name": "Second"})

    assert response.status_code == 201, response.text
    made = lev.get(f"/boards/{response.json['id']}")
    assert len(made["columns"]) == 5
    listed = lev.get(f"/projects/{cast.orchard.project}/boards")["items"]
    assert [board["name"] for board in listed] == ["Board of Orchard", "Second"]


def test_column_is_added_edited_moved_and_removed(lev: Caller, cast: Cast) -> None:
    made = lev(
        "POST",
        f"/boards/{cast.orchard.board}/columns",
        {"name": "Review", "meaning": "waiting", "wip_limit": 2, "wip_kind": "soft"},
    )
    address = f"/columns/{made.json['id']}"

    edited = lev.edit(address, {"wip_limit": None, "wip_kind": "none"})
    placed = lev("PUT", f"{address}/placement", {"before_id": cast.orchard.columns[0]})
    order = [
        column["head"]["key"] for column in lev.get(f"/boards/{cast.orchard.board}")["columns"]
    ]
    removed = lev.edit(address, None, method="DELETE")

    assert made.status_code == 201, made.text
    assert (edited.status_code, edited.json["wip_limit"]) == (200, None)
    assert (placed.status_code, order[0]) == (200, "c5")
    assert (removed.status_code, removed.data) == (204, b"")
    assert lev("GET", address).status_code == 404


def test_limit_without_its_kind_is_refused(lev: Caller, cast: Cast) -> None:
    response = lev.edit(f"/columns/{cast.orchard.columns[0]}", {"wip_limit": 3})

    assert response.status_code == 422
    assert response.json["errors"][0]["pointer"] == "#/wip_limit"
    assert Column.get_by_id(cast.orchard.columns[0]).wip_limit is None


def test_column_with_tasks_cannot_be_removed(lev: Caller, cast: Cast) -> None:
    response = lev.edit(f"/columns/{cast.orchard.columns[0]}", None, method="DELETE")

    assert (response.status_code, response.json["code"]) == (409, "in_use")


def test_stale_name_of_a_board_is_refused(lev: Caller, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    seen = lev("GET", address).headers["ETag"]
    lev("PATCH", address, {"name": "First"}, If_Match=seen)

    response = lev("PATCH", address, {"name": "Second"}, If_Match=seen)

    assert response.status_code == 412
    assert Board.get_by_id(cast.orchard.board).name == "First"
