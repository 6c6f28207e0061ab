"""Calendar and timeline through the API."""

import pytest

from pmo.models import Task
from tests.api.conftest import Caller
from tests.cast import Cast


def change(cast: Cast, number: int, **values: object) -> None:
    Task.update(**values).where(Task.id == cast.orchard.tasks[number - 1]).execute()


def test_month_tells_what_is_in_it_and_what_has_no_day(lev: Caller, cast: Cast) -> None:
    change(cast, 1, due_on="2021-10-31")
    change(cast, 2, due_on="2021-12-01")

    found = lev.get(f"/boards/{cast.orchard.board}/calendar?month=2021-10")

    assert [it["key"] for it in found["tasks"]] == ["ШШ-1"]
    assert [it["key"] for it in found["undated"]] == ["ШШ-3"]


@pytest.mark.parametrize("query", ["?month=2021-13", "?month=2021-10&colour=red"])
def test_month_that_is_none_is_refused(lev: Caller, cast: Cast, query: str) -> None:
    assert lev("GET", f"/boards/{cast.orchard.board}/calendar{query}").status_code == 422


def test_timeline_tells_stages_with_their_tasks(lev: Caller, cast: Cast) -> None:
    change(cast, 1, starts_on="2021-10-01", ends_on="2021-10-31")

    found = lev.get(f"/projects/{cast.orchard.project}/timeline?mine=false")

    [stage] = found["stages"]
    assert (stage["name"], [it["key"] for it in stage["tasks"]]) == ("Stage 1", ["ШШ-1"])
    assert [it["key"] for it in found["undated"]] == ["ШШ-2", "ШШ-3"]
    assert (found["shown"], found["total"]) == (3, 3)


def test_own_fields_filter_lists(lev: Caller, cast: Cast) -> None:
    lev("POST", f"/projects/{cast.orchard.project}/own-fields", {"name": "B", "kind": "number"})
    lev.edit(f"/tasks/{cast.orchard.tasks[1]}", {"own": {"f1": 12.5}})

    found = lev.get(f"/boards/{cast.orchard.board}/tasks?own=f1%3E%3D12&own=f1%3C%3D13")

    assert [it["key"] for it in found["items"]] == ["ШШ-2"]
