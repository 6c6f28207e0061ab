"""Months as weeks, and stretches of days as bars."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import month_grid
from pmo.domain.month_grid import Cell, Stretch

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONDAY = date(2021, 10, 4)


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch[int]]:
    """Draw stretches around one week."""
    drawn = draw(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 30)), max_size=12))
    return [
        Stretch(number, MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + length))
        for number, (start, length) in enumerate(drawn)
    ]


@given(DAYS)
def test_weeks_hold_the_month_and_begin_on_monday(day: date) -> None:
    weeks = month_grid.weeks(day)
    days = [it for week in weeks for it in week]

    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)
    assert days == [days[0] + timedelta(days=step) for step in range(len(days))]
    assert day in days
    assert all(any((it.year, it.month) == (day.year, day.month) for it in week) for week in weeks)


@given(stretches())
def test_every_stretch_of_the_week_is_drawn_once_over_its_days(drawn: list[Stretch[int]]) -> None:
    sunday = MONDAY + timedelta(days=6)
    expected = {
        it.thing: {
            MONDAY + timedelta(days=step)
            for step in range(7)
            if it.start <= MONDAY + timedelta(days=step) <= it.end
        }
        for it in drawn
        if it.start <= sunday and it.end >= MONDAY
    }

    found: dict[int, set[date]] = {}
    for lane in month_grid.lanes(drawn, MONDAY):
        day = MONDAY
        for cell in lane:
            if cell.thing is not None:
                assert cell.thing not in found
                found[cell.thing] = {day + timedelta(days=step) for step in range(cell.days)}
            day += timedelta(days=cell.days)
        assert day == sunday + timedelta(days=1)

    assert found == expected


@given(stretches())
def test_there_are_no_more_lanes_than_the_fullest_day_needs(drawn: list[Stretch[int]]) -> None:
    days = [MONDAY + timedelta(days=step) for step in range(7)]
    fullest = max(sum(it.start <= day <= it.end for it in drawn) for day in days)

    assert len(month_grid.lanes(drawn, MONDAY)) == fullest


def test_bar_tells_whether_it_goes_on_outside_the_week() -> None:
    lane = month_grid.lanes([Stretch("a", date(2021, 10, 1), date(2021, 10, 5))], MONDAY)

    assert lane == ((Cell("a", 2, begins=False, ends=True), Cell(None, 5)),)


@given(DAYS, st.integers(-40, 40))
def test_months_go_there_and_back(day: date, by: int) -> None:
    month = day.replace(day=1)

    assert month_grid.shifted(month_grid.shifted(month, by), -by) == month
