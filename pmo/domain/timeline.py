"""Where things stand on a line of time: a window of days, its marks, and bars on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pmo.domain import calendar, month_grid

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""What lies beyond is drawn at the edge: a period may name any year."""

WIDTH = 1120
"""Of the drawing, where the window is not so long that months would run together."""

LEAST_MONTH = 14
MOST_DAY = 12


class Zoom(StrEnum):
    """How much of a project's time is shown."""

    ALL = "all"
    YEAR = "year"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn, both ends included, and how wide a day is."""

    first: date
    last: date
    day: float

    @property
    def width(self) -> int:
        """Width of the drawing."""
        return round(((self.last - self.first).days + 1) * self.day)

    def at(self, day: date) -> float:
        """Return where a day begins; days outside stand at the edges."""
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        return round((inside - self.first).days * self.day, 1)

    def bar(self, start: date, end: date) -> tuple[float, float]:
        """Return where a stretch of days begins and how wide it is."""
        after = end + timedelta(days=1) if end < date.max else end
        return self.at(start), round(max(self.at(after) - self.at(start), 2), 1)

    def holds(self, start: date, end: date) -> bool:
        """Tell whether anything of a stretch is inside."""
        return start <= self.last and end >= self.first


@dataclass(frozen=True, slots=True)
class Mark:
    """The first day of a month or of an academic year inside a window, and where it ends."""

    day: date
    x: float
    width: float


def window(zoom: Zoom, anchor: date, days: tuple[date, ...]) -> Window:
    """Return what is drawn.

    anchor: a day of the academic year or quarter. days: all that a project's things name; the
    months that they touch are the whole of it, with the anchor's where there are none.
    """
    if zoom is Zoom.YEAR:
        first, last = calendar.academic_year_span(calendar.academic_year_of(anchor))
    elif zoom is Zoom.QUARTER:
        first, last = calendar.quarter_span(anchor.year, (anchor.month + 2) // 3)
    else:
        known = [min(max(day, FIRST_DAY), LAST_DAY) for day in days] or [anchor]
        first = min(known).replace(day=1)
        last = calendar.month_end(max(known).year, max(known).month)
    count = (last - first).days + 1
    return Window(first, last, min(max(WIDTH / count, LEAST_MONTH / 31), MOST_DAY))


def months(shown: Window) -> tuple[Mark, ...]:
    """Return the months of a window."""
    return _marks(shown, 1, shown.first.replace(day=1))


def academic_years(shown: Window) -> tuple[Mark, ...]:
    """Return the academic years of a window, by their first days."""
    first, _ = calendar.academic_year_span(calendar.academic_year_of(shown.first))
    return _marks(shown, 12, first)


def neighbour(zoom: Zoom, shown: Window, by: int) -> date:
    """Return a day of the window before (-1) or after (1) this one."""
    months_of = {Zoom.YEAR: 12, Zoom.QUARTER: 3}.get(zoom, 0)
    return month_grid.shifted(shown.first, by * months_of)


def _marks(shown: Window, step: int, first: date) -> tuple[Mark, ...]:
    marks = []
    day = first
    while day <= shown.last:
        following = _plus_months(day, step)
        marks.append(Mark(day, *shown.bar(day, following - timedelta(days=1))))
        day = following
    return tuple(marks)


def _plus_months(day: date, by: int) -> date:
    months_ = day.year * 12 + day.month - 1 + by
    return date(months_ // 12, months_ % 12 + 1, 1)
