"""Burndown and burn-up of a sprint: day by day, on the working days of the production calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from pmo.domain.flow.sprint_figures import Figures
from pmo.domain.workdays import WorkCalendar

DAY = timedelta(days=1)


class Point(NamedTuple):
    """A sprint at the end of a day, or as far as that day has come. scope less done remains.

    elapsed: working days since its start, this one included.
    """

    day: date
    elapsed: int
    scope: int
    done: int

    @property
    def remaining(self) -> int:
        """Return what is in the sprint and not done."""
        return self.scope - self.done


class Series(NamedTuple):
    """points: the start first, with nothing elapsed; then each working day up to the last known.

    work_days: from the start to the planned end; all_days: those of the axis, also to come.
    """

    first: Point
    points: tuple[Point, ...]
    work_days: int
    all_days: tuple[date, ...]

    def ideal(self, elapsed: int) -> float:
        """Return what an even burndown would leave after so many working days."""
        if elapsed >= self.work_days:
            return 0.0
        return self.first.remaining * (self.work_days - elapsed) / self.work_days


def series(figures: Figures, calendar: WorkCalendar, zone: tzinfo) -> Series:
    """Return the series of a sprint; a day that is not worked is told with the next that is."""
    start = figures.started_at.astimezone(zone).date()
    last = figures.as_of.astimezone(zone).date()
    scope, done = figures.at_start
    points = tuple(_points(figures, calendar, zone, start=start, last=last))
    ahead = () if figures.closed_at else calendar.working_days(last + DAY, figures.span.ends_on)
    return Series(
        Point(start, 0, scope, done),
        points,
        calendar.count(start, figures.span.ends_on),
        (*(point.day for point in points), *ahead),
    )


def _points(
    figures: Figures, calendar: WorkCalendar, zone: tzinfo, *, start: date, last: date
) -> Iterator[Point]:
    scope, done = figures.at_start
    changes = iter([*figures.changes, None])
    following = next(changes)
    days = calendar.working_days(start, last)
    elapsed = 0
    for day in days if last in days else (*days, last):
        elapsed += calendar.is_working(day)
        end = datetime.combine(day + DAY, time(), zone)
        while following is not None and (following.at < end or day == last):
            scope, done = scope + following.scope, done + following.done
            following = next(changes)
        yield Point(day, elapsed, scope, done)
