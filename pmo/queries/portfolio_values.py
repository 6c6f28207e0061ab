"""How a portfolio file writes single values."""

from datetime import UTC, date, datetime
from typing import Any

from pmo.domain import periods
from pmo.domain.periods import Period


def moment_text(moment: datetime) -> str:
    """Return a moment as files write it: UTC, with microseconds when there are any."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def period_value(period: Period | None) -> dict[str, Any] | None:
    """Return a period with its text as written; null for none."""
    return None if period is None else periods.to_dict(period)


def day_text(day: date | None) -> str | None:
    """Return a day as files write it; null for none."""
    return None if day is None else day.isoformat()
