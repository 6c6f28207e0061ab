"""Filters kept under a name: one's own, shared ones, their addresses, and who may do what."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.models import Event, SavedFilter
from pmo.services import saved_filters
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


def board(cast: Cast, query: str = "") -> str:
    return f"/boards/{cast.orchard.board}{query}"


def keep(client: FlaskClient, cast: Cast, name: str, query: str = "?mine=1", **more: str) -> int:
    address = f"/boards/{cast.orchard.board}/filters{query}"
    return client.post(address, data={"name": name, **more}).status_code


def saved(client: FlaskClient, cast: Cast) -> list[tuple[str, str]]:
    page = BeautifulSoup(client.get(board(cast)).text, "lxml")
    return [(link.text, link["href"]) for link in page.select(".saved a")]


def test_a_filter_is_kept_and_offered_as_a_link(mila: FlaskClient, cast: Cast) -> None:
    label = cast.orchard.labels[0]

    assert keep(mila, cast, "Burning", f"?label_id={label}&mine=1&column_id=1") == 303

    assert saved(mila, cast) == [("Burning", board(cast, f"?label_id={label}&mine=1"))]
    kept = SavedFilter.get()
    assert mila.get(f"/filters/{kept.id}").location == saved(mila, cast)[0][1]
    assert Event.get().data == {"filter": "Burning", "owner": "mila", "is_shared": False}


def test_own_filters_are_nobody_elses_and_shared_ones_everybodys(
    client: FlaskClient, cast: Cast
) -> None:
    keep(sign_in(client, "mila"), cast, "Own")
    keep(sign_in(client, "lev"), cast, "Ours", is_shared="1")

    names = {
        login: [name for name, _ in saved(sign_in(client, login), cast)]
        for login in ("mila", "lev", "olga")
    }

    assert names == {"mila": ["Own", "Ours"], "lev": ["Ours"], "olga": ["Ours"]}
    own = SavedFilter.get(SavedFilter.name == "Own")
    assert sign_in(client, "lev").get(f"/filters/{own.id}").status_code == 404
    assert sign_in(client, "ada").get(f"/api/v1/filters/{own.id}").status_code == 404


def test_only_the_lead_shares_and_changes_what_is_shared(client: FlaskClient, cast: Cast) -> None:
    assert keep(sign_in(client, "mila"), cast, "Ours", is_shared="1") == 403
    keep(sign_in(client, "lev"), cast, "Ours", is_shared="1")
    kept = SavedFilter.get()
    mila = sign_in(client, "mila")

    refused = [
        mila.post(f"/filters/{kept.id}", data={"name": "Mine", "version": 1}).status_code,
        mila.post(f"/filters/{kept.id}/removal", data={"version": 1}).status_code,
        mila.delete(f"/api/v1/filters/{kept.id}", headers={"If-Match": "*"}).status_code,
    ]

    assert refused == [403, 403, 403]
    assert SavedFilter.get_by_id(kept.id).name == "Ours"


def test_a_filter_is_renamed_by_its_version_and_removed(mila: FlaskClient, cast: Cast) -> None:
    keep(mila, cast, "Own")
    kept = SavedFilter.get()

    done = mila.post(f"/filters/{kept.id}", data={"name": "Renamed", "version": 1})
    late = mila.post(f"/filters/{kept.id}", data={"name": "Late", "version": 1})

    assert (done.status_code, late.status_code) == (303, 409)
    assert SavedFilter.get_by_id(kept.id).name == "Renamed"
    assert mila.post(f"/filters/{kept.id}/removal", data={"version": 2}).status_code == 303
    assert SavedFilter.select().count() == 0
    assert [event.kind.partition("_")[2] for event in Event.select().order_by(Event.id)] == [
        "added",
        "edited",
        "removed",
    ]


def test_a_name_is_used_once_by_a_person(mila: FlaskClient, cast: Cast) -> None:
    keep(mila, cast, "Own")

    assert keep(mila, cast, "Own") == 409
    assert SavedFilter.select().count() == 1


def test_things_of_another_project_cannot_be_kept(mila: FlaskClient, cast: Cast) -> None:
    harbour = cast.harbour
    for query in (
        f"?stage_id={harbour.stages[0]}",
        f"?label_id={harbour.labels[0]}",
        f"?assignee_id={cast.clea.user_id}",
    ):
        assert keep(mila, cast, "Foreign", query) == 404
    assert SavedFilter.select().count() == 0


def test_there_is_an_end_of_filters(
    mila: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_filters, "MOST_FILTERS", 1)
    keep(mila, cast, "First")

    assert keep(mila, cast, "Second") == 409


def test_a_name_cannot_become_html(mila: FlaskClient, cast: Cast) -> None:
    for payload in PAYLOADS:
        asked = {"search": payload}
        name = payload[:60]
        saved_filters.add(cast.orchard.project, name=name, asked=asked, actor=cast.mila, at=NOW)

    page = BeautifulSoup(mila.get(board(cast)).text, "lxml")
    listed = BeautifulSoup(mila.get(f"/projects/{cast.orchard.project}/filters").text, "lxml")

    assert len(page.select(".saved a")) == len(PAYLOADS)
    assert not page.select(".saved script, .saved img, .saved svg, .saved iframe")
    assert not listed.select("main script, main img, main iframe, main style")


def test_the_api_keeps_lists_and_forgets(mila: FlaskClient, cast: Cast) -> None:
    address = f"/api/v1/projects/{cast.orchard.project}/filters"
    made = mila.post(address, json={"name": "Own", "asked": {"mine": True, "assignee_id": [0]}})
    one = made.headers["Location"]

    listed = mila.get(address).json["items"]
    renamed = mila.patch(one, json={"name": "New"}, headers={"If-Match": made.headers["ETag"]})
    stale = mila.patch(one, json={"name": "Old"}, headers={"If-Match": made.headers["ETag"]})
    gone = mila.delete(one, headers={"If-Match": renamed.headers["ETag"]})

    assert made.status_code == 201
    assert [(it["name"], it["asked"]) for it in listed] == [
        ("Own", {"mine": True, "assignee_id": [0]})
    ]
    assert [it.status_code for it in (renamed, stale, gone)] == [200, 412, 204]
    bad = {"name": "Bad", "asked": {"column_id": 1}}
    assert mila.post(address, json=bad).status_code == 422
