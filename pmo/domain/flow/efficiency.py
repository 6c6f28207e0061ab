"""Flow efficiency: in which share of the time from start to finish somebody worked on a card."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from pmo.domain.flow.cycle_times import HOUR_SECONDS
from pmo.domain.flow.days import on
from pmo.domain.flow.figures import CardEfficiency, FlowEfficiency, Window
from pmo.domain.flow.lives import CardLife, Lives, Reasoned
from pmo.domain.vocabulary import ColumnMeaning


def of(lives: Lives, window: Window, zone: tzinfo) -> FlowEfficiency:
    """Return the share for the cards finished in the window, as known at its moment."""
    cards = []
    for number, life in sorted(lives.items()):
        done_at = life.finished_at(window.as_of)
        if done_at is not None and window.first_on <= on(done_at, zone) <= window.last_on:
            cards.append(_card(number, life, done_at))
    active = sum(card.active_hours for card in cards)
    waiting = sum(card.waiting_hours for card in cards)
    total = active + waiting
    return FlowEfficiency(active, waiting, active / total if total else None, tuple(cards))


def _card(number: int, life: CardLife, done_at: datetime) -> CardEfficiency:
    active = waiting = 0.0
    started_at = life.started_at(done_at) or done_at
    for spell in life.spells:
        until = done_at if spell.until is None else min(spell.until, done_at)
        if spell.since < started_at or until <= spell.since:
            continue
        seconds = (until - spell.since).total_seconds()
        if spell.meaning is ColumnMeaning.IN_PROGRESS:
            blocked = overlap_seconds(life.blocked, spell.since, until)
            active += seconds - blocked
            waiting += blocked
        else:
            waiting += seconds
    return CardEfficiency(number, active / HOUR_SECONDS, waiting / HOUR_SECONDS)


def overlap_seconds(spells: Sequence[Reasoned], since: datetime, until: datetime) -> float:
    """Return how long spells lasted between two moments."""
    return sum(
        max(0.0, (min(it.until or until, until) - max(it.since, since)).total_seconds())
        for it in spells
    )
