"""Days of the office, and the window of days that figures look at."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pmo.domain.flow.figures import Window
from pmo.domain.flow.lives import Lives

DAY = timedelta(days=1)
USUAL_DAYS = 90
"""Of a window that nobody chose."""


def on(moment: datetime, zone: tzinfo) -> date:
    """Return the day of a moment at the office."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of a day at the office, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the last moment of a day at the office, in UTC."""
    return start_of(day + DAY, zone) - timedelta(microseconds=1)


def span(first_on: date, last_on: date) -> Iterator[date]:
    """Yield days, both ends included; none if the last is before the first."""
    for number in range(first_on.toordinal(), last_on.toordinal() + 1):
        yield date.fromordinal(number)


def began_on(lives: Lives, as_of: datetime, zone: tzinfo) -> date | None:
    """Return the day of the first card that was made by a moment; None without one."""
    made = [life.created_at for life in lives.values() if life.created_at <= as_of]
    return on(min(made), zone) if made else None


def window(
    lives: Lives,
    as_of: datetime,
    zone: tzinfo,
    *,
    first_on: date | None = None,
    last_on: date | None = None,
) -> Window:
    """Return the days to look at: those asked for, as far as there is something to be known.

    first_on: the usual number of days before the last without it; never before the first card,
    since days on which there was no project are no days without work. last_on: the day of the
    moment without it, and never after it.
    """
    began = began_on(lives, as_of, zone)
    known_to = on(as_of, zone)
    last = min(last_on or known_to, known_to)
    first = first_on or last - (USUAL_DAYS - 1) * DAY
    if began is not None:
        first = max(first, began)
    return Window(as_of, min(first, last), last, began)
