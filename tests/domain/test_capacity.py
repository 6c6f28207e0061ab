"""Capacity: what people can take on in a span of working days."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.capacity import Presence, capacity
from pmo.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))
PEOPLE = st.lists(
    st.builds(Presence, st.sampled_from("абвг"), st.integers(1, 100), st.integers(0, 40)),
    max_size=6,
)


def test_a_week_before_a_holiday_is_counted_by_the_hours_that_it_has() -> None:
    found = capacity(
        CALENDAR,
        date(2026, 11, 2),
        date(2026, 11, 8),
        [Presence("lev"), Presence("mila", 50), Presence("ada", 100, 1), Presence("dina", 20, 9)],
    )

    assert (found.working_days, found.working_hours) == (4, 31)
    assert [(it.days, it.hours) for it in found.shares] == [
        (Decimal(4), Decimal(31)),
        (Decimal(2), Decimal("15.5")),
        (Decimal(3), Decimal("23.3")),
        (Decimal(0), Decimal(0)),
    ]
    assert (found.person_days, found.person_hours) == (Decimal(9), Decimal("69.8"))


def test_nobody_and_no_working_day_make_nothing() -> None:
    nobody = capacity(CALENDAR, date(2026, 11, 2), date(2026, 11, 8), [])
    rest = capacity(CALENDAR, date(2026, 1, 1), date(2026, 1, 11), [Presence("lev")])

    assert (nobody.person_days, nobody.person_hours) == (0, 0)
    assert (rest.working_days, rest.person_days, rest.person_hours) == (0, 0, 0)


@given(DAYS, DAYS, PEOPLE)
def test_nobody_has_more_than_the_span_and_the_sums_add_up(
    first: date, last: date, people: list[Presence]
) -> None:
    found = capacity(CALENDAR, first, last, people)

    assert all(0 <= it.days <= found.working_days for it in found.shares)
    assert all(0 <= it.hours <= found.working_hours for it in found.shares)
    assert found.person_days == sum(it.days for it in found.shares)
    assert found.person_hours == sum(it.hours for it in found.shares)
    assert found.person_hours <= 8 * found.person_days + len(people)


@given(DAYS, DAYS, st.integers(1, 99), st.integers(0, 20))
def test_more_presence_is_never_less_capacity(
    first: date, last: date, percent: int, days_off: int
) -> None:
    less = capacity(CALENDAR, first, last, [Presence("lev", percent, days_off + 1)])
    more = capacity(CALENDAR, first, last, [Presence("lev", percent + 1, days_off)])

    assert less.person_days <= more.person_days
    assert less.person_hours <= more.person_hours
