"""Work in progress: how many cards were started and not finished, at the end of each day."""

from datetime import datetime, tzinfo
from itertools import accumulate

from pmo.domain.flow.days import on, span
from pmo.domain.flow.figures import DayCount, Tasks, Window
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.work import sojourns


def tasks_at(lives: Lives, moment: datetime) -> Tasks:
    """Return the cards that were in work at a moment, as it was known then."""
    return tuple(sorted(number for number, life in lives.items() if life.is_in_work(moment)))


def by_day(lives: Lives, window: Window, zone: tzinfo) -> tuple[DayCount, ...]:
    """Return how many were in work at the end of each day, as it was known then.

    The last day ends with what is known, if that is before its end.
    """
    first = window.first_on.toordinal()
    changes = [0] * (window.days + 1)
    for life in lives.values():
        for since, until in sojourns(life, window.as_of):
            came = on(since, zone).toordinal() - first
            left = window.days if until is None else on(until, zone).toordinal() - first
            if came < left and came < window.days and left > 0:
                changes[max(came, 0)] += 1
                changes[min(left, window.days)] -= 1
    counts = accumulate(changes)
    return tuple(
        DayCount(day, count)
        for day, count in zip(span(window.first_on, window.last_on), counts, strict=False)
    )
