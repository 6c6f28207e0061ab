"""Decision 0004, line by line."""

import re

import pytest

from pmo.models import Label, Task
from tests.api.conftest import Caller
from tests.cast import Cast


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/tasks/{cast.orchard.tasks[0]}"


def test_tag_names_edits_and_moves(lev: Caller, address: str) -> None:
    tag = lev("GET", address).headers["ETag"]

    assert re.fullmatch(r'"1\.0\.[0-9a-f]{12}"', tag)


@pytest.mark.parametrize("method", ["PATCH"])
def test_without_a_precondition_it_is_428_and_nothing_changes(
    lev: Caller, address: str, method: str
) -> None:
    response = lev(method, address, {"title": "Blind"})

    assert response.status_code == 428
    assert response.json["code"] == "precondition_required"
    assert Task.select().where(Task.title == "Blind").count() == 0


def test_precondition_is_asked_for_before_the_body_is_looked_at(lev: Caller, address: str) -> None:
    assert lev("PATCH", address, {"no": "such"}).status_code == 428


def test_stale_tag_is_412_and_nothing_changes(lev: Caller, address: str) -> None:
    seen = lev("GET", address).headers["ETag"]
    lev("PATCH", address, {"title": "First"}, If_Match=seen)

    response = lev("PATCH", address, {"weight": 7}, If_Match=seen)

    assert response.status_code == 412
    assert response.json["code"] == "stale_version"
    assert lev.get(address)["weight"] == 1


@pytest.mark.parametrize(
    "tag", ['W/"1.0.0123456789ab"', '"nonsense"', "nonsense", '""', '"99"', '"٣"']
)
def test_tag_that_is_not_the_present_one_is_412(lev: Caller, address: str, tag: str) -> None:
    if not tag.isascii():
        tag = tag.encode().decode("latin-1")

    assert lev("PATCH", address, {"weight": 7}, If_Match=tag).status_code == 412


def test_any_version_is_a_star(lev: Caller, address: str) -> None:
    assert lev("PATCH", address, {"weight": 7}, If_Match="*").status_code == 200


def test_edit_and_move_never_clash(lev: Caller, address: str, cast: Cast) -> None:
    seen = lev("GET", address).headers["ETag"]
    lev("PUT", f"{address}/placement", {"column_id": cast.orchard.columns[2]})

    response = lev("PATCH", address, {"weight": 7}, If_Match=seen)

    assert response.status_code == 200


def test_tag_of_an_answer_serves_the_next_edit(lev: Caller, address: str) -> None:
    first = lev.edit(address, {"weight": 2})

    second = lev("PATCH", address, {"weight": 3}, If_Match=first.headers["ETag"])

    assert second.status_code == 200


def test_unchanged_task_is_not_sent_again(lev: Caller, address: str) -> None:
    seen = lev("GET", address).headers["ETag"]

    response = lev("GET", address, If_None_Match=seen)

    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == seen


def test_304_is_never_told_after_a_move_or_a_renamed_label(
    lev: Caller, address: str, cast: Cast
) -> None:
    lev.edit(address, {"label_ids": list(cast.orchard.labels)})
    seen = lev("GET", address).headers["ETag"]

    Label.update(name="Renamed").where(Label.id == cast.orchard.labels[0]).execute()
    after_label = lev("GET", address, If_None_Match=seen)
    seen = after_label.headers["ETag"]
    lev("PUT", f"{address}/placement", {"column_id": cast.orchard.columns[2]})
    after_move = lev("GET", address, If_None_Match=seen)

    assert (after_label.status_code, after_move.status_code) == (200, 200)


def test_unchanged_board_is_not_read(lev: Caller, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    seen = lev("GET", address).headers["ETag"]

    same = lev("GET", address, If_None_Match=seen)
    lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {"title": "Renamed"})
    changed = lev("GET", address, If_None_Match=seen)

    assert (same.status_code, changed.status_code) == (304, 200)


def test_renaming_a_board_does_not_clash_with_its_tasks(lev: Caller, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}"
    seen = lev("GET", address).headers["ETag"]
    lev("POST", f"/columns/{cast.orchard.columns[0]}/tasks", {"title": "Meanwhile"})

    response = lev("PATCH", address, {"name": "Renamed"}, If_Match=seen)

    assert response.status_code == 200, response.text


def test_compressed_answer_keeps_its_strong_tag(lev: Caller, cast: Cast) -> None:
    response = lev("GET", f"/boards/{cast.orchard.board}", Accept_Encoding="gzip")

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"].startswith('"')


def test_tag_with_an_endless_number_is_none_of_ours(lev: Caller, address: str) -> None:
    response = lev("PATCH", address, {"title": "First"}, If_Match=f'"{"9" * 5000}.a"')

    assert response.status_code == 412
