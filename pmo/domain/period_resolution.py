"""From a `Phrase` to dates: which year a bare month means, and which days a moment covers.

What the text leaves out comes from its other parts first, then from the academic year at hand;
`inferred` says so whenever that took a choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pmo.domain import calendar
from pmo.domain.calendar import HalfYears
from pmo.domain.period_days import WHOLE_YEARS, Placed, closed
from pmo.domain.period_terms import Interval, Phrase, Point, Precision, Span, Unreadable

BEFORE_LEAP_YEAR = 1999
"""Any day that exists in some academic year exists in this one."""

COARSENESS = list(Precision)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a phrase means: see `Period` for the fields."""

    spans: tuple[Span, ...]
    precision: Precision
    inferred: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the text: its academic year, if any, and the halves of such years."""

    academic_year: int | None
    half_years: HalfYears


def resolve(phrase: Phrase, context: Context) -> Resolved:
    """Find the spans of a phrase, in the order written.

    Without any year, in the text or around it, there are no spans.
    Raises Unreadable, or another ValueError, for days that do not exist, for an end before
    its start, and for mixtures that can be read in two ways.
    """
    intervals = _as_academic_years(_with_units(phrase.intervals))
    _refuse_mixtures(intervals)
    points = [point for interval in intervals for point in interval.points]
    units = [point.unit for point in points if point.unit is not None]
    placed = _placed(intervals, context)
    vague = any(point.third and point.unit is Precision.MONTH for point in points)
    return Resolved(
        spans=tuple(it.span for it in placed),
        precision=max(units, key=COARSENESS.index, default=Precision.OPEN),
        inferred=bool(placed) and (vague or any(it.inferred for it in placed)),
    )


def _with_units(intervals: Sequence[Interval]) -> list[Interval]:
    """Let lone numbers take unit, month and year from what follows: «1, 2 и 15 марта»."""
    complete: list[Interval] = []
    following: Point | None = None
    for first, last in reversed(intervals):
        end = last and _like(last, following)
        start = first and (end if first == last else _like(first, end or following))
        complete.insert(0, Interval(start, end))
        following = start or end
    return complete


def _like(point: Point, following: Point | None) -> Point:
    """Complete a lone number, or the first of two academic halves, after the next moment."""
    countable = (Precision.DAY, Precision.QUARTER, Precision.HALF_YEAR)
    if point.unit is None:
        if following is None or following.unit not in countable or following.third:
            raise Unreadable(f"a lone number {point.number}")
        return following._replace(number=point.number)
    if following and following.academic and point.unit is following.unit and point.year is None:
        return point._replace(year=following.year, academic=True)
    return point


def _as_academic_years(intervals: Sequence[Interval]) -> list[Interval]:
    """Read «2021-2022 и 2022-2023 учебный год» as two academic years."""
    kinds = {interval.points[0].unit for interval in intervals}
    if kinds != set(WHOLE_YEARS):
        return list(intervals)
    return [_as_academic_year(interval) for interval in intervals]


def _as_academic_year(interval: Interval) -> Interval:
    """Turn a pair of consecutive calendar years into the academic year they make."""
    match interval:
        case (Point(Precision.YEAR, year=int(first)), Point(Precision.YEAR, year=int(last))):
            if last != first + 1:
                raise Unreadable(f"{first} and {last} do not make an academic year")
            year = Point(Precision.ACADEMIC_YEAR, year=first)
            return Interval(year, year)
    return interval


def _refuse_mixtures(intervals: Sequence[Interval]) -> None:
    """Raise Unreadable for what can be read in two ways.

    A list of years and months («октябрь, 2021»), of moments and deadlines («до 1 июня и
    сентябрь»), and a month of several years («сентябрь 2021-2024»: each, or from - to?).
    """
    shapes = {(it.first is None, it.last is None) for it in intervals}
    kinds = {
        tuple(point.unit if point.unit in WHOLE_YEARS else None for point in it.points)
        for it in intervals
    }
    if len(shapes) > 1 or (len(kinds) > 1 and not all(set(kind) == {None} for kind in kinds)):
        raise Unreadable("a list of unlike things")
    if any(kind[0] is None and kind[-1] is not None for kind in kinds):
        raise Unreadable("a month of several years")


def _placed(intervals: Sequence[Interval], context: Context) -> list[Placed]:
    """Give every interval its years: its own, a neighbour's, or those of the context."""
    if any(_has_year(interval) for interval in intervals):
        return _placed_by_neighbours(intervals, context.half_years)
    if context.academic_year is not None:
        year = context.academic_year
        return [_placed_in(year, interval, context.half_years) for interval in intervals]
    for interval in intervals:
        _placed_in(BEFORE_LEAP_YEAR, interval, context.half_years)
    return []


def _has_year(interval: Interval) -> bool:
    """Tell whether the text gives the interval a year."""
    return any(point.year is not None for point in interval.points)


def _placed_by_neighbours(intervals: Sequence[Interval], half_years: HalfYears) -> list[Placed]:
    """Let moments without a year take it from the next that has one, else from the last.

    Lists run forward in time: «декабрь, январь 2022» starts in 2021.
    """
    known = {i: closed(it, half_years) for i, it in enumerate(intervals) if _has_year(it)}
    for i in reversed(range(len(intervals))):
        if i not in known and i + 1 in known:
            known[i] = _placed_beside(known[i + 1].anchor, -1, intervals[i], half_years)
    for i in range(len(intervals)):
        if i not in known:
            known[i] = _placed_beside(known[i - 1].anchor, +1, intervals[i], half_years)
    return [known[i] for i in range(len(intervals))]


def _placed_beside(anchor: date, side: int, interval: Interval, half_years: HalfYears) -> Placed:
    """Place an interval without a year before (side -1) or after (+1) a known day."""
    same_year = closed(_starting_in(anchor.year, interval), half_years)
    if (same_year.anchor - anchor).days * side >= 0:
        return same_year
    other_year = closed(_starting_in(anchor.year + side, interval), half_years)
    return Placed(other_year.span, inferred=True)


def _starting_in(year: int, interval: Interval) -> Interval:
    """Give a calendar year to the first point written; a single moment is both points."""
    first, last = interval
    if interval.points[0].unit in WHOLE_YEARS:
        raise Unreadable("an academic year without its number among dates")
    if first is None or first == last:
        dated = interval.points[0]._replace(year=year)
        return Interval(first and dated, dated)
    return Interval(first._replace(year=year), last)


def _placed_in(academic_year: int, interval: Interval, half_years: HalfYears) -> Placed:
    """Place an interval without a year in an academic year, by the month it starts in."""
    head = interval.points[0]
    if head.unit in (Precision.HALF_YEAR, Precision.ACADEMIC_YEAR):
        first, last = (
            point and point._replace(year=academic_year, academic=True) for point in interval
        )
        return Placed(closed(Interval(first, last), half_years).span, inferred=True)
    month = {Precision.MONTH: head.number, Precision.QUARTER: 3 * head.number - 2}
    starts_in = month[head.unit] if head.unit in month else head.month  # noqa: SIM401 — narrows
    year = calendar.year_of_month(academic_year, starts_in)
    return Placed(closed(_starting_in(year, interval), half_years).span, inferred=True)
