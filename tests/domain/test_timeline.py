"""Lines of time: windows, marks, bars."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import timeline
from pmo.domain.timeline import Zoom

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NEAR = st.dates(date(1950, 1, 1), date(2150, 12, 31))
ZOOMS = st.sampled_from(Zoom)


@given(ZOOMS, NEAR, st.lists(DAYS, max_size=5), DAYS, DAYS)
def test_every_bar_is_inside_the_drawing(
    zoom: Zoom, anchor: date, days: list[date], one: date, other: date
) -> None:
    shown = timeline.window(zoom, anchor, tuple(days))

    x, width = shown.bar(min(one, other), max(one, other))

    assert 0 <= x <= shown.width + 1
    assert width >= 2
    assert x + width <= shown.width + 3


@given(ZOOMS, NEAR)
def test_window_holds_its_anchor(zoom: Zoom, anchor: date) -> None:
    shown = timeline.window(zoom, anchor, ())

    assert shown.first <= anchor <= shown.last


@given(NEAR, NEAR)
def test_whole_window_holds_all_days(one: date, other: date) -> None:
    shown = timeline.window(Zoom.ALL, one, (one, other))

    assert shown.first <= min(one, other)
    assert max(one, other) <= shown.last


@given(ZOOMS, NEAR)
def test_months_stand_side_by_side_over_the_whole_width(zoom: Zoom, anchor: date) -> None:
    shown = timeline.window(zoom, anchor, ())
    marks = timeline.months(shown)

    assert abs(marks[0].x) < 0.1
    assert abs(marks[-1].x + marks[-1].width - shown.width) < 1
    for left, right in pairwise(marks):
        assert abs(left.x + left.width - right.x) < 0.2


def test_academic_year_is_told_from_september() -> None:
    shown = timeline.window(Zoom.YEAR, date(2022, 3, 1), ())

    assert (shown.first, shown.last) == (date(2021, 9, 1), date(2022, 8, 31))
    assert [mark.day for mark in timeline.academic_years(shown)] == [date(2021, 9, 1)]
    assert timeline.neighbour(Zoom.YEAR, shown, 1) == date(2022, 9, 1)


def test_quarter_is_that_of_the_calendar() -> None:
    shown = timeline.window(Zoom.QUARTER, date(2021, 11, 5), ())

    assert (shown.first, shown.last) == (date(2021, 10, 1), date(2021, 12, 31))
    assert timeline.neighbour(Zoom.QUARTER, shown, -1) == date(2021, 7, 1)


def test_a_day_is_as_wide_as_the_next() -> None:
    shown = timeline.window(Zoom.QUARTER, date(2021, 11, 5), ())

    _, width = shown.bar(date(2021, 11, 5), date(2021, 11, 5))
    assert width == round(shown.day, 1)
    assert shown.at(shown.first + timedelta(days=1)) == round(shown.day, 1)
