"""Blocked days: on how many days cards were blocked while they stood on a board undone."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from pmo.domain.flow.cycle_times import HOUR_SECONDS
from pmo.domain.flow.days import on, start_of
from pmo.domain.flow.figures import Blocked, BlockedCard, Window
from pmo.domain.flow.lives import DONE, CardLife, Lives

MICROSECOND = timedelta(microseconds=1)


def of(lives: Lives, window: Window, zone: tzinfo) -> Blocked:
    """Return what was blocked within the window, as known at its moment, the longest first."""
    cards = [
        card
        for life in lives.values()
        if life.blocked and (card := _card(life, window, zone)) is not None
    ]
    ordered = sorted(cards, key=lambda it: (-it.days, -it.hours, it.number))
    return Blocked(sum(card.days for card in cards), tuple(ordered))


def _card(life: CardLife, window: Window, zone: tzinfo) -> BlockedCard | None:
    days: set[int] = set()
    seconds = 0.0
    reasons: dict[str, None] = {}
    for since, until, reason in _times(life, *bounds(window, zone)):
        days.update(range(on(since, zone).toordinal(), _last_day(until, zone) + 1))
        seconds += (until - since).total_seconds()
        reasons.pop(reason, None)
        reasons[reason] = None
    if not days:
        return None
    is_blocked = life.is_open(window.as_of) and life.blocked_for(window.as_of) is not None
    hours = seconds / HOUR_SECONDS
    return BlockedCard(life.number, len(days), hours, tuple(reasons), is_blocked)


def bounds(window: Window, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the moments at which a window begins and ends; the end no longer belongs to it."""
    after = start_of(window.last_on + timedelta(days=1), zone)
    return start_of(window.first_on, zone), min(after, window.as_of)


def _last_day(until: datetime, zone: tzinfo) -> int:
    """Return the last day of a time that ends before a moment: midnight belongs to the next."""
    return on(until - MICROSECOND, zone).toordinal()


def _times(
    life: CardLife, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime, str]]:
    """Yield when a card was blocked on a board undone, between two moments."""
    for blocked in life.blocked:
        for spell in life.spells:
            since = max(blocked.since, spell.since, first)
            until = min(blocked.until or last, spell.until or last, last)
            if spell.meaning is not DONE and since < until:
                yield since, until, blocked.reason
