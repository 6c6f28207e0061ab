"""Days in addresses, and where a day ends by the office's clock."""

from datetime import UTC, date, datetime, time, timedelta

from pmo import clock
from pmo.errors import NotFound
from pmo.http import current

EARLIEST = date(1900, 1, 1)
"""Nobody looks at what was before; and there are days before it to reckon with."""


def of_address(text: str) -> date:
    """Return the day that an address names, as 2026-11-04. Raises NotFound."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound(kind="day") from error
    if day.isoformat() != text:  # 20261104 and 2026-W45-3 are other names of it
        raise NotFound(kind="day")
    return day


def since(moment: datetime) -> int:
    """Return how many days ago a moment was, by the office's calendar; 0 is today."""
    return (current.today() - moment.astimezone(current.settings().timezone).date()).days


def end_of(day: date | None) -> datetime | None:
    """Return the moment when a day ends at the office; None for no day, or the last of all."""
    if day is None or day == date.max:
        return None
    midnight = datetime.combine(day + timedelta(days=1), time(), current.settings().timezone)
    return midnight.astimezone(UTC)


def looked_at(day: date | None) -> datetime:
    """Return the moment at which one looks: the last of a day that is over, else the present."""
    if day is None or day >= current.today():
        return clock.now()
    return (end_of(max(day, EARLIEST)) or clock.now()) - timedelta(microseconds=1)
