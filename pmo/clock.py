"""The only place that looks at the wall clock; called by web, api and cli alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def today(timezone: ZoneInfo) -> date:
    """Return the calendar day at the office, in its own time zone."""
    return datetime.now(timezone).date()
