"""The production calendar: the years of the law and the decrees, and what an office sets."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmo.domain.vocabulary import PublicHoliday, WorkdayKind
from pmo.domain.workday_decrees import DECREES
from pmo.domain.workdays import HOLIDAYS, SETTABLE, WorkCalendar, Workday

LAWFUL = WorkCalendar()
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
OWN = st.dictionaries(
    st.dates(date(2024, 12, 1), date(2027, 2, 28)),
    st.sampled_from(SETTABLE).map(lambda kind: Workday(kind, version=1)),
    max_size=40,
)
CALENDARS = st.builds(WorkCalendar, OWN)

# Working days and hours at 40 a week, as the official calendars have them: a year, then quarters.
OFFICIAL = {
    2020: ((248, 1979), (57, 60, 66, 65)),
    2021: ((247, 1972), (56, 62, 66, 63)),
    2022: ((247, 1973), (57, 60, 66, 64)),
    2023: ((247, 1973), (57, 61, 65, 64)),
    2024: ((248, 1979), (57, 60, 66, 65)),
    2025: ((247, 1972), (58, 59, 66, 64)),
    2026: ((247, 1972), (55, 62, 66, 64)),
}


@pytest.mark.parametrize(("year", "figures"), OFFICIAL.items())
def test_a_year_has_as_many_working_days_and_hours_as_the_official_calendar(
    year: int, figures: tuple[tuple[int, int], tuple[int, ...]]
) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    ends = [(first, date(year, 3, 31)), (date(year, 4, 1), date(year, 6, 30))]
    ends += [(date(year, 7, 1), date(year, 9, 30)), (date(year, 10, 1), last)]

    assert (LAWFUL.count(first, last), LAWFUL.hours_of(first, last)) == figures[0]
    assert tuple(LAWFUL.count(*quarter) for quarter in ends) == figures[1]


@pytest.mark.parametrize(
    ("day", "kind", "hours"),
    [
        ("2020-03-30", WorkdayKind.WORKING, 8),
        ("2021-02-20", WorkdayKind.SHORTENED, 7),
        ("2021-02-22", WorkdayKind.DAY_OFF, 0),
        ("2024-04-27", WorkdayKind.WORKING, 8),
        ("2024-11-02", WorkdayKind.SHORTENED, 7),
        ("2025-05-08", WorkdayKind.DAY_OFF, 0),
        ("2026-01-09", WorkdayKind.DAY_OFF, 0),
        ("2026-01-10", WorkdayKind.WEEKEND, 0),
        ("2026-01-12", WorkdayKind.WORKING, 8),
        ("2026-03-08", WorkdayKind.HOLIDAY, 0),
        ("2026-11-03", WorkdayKind.SHORTENED, 7),
        ("2026-12-31", WorkdayKind.DAY_OFF, 0),
    ],
)
def test_days_of_the_decrees_are_what_they_made_them(
    day: str, kind: WorkdayKind, hours: int
) -> None:
    found = LAWFUL.day(date.fromisoformat(day))

    assert (found.kind, found.hours) == (kind, hours)


def test_a_transferred_day_tells_where_it_came_from_and_a_holiday_which_one_it_is() -> None:
    assert LAWFUL.day(date(2026, 12, 31)).moved == date(2026, 1, 4)
    assert LAWFUL.day(date(2024, 12, 28)).moved == date(2024, 12, 30)
    assert LAWFUL.day(date(2026, 6, 12)).holiday is PublicHoliday.RUSSIA


def test_a_decree_moves_days_of_rest_to_days_that_would_be_worked() -> None:
    for year, decree in DECREES.items():
        for source, target in decree.moves:
            left, taken = date(year, *source), date(year, *target)
            assert left.weekday() >= 5
            assert taken.weekday() < 5
            assert target not in HOLIDAYS
            assert LAWFUL.is_working(left) == (source not in HOLIDAYS)


def test_a_year_without_a_decree_has_the_holidays_of_the_law_and_says_so() -> None:
    off = [
        day
        for day in (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
        if day.weekday() < 5 and not LAWFUL.is_working(day)
    ]
    short = [day for day in LAWFUL.working_days(*year_of(2027)) if LAWFUL.hours(day) == 7]

    assert [(day.month, day.day) for day in off] == [
        *((1, day) for day in (1, 4, 5, 6, 7, 8)), (2, 23), (3, 8), (11, 4)
    ]  # fmt: skip
    assert [(day.month, day.day) for day in short] == [(2, 22), (4, 30), (6, 11), (11, 3), (12, 31)]
    assert not LAWFUL.is_confirmed(2027)
    assert LAWFUL.is_confirmed(2026)
    assert WorkCalendar(confirmed=[2027]).is_confirmed(2027)
    assert LAWFUL.unconfirmed_years(date(2026, 9, 1), date(2028, 1, 1)) == (2027, 2028)


def test_what_the_office_sets_goes_before_the_law_on_that_day_alone() -> None:
    own = {
        date(2026, 11, 4): Workday(WorkdayKind.WORKING, version=1),
        date(2026, 9, 1): Workday(WorkdayKind.DAY_OFF, note="День знаний", version=1),
        date(2026, 9, 5): Workday(WorkdayKind.WORKING, version=1),
    }
    calendar = WorkCalendar(own)

    assert calendar.hours(date(2026, 11, 4)) == 8
    assert calendar.hours(date(2026, 11, 3)) == 7
    assert calendar.first_working_day_of(2026, 9) == date(2026, 9, 2)
    assert calendar.day(date(2026, 9, 1)).note == "День знаний"
    assert calendar.count(*year_of(2026)) == 248
    assert calendar.count(*year_of(2025)) == 247
    assert LAWFUL.hours(date(2026, 11, 4)) == 0


def test_the_first_working_day_of_a_month_comes_after_its_holidays() -> None:
    assert LAWFUL.first_working_day_of(2026, 1) == date(2026, 1, 12)
    assert LAWFUL.first_working_day_of(2026, 6) == date(2026, 6, 1)


@given(CALENDARS, DAYS, DAYS)
def test_a_span_counts_the_days_that_are_worked_and_their_hours(
    calendar: WorkCalendar, first: date, last: date
) -> None:
    days = calendar.working_days(first, last)

    assert calendar.count(first, last) == len(days)
    assert calendar.hours_of(first, last) == sum(map(calendar.hours, days))
    assert all(first <= day <= last and calendar.is_working(day) for day in days)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_spans_add_up(calendar: WorkCalendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))

    parts = calendar.count(first, middle) + calendar.count(middle + timedelta(days=1), last)

    assert parts == calendar.count(first, last)


@given(CALENDARS, DAYS, st.integers(1, 600))
def test_going_on_by_working_days_lands_on_the_day_that_counting_finds(
    calendar: WorkCalendar, day: date, count: int
) -> None:
    later = calendar.add_working_days(day, count)

    assert calendar.is_working(later)
    assert calendar.count(day + timedelta(days=1), later) == count
    assert calendar.add_working_days(later + timedelta(days=1), -count - 1) <= day


@given(CALENDARS, DAYS, st.integers(-600, 600))
def test_going_back_undoes_going_on_from_a_working_day(
    calendar: WorkCalendar, day: date, count: int
) -> None:
    start = calendar.working_day_from(day)

    assert calendar.add_working_days(calendar.add_working_days(start, count), -count) == start


@given(CALENDARS, DAYS)
def test_the_next_working_day_leaves_out_only_days_of_rest(
    calendar: WorkCalendar, day: date
) -> None:
    later = calendar.next_working_day(day)

    assert later > day
    assert calendar.working_days(day + timedelta(days=1), later) == (later,)


@given(st.dates(), st.dates())
def test_any_years_can_be_asked_for(first: date, last: date) -> None:
    assume(first <= last)

    worked = LAWFUL.count(first, last)

    assert 0 <= worked <= (last - first).days + 1
    assert LAWFUL.hours_of(first, last) <= 8 * worked


def test_nothing_is_worked_outside_of_time() -> None:
    with pytest.raises(ValueError, match="year"):
        LAWFUL.add_working_days(date.max, 1)
    with pytest.raises(ValueError, match="year"):
        LAWFUL.add_working_days(date.min, -1)


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
