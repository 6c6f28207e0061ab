"""A month as weeks of days, and stretches of days as bars that do not cross in a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from pmo.domain import calendar

T = TypeVar("T")

WEEK = 7
LONGEST_BAR = 42
"""Days; what runs longer says nothing about a month and would cover all of it."""

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """A thing and its first and last day, both included."""

    thing: T
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """A part of a lane: so many days of one thing, or of nothing.

    begins, ends: whether the thing's own first and last day are among them.
    """

    thing: T | None
    days: int
    begins: bool = False
    ends: bool = False


Lane = tuple[Cell[T], ...]
"""The seven days of a week, cut into cells."""


def weeks(month: date) -> tuple[tuple[date, ...], ...]:
    """Return the days of the weeks that a month touches, each from Monday.

    month: any day of it.
    """
    first, last = calendar.month_span(month.year, month.month)
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // WEEK + 1
    return tuple(
        tuple(monday + timedelta(days=WEEK * week + day) for day in range(WEEK))
        for week in range(count)
    )


def lanes(stretches: Sequence[Stretch[T]], monday: date) -> tuple[Lane[T], ...]:
    """Lay the stretches of a week into as few lanes as they need, early and long ones first."""
    sunday = monday + timedelta(days=WEEK - 1)
    here = [it for it in stretches if it.start <= sunday and it.end >= monday]
    here.sort(key=lambda it: (max(it.start, monday), -(min(it.end, sunday) - it.start).days))
    laid: list[list[Stretch[T]]] = []
    for stretch in here:
        free = (lane for lane in laid if lane[-1].end < max(stretch.start, monday))
        lane = next(free, None)
        if lane is None:
            laid.append([stretch])
        else:
            lane.append(stretch)
    return tuple(_cells(lane, monday, sunday) for lane in laid)


def shifted(month: date, by: int) -> date:
    """Return the first day of the month so many months away, within the years of calendars."""
    months = month.year * 12 + month.month - 1 + by
    year = min(max(months // 12, FIRST_YEAR), LAST_YEAR)
    return date(year, months % 12 + 1, 1)


def _cells(lane: Sequence[Stretch[T]], monday: date, sunday: date) -> Lane[T]:
    cells: list[Cell[T]] = []
    free = monday
    for stretch in lane:
        start, end = max(stretch.start, monday), min(stretch.end, sunday)
        if start > free:
            cells.append(Cell(None, (start - free).days))
        begins, ends = stretch.start >= monday, stretch.end <= sunday
        cells.append(Cell(stretch.thing, (end - start).days + 1, begins=begins, ends=ends))
        free = end + timedelta(days=1)
    if free <= sunday:
        cells.append(Cell(None, (sunday - free).days + 1))
    return tuple(cells)
