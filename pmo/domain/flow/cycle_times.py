"""Cycle time: calendar days from a card's start to its finish, both included; never less than 1.

Weekends are not taken out: people who wait for a card wait on Sundays too.
"""

from datetime import date, datetime, tzinfo

from pmo.domain.flow import percentiles
from pmo.domain.flow.days import on
from pmo.domain.flow.figures import CycleTimes, FinishedCard, Window
from pmo.domain.flow.lives import CardLife, Lives

HOUR_SECONDS = 3600


def of(lives: Lives, window: Window, zone: tzinfo) -> CycleTimes:
    """Return the cards finished in the window, as known at its moment, in the order of finish."""
    cards = finished(lives, window.as_of, zone, window.first_on, window.last_on)
    return CycleTimes(
        cards,
        percentiles.of(card.days for card in cards),
        percentiles.of(card.lead_days for card in cards),
    )


def finished(
    lives: Lives, as_of: datetime, zone: tzinfo, first_on: date, last_on: date
) -> tuple[FinishedCard, ...]:
    """Return the cards finished from one day to another."""
    found = []
    for life in lives.values():
        done_at = life.finished_at(as_of)
        if done_at is not None and first_on <= (done_on := on(done_at, zone)) <= last_on:
            found.append((done_at, _card(life, done_at, done_on, zone)))
    return tuple(card for _at, card in sorted(found, key=lambda it: (it[0], it[1].number)))


def _card(life: CardLife, done_at: datetime, done_on: date, zone: tzinfo) -> FinishedCard:
    started_at = life.started_at(done_at) or done_at
    started_on, created_on = on(started_at, zone), on(life.created_at, zone)
    return FinishedCard(
        number=life.number,
        created_on=created_on,
        started_on=started_on,
        finished_on=done_on,
        days=inclusive(started_on, done_on),
        hours=(done_at - started_at).total_seconds() / HOUR_SECONDS,
        lead_days=inclusive(created_on, done_on),
        weight=life.weight(done_at),
    )


def inclusive(first_on: date, last_on: date) -> int:
    """Count days, both ends included."""
    return (last_on - first_on).days + 1
