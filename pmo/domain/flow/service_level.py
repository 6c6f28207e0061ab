"""Service-level expectation: within how many days most cards were finished lately."""

from datetime import datetime, timedelta, tzinfo

from pmo.domain.flow.cycle_times import finished
from pmo.domain.flow.days import on
from pmo.domain.flow.figures import ServiceLevel
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.percentiles import nearest_rank

PERCENT = 85
WINDOW_DAYS = 90
LEAST = 11
"""Fewer finished cards say nothing: one of them more or less would move the promise."""


def of(
    lives: Lives,
    as_of: datetime,
    zone: tzinfo,
    *,
    percent: int = PERCENT,
    window_days: int = WINDOW_DAYS,
) -> ServiceLevel:
    """Return the level of cards finished in the days up to a moment, as known then."""
    last_on = on(as_of, zone)
    cards = finished(lives, as_of, zone, last_on - timedelta(days=window_days - 1), last_on)
    ordered = sorted(card.days for card in cards)
    enough = ordered if len(ordered) >= LEAST else []
    return ServiceLevel(
        percent=percent,
        window_days=window_days,
        least=LEAST,
        count=len(ordered),
        days=nearest_rank(enough, percent),
        p50=nearest_rank(enough, 50),
        p95=nearest_rank(enough, 95),
        tasks=tuple(sorted(card.number for card in cards)),
    )
