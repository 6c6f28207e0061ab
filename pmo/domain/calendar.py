"""Calendar arithmetic of schools: academic years, their halves, quarters, month ends.

Not here: how people write time (`periods`).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

ACADEMIC_YEAR_STARTS_IN = 9
"""September: an academic year runs from 1 September to 31 August."""


def academic_year_of(day: date) -> int:
    """Return the year in which the academic year of `day` starts: 2021 for 2022-08-31."""
    return day.year if day.month >= ACADEMIC_YEAR_STARTS_IN else day.year - 1


def academic_year_span(year: int) -> tuple[date, date]:
    """Return the first and last day of the academic year that starts in `year`."""
    return date(year, ACADEMIC_YEAR_STARTS_IN, 1), date(year + 1, ACADEMIC_YEAR_STARTS_IN - 1, 31)


def year_of_month(academic_year: int, month: int) -> int:
    """Return the calendar year in which `month` (1-12) falls inside an academic year."""
    return academic_year if month >= ACADEMIC_YEAR_STARTS_IN else academic_year + 1


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; ValueError for a month outside 1-12."""
    return date(year, month, monthrange(year, month)[1])


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month; ValueError for a month outside 1-12."""
    return date(year, month, 1), month_end(year, month)


def quarter_span(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and last day of a calendar quarter; ValueError for one outside 1-4."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"a year has quarters 1 to 4, not {quarter}")
    return date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter)


def calendar_half_span(year: int, half: int) -> tuple[date, date]:
    """Return January-June (1) or July-December (2) of a calendar year, else ValueError."""
    if half not in (1, 2):
        raise ValueError(f"a year has halves 1 and 2, not {half}")
    return date(year, 6 * half - 5, 1), month_end(year, 6 * half)


def shift_years(day: date, years: int) -> date:
    """Move a day by whole years; 29 February becomes the 28th where there is none.

    Raises ValueError if the result lies outside the years 1 to 9999.
    """
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{day} cannot move by {years} years")
    if (day.month, day.day) == (2, 29):
        return month_end(year, 2)
    return day.replace(year=year)


@dataclass(frozen=True, slots=True)
class HalfYears:
    """The months, first to last, of the two halves of an academic year.

    Both halves lie inside one academic year: ValueError for a half that leaves it
    or runs backwards, and for a second half that starts before the first has ended.
    """

    first: tuple[int, int] = (9, 12)
    second: tuple[int, int] = (1, 5)

    def __post_init__(self) -> None:
        """Refuse halves that are not in the order of the academic year."""
        months = (*self.first, *self.second)
        if not set(months) <= set(range(1, 13)):
            raise ValueError(f"months are numbered 1 to 12, not {months}")
        places = [(month - ACADEMIC_YEAR_STARTS_IN) % 12 for month in months]
        if places != sorted(places) or places[1] == places[2]:
            raise ValueError(f"half-years {months} do not follow the academic year")

    def span(self, academic_year: int, half: int) -> tuple[date, date]:
        """Return the first and last day of a half (1 or 2) of an academic year."""
        if half not in (1, 2):
            raise ValueError(f"an academic year has halves 1 and 2, not {half}")
        start, end = self.first if half == 1 else self.second
        starts_on = date(year_of_month(academic_year, start), start, 1)
        return starts_on, month_end(year_of_month(academic_year, end), end)
