"""What an office sets in the production calendar."""

from datetime import date

import peewee as pw
import pytest
from playhouse.test_utils import count_queries

from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import WorkdayKind
from pmo.errors import Forbidden, InUse, Invalid, NotFound, StaleVersion
from pmo.models import CalendarState, Event, OwnWorkday
from pmo.queries import workday_years
from pmo.queries import workdays as queries
from pmo.services import workdays
from pmo.services.workdays import WorkdaySet
from tests.cast import NOW, Cast

FIRST = date(2026, 9, 1)
UNITY = date(2026, 11, 4)


def set_day(
    actor: Actor,
    day: date = FIRST,
    kind: WorkdayKind = WorkdayKind.DAY_OFF,
    note: str = "Order 12",
    version: int | None = None,
) -> WorkdaySet:
    return workdays.set_day(
        day, kind=kind, note=note, expected_version=version, actor=actor, at=NOW
    )


def events() -> list[tuple[str, dict[str, object]]]:
    query = Event.select().where(Event.kind.startswith("calendar.")).order_by(Event.id)
    return [(event.kind, event.data) for event in query]


def test_a_day_that_is_set_counts_at_once_and_is_told(cast: Cast) -> None:
    before = queries.calendar()

    made = set_day(cast.dina)

    after = queries.calendar()
    assert made == WorkdaySet(FIRST, 1, is_new=True)
    assert (before.is_working(FIRST), after.is_working(FIRST)) == (True, False)
    assert after.first_working_day_of(2026, 9) == date(2026, 9, 2)
    data = {"day": "2026-09-01", "kind": "day_off", "note": "Order 12", "was": None}
    assert events() == [("calendar.day_set", data)]


def test_a_day_is_set_again_and_taken_back(cast: Cast) -> None:
    set_day(cast.dina)

    again = set_day(cast.ada, kind=WorkdayKind.SHORTENED, note="", version=1)
    hours = queries.calendar().hours(FIRST)
    workdays.remove_day(FIRST, expected_version=2, actor=cast.dina, at=NOW)

    assert again == WorkdaySet(FIRST, 2, is_new=False)
    assert (hours, queries.calendar().hours(FIRST)) == (7, 8)
    assert events()[1:] == [
        (
            "calendar.day_set",
            {
                "day": "2026-09-01",
                "kind": "shortened",
                "note": "",
                "was": {"kind": "day_off", "note": "Order 12"},
            },
        ),
        ("calendar.day_removed", {"day": "2026-09-01", "kind": "shortened", "note": ""}),
    ]


def test_the_same_again_leaves_no_trace(cast: Cast) -> None:
    set_day(cast.dina)

    again = set_day(cast.dina)

    assert again.version == 1
    assert len(events()) == 1
    assert CalendarState.get().revision == 1


def test_who_is_late_overwrites_nothing(cast: Cast) -> None:
    set_day(cast.dina, version=0)

    with pytest.raises(StaleVersion):
        set_day(cast.ada, kind=WorkdayKind.WORKING, version=0)
    with pytest.raises(StaleVersion):
        workdays.remove_day(FIRST, expected_version=7, actor=cast.ada, at=NOW)

    assert queries.calendar().day(FIRST).kind is WorkdayKind.DAY_OFF


def test_a_version_is_never_given_twice(cast: Cast) -> None:
    seen = set_day(cast.dina).version
    workdays.remove_day(FIRST, expected_version=None, actor=cast.dina, at=NOW)
    set_day(cast.dina, note="Another")

    with pytest.raises(StaleVersion):
        set_day(cast.ada, note="Typed over the first", version=seen)


@pytest.mark.parametrize("login", ["lev", "mila", "olga", "clea"])
def test_only_the_heads_of_the_office_set_days(cast: Cast, login: str) -> None:
    actor = cast.actor(login)

    with pytest.raises(Forbidden):
        set_day(actor)
    with pytest.raises(Forbidden):
        workdays.remove_day(FIRST, expected_version=None, actor=actor, at=NOW)
    with pytest.raises(Forbidden):
        workdays.confirm_year(2027, is_confirmed=True, actor=actor, at=NOW)

    assert events() == []


def test_what_cannot_be_set_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "MOST_OWN_DAYS", 1)
    with pytest.raises(Invalid):
        set_day(cast.dina, kind=WorkdayKind.WEEKEND)
    with pytest.raises(NotFound):
        set_day(cast.dina, day=date(2201, 1, 1))
    with pytest.raises(NotFound):
        workdays.confirm_year(1899, is_confirmed=True, actor=cast.dina, at=NOW)
    with pytest.raises(NotFound):
        workdays.remove_day(FIRST, expected_version=None, actor=cast.dina, at=NOW)
    set_day(cast.dina)

    with pytest.raises(InUse):
        set_day(cast.dina, day=UNITY)

    assert OwnWorkday.select().count() == 1


def test_a_year_is_confirmed_and_opened_again_each_once(cast: Cast) -> None:
    for is_confirmed in (True, True, False, False):
        workdays.confirm_year(2027, is_confirmed=is_confirmed, actor=cast.dina, at=NOW)
    workdays.confirm_year(2026, is_confirmed=True, actor=cast.dina, at=NOW)

    told = [("calendar.year_confirmed", {"year": 2027}), ("calendar.year_reopened", {"year": 2027})]
    assert events() == told
    assert not queries.calendar().is_confirmed(2027)


def test_the_table_is_read_again_only_when_it_changed(cast: Cast) -> None:
    set_day(cast.dina)
    first = queries.calendar()

    with count_queries() as statements:
        second = queries.calendar()
    set_day(cast.dina, note="Changed")

    assert second is first
    assert statements.count == 1
    assert queries.calendar() is not first


def test_a_change_that_was_undone_is_forgotten(cast: Cast, db: pw.Database) -> None:
    set_day(cast.dina)
    with db.atomic() as act:
        set_day(cast.dina, day=UNITY, kind=WorkdayKind.WORKING)
        inside = queries.calendar().hours(UNITY)
        act.rollback()

    assert (inside, queries.calendar().hours(UNITY)) == (8, 0)
    assert queries.calendar().hours(FIRST) == 0


def test_a_year_is_shown_in_as_many_statements_for_many_days_as_for_none(cast: Cast) -> None:
    def statements() -> int:
        queries._Memory.present = queries.Present()
        with count_queries() as counted:
            workday_years.year(2026, cast.olga)
        return counted.count

    set_day(cast.dina)
    one = statements()
    for number in range(2, 20):
        set_day(cast.dina, day=date(2026, 9, number))

    assert statements() == one
