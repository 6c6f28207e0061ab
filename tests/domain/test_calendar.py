from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.calendar import (
    HalfYears,
    academic_year_of,
    academic_year_span,
    calendar_half_span,
    month_end,
    month_span,
    quarter_span,
    shift_years,
    year_of_month,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2021, 8, 31), 2020),
        (date(2021, 9, 1), 2021),
        (date(2021, 12, 31), 2021),
        (date(2022, 1, 1), 2021),
        (date(2022, 8, 31), 2021),
    ],
)
def test_academic_year_turns_on_the_first_of_september(day: date, year: int) -> None:
    assert academic_year_of(day) == year


@given(DAYS)
def test_every_day_lies_in_its_academic_year(day: date) -> None:
    start, end = academic_year_span(academic_year_of(day))

    assert start <= day <= end


@given(DAYS)
def test_month_of_a_day_finds_its_year_again(day: date) -> None:
    assert year_of_month(academic_year_of(day), day.month) == day.year


def test_month_end_knows_leap_years() -> None:
    assert month_end(2024, 2) == date(2024, 2, 29)
    assert month_end(2023, 2) == date(2023, 2, 28)
    assert month_span(2023, 12) == (date(2023, 12, 1), date(2023, 12, 31))


def test_quarters_and_halves_cover_the_calendar_year() -> None:
    quarters = [quarter_span(2022, quarter) for quarter in (1, 2, 3, 4)]

    assert quarters[0] == (date(2022, 1, 1), date(2022, 3, 31))
    assert quarters[3] == (date(2022, 10, 1), date(2022, 12, 31))
    assert calendar_half_span(2022, 1) == (quarters[0][0], quarters[1][1])
    assert calendar_half_span(2022, 2) == (quarters[2][0], quarters[3][1])


@pytest.mark.parametrize("part", [0, 5])
def test_parts_that_a_year_does_not_have_are_refused(part: int) -> None:
    with pytest.raises(ValueError, match="quarters"):
        quarter_span(2022, part)
    with pytest.raises(ValueError, match="halves"):
        calendar_half_span(2022, part)
    with pytest.raises(ValueError, match="halves"):
        HalfYears().span(2022, part)
    with pytest.raises(ValueError, match="month"):
        month_end(2022, 13)


def test_halves_of_an_academic_year_are_autumn_and_spring() -> None:
    assert HalfYears().span(2021, 1) == (date(2021, 9, 1), date(2021, 12, 31))
    assert HalfYears().span(2021, 2) == (date(2022, 1, 1), date(2022, 5, 31))


def test_halves_may_be_set_to_other_months() -> None:
    halves = HalfYears(first=(9, 1), second=(2, 6))

    assert halves.span(2021, 1) == (date(2021, 9, 1), date(2022, 1, 31))
    assert halves.span(2021, 2) == (date(2022, 2, 1), date(2022, 6, 30))


@pytest.mark.parametrize(
    ("first", "second"),
    [((1, 5), (9, 12)), ((9, 12), (12, 5)), ((12, 9), (1, 5)), ((9, 12), (1, 13))],
)
def test_halves_must_follow_the_academic_year(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"months|follow"):
        HalfYears(first, second)


def test_shifting_turns_29_february_into_28() -> None:
    assert shift_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert shift_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_shifting_out_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot move"):
        shift_years(date(2024, 1, 1), -3000)


@given(DAYS, st.integers(-500, 500))
def test_shifting_back_restores_every_day_but_29_february(day: date, years: int) -> None:
    if (day.month, day.day) != (2, 29):
        assert shift_years(shift_years(day, years), -years) == day
