"""How often what time brings is done, counted from fixed moments that every process agrees on."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rhythm(StrEnum):
    """Every few minutes; or once a day, after the office's midnight."""

    OFTEN = "often"
    DAILY = "daily"


def due_since(rhythm: Rhythm, at: datetime, *, minutes: int) -> datetime:
    """Return the moment since which a job should have been done; `at` is by the office's clock.

    minutes: how often is often. The same for all moments between two turns, so that of several
    processes the first of each turn does it, whichever minute they look in.
    """
    if rhythm is Rhythm.DAILY:
        return at.replace(hour=0, minute=0, second=0, microsecond=0)
    return at - (at - EPOCH) % timedelta(minutes=minutes)
