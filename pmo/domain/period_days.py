"""The days of written moments: of one point, and from one point to another."""

from dataclasses import dataclass
from datetime import date

from pmo.domain import calendar
from pmo.domain.calendar import HalfYears
from pmo.domain.period_terms import Interval, Point, Precision, Span, Unreadable

WHOLE_YEARS = (Precision.YEAR, Precision.ACADEMIC_YEAR)

LAST_THIRD = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A span, and whether a year in it took a choice."""

    span: Span
    inferred: bool = False

    @property
    def anchor(self) -> date:
        """The day by which neighbours are put in order."""
        return self.span.start or self.span.end or date.max


def closed(interval: Interval, half_years: HalfYears) -> Placed:
    """Turn an interval with a year at one end at least into days.

    An end without a year takes the nearest that keeps the order of time: «декабрь – март
    2022» starts in 2021. Raises Unreadable or ValueError if none does.
    """
    first, last = interval
    if first is None or last is None or (first.year is not None and last.year is not None):
        return Placed(_span(first, last, half_years))
    step = -1 if first.year is None else +1
    lender, borrower = (last, first) if first.year is None else (first, last)
    if lender.academic or lender.unit in WHOLE_YEARS or borrower.unit in WHOLE_YEARS:
        raise Unreadable("a year that cannot be shared")
    for years in (0, step):
        dated = borrower._replace(year=(lender.year or 0) + years)
        start, end = (dated, last) if borrower is first else (first, dated)
        if _in_order(start, end, half_years):
            return Placed(_span(start, end, half_years), inferred=years != 0)
        if _same_month(start, end, half_years):
            break
    raise Unreadable("an end before its start")


def _in_order(first: Point, last: Point, half_years: HalfYears) -> bool:
    """Tell whether the interval holds a day at all."""
    return _days(first, half_years)[0] <= _days(last, half_years)[1]


def _same_month(first: Point, last: Point, half_years: HalfYears) -> bool:
    """Tell whether a reversed interval is rather a slip than a turn of the year."""
    return _days(first, half_years)[0].month == _days(last, half_years)[1].month


def _span(first: Point | None, last: Point | None, half_years: HalfYears) -> Span:
    """Cover all days from the start of one point to the end of the other."""
    start = None if first is None else _days(first, half_years)[0]
    end = None if last is None else _days(last, half_years)[1]
    return Span(start, end)


def _days(point: Point, half_years: HalfYears) -> tuple[date, date]:
    """Return the first and last day of a point with a year; ValueError if they do not exist."""
    year, number = point.year, point.number
    if year is None:
        raise Unreadable("a moment without a year")
    match point.unit:
        case Precision.YEAR | Precision.ACADEMIC_YEAR | Precision.HALF_YEAR:
            return _years(year, point, half_years)
        case Precision.QUARTER:
            return calendar.quarter_span(year, number)
        case Precision.MONTH:
            return _month(year, number, point.third)
    return _day(year, point)


def _years(year: int, point: Point, half_years: HalfYears) -> tuple[date, date]:
    """Return a calendar or academic year, or a half of one."""
    match point.unit:
        case Precision.YEAR:
            return date(year, 1, 1), date(year, 12, 31)
        case Precision.ACADEMIC_YEAR:
            start, _ = calendar.academic_year_span(year)
            return start, calendar.academic_year_span(year + point.number)[1]
    if point.academic:
        return half_years.span(year, point.number)
    return calendar.calendar_half_span(year, point.number)


def _day(year: int, point: Point) -> tuple[date, date]:
    """Return a day, or the ten of a «декада»."""
    if point.third:
        return _month(year, point.month, point.third)
    return date(year, point.month, point.number), date(year, point.month, point.number)


def _month(year: int, month: int, third: int) -> tuple[date, date]:
    """Return a month, or one of its thirds; ValueError for a fourth."""
    start, end = calendar.month_span(year, month)
    if not third:
        return start, end
    if third > LAST_THIRD:
        raise ValueError(f"a month has thirds 1 to 3, not {third}")
    return start.replace(day=10 * third - 9), end if third == LAST_THIRD else end.replace(
        day=10 * third
    )
