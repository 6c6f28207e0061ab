"""The production calendar by program."""

import pytest

from pmo.models import Event
from tests.api.conftest import Caller
from tests.cast import Cast

DAY = "/production-calendar/days/2026-09-01"


def test_a_year_tells_its_days_and_figures(lev: Caller) -> None:
    year = lev.get("/production-calendar?year=2026")

    days = {it["day"]: it for it in year["days"]}
    assert len(days) == 365
    assert days["2026-11-04"] | {"version": 0} == {
        "day": "2026-11-04",
        "kind": "holiday",
        "hours": 0,
        "holiday": "unity",
        "moved": None,
        "note": "",
        "is_own": False,
        "version": 0,
    }
    assert days["2026-12-31"]["moved"] == "2026-01-04"
    assert (year["total"]["working_days"], year["total"]["hours"]) == (247, 1972)
    assert [it["working_days"] for it in year["quarters"]] == [55, 62, 66, 64]
    assert year["decree"] == {"number": "1466", "signed_on": "2025-09-24"}
    assert year["is_confirmed"]


def test_a_day_is_set_by_the_tag_that_was_seen_and_taken_back(ada: Caller, lev: Caller) -> None:
    seen = ada("GET", DAY).headers["ETag"]

    made = ada("PUT", DAY, {"kind": "day_off", "note": "Order"}, If_Match=seen)
    late = ada("PUT", DAY, {"kind": "working"}, If_Match=seen)

    assert (made.status_code, late.status_code) == (200, 412)
    assert made.json["is_own"]
    assert not lev.get("/production-calendar?year=2027")["is_confirmed"]
    assert lev.get(DAY)["hours"] == 0
    gone = ada("DELETE", DAY, If_Match=made.headers["ETag"])
    assert (gone.status_code, lev.get(DAY)["hours"]) == (204, 8)
    assert ada("DELETE", DAY, If_Match="*").status_code == 404


def test_a_year_is_confirmed(ada: Caller) -> None:
    answer = ada("PUT", "/production-calendar/years/2027", {"is_confirmed": True})

    assert answer.json["is_confirmed"]
    assert answer.json["decree"] is None
    assert [it.kind for it in Event.select()] == ["calendar.year_confirmed"]


@pytest.mark.one_database
def test_a_tag_stays_until_the_calendar_changes(ada: Caller) -> None:
    address = "/production-calendar?year=2026"
    tag = ada("GET", address).headers["ETag"]
    known = ada("GET", address, If_None_Match=tag)

    ada("PUT", DAY, {"kind": "day_off"}, If_Match="*")

    assert known.status_code == 304
    assert ada("GET", address, If_None_Match=tag).status_code == 200


@pytest.mark.one_database
def test_what_is_no_day_and_no_kind_is_refused(ada: Caller, lev: Caller, cast: Cast) -> None:
    assert lev("PUT", DAY, {"kind": "working"}, If_Match="*").status_code == 403
    assert ada("PUT", DAY, {"kind": "working"}).status_code == 428
    assert ada("PUT", DAY, {"kind": "weekend"}, If_Match="*").status_code == 422
    assert ada("PUT", DAY, {"kind": "holiday", "day": "x"}, If_Match="*").status_code == 422
    assert ada("GET", "/production-calendar/days/2026-02-30").status_code == 404
    assert ada("PUT", "/production-calendar/years/2300", {"is_confirmed": True}).status_code == 404
    assert ada("GET", "/production-calendar?year=1").status_code == 422
    assert Event.select().count() == 0
