"""Work item age: how many days the cards in work are old, both ends included."""

from datetime import datetime, tzinfo

from pmo.domain.flow.cycle_times import inclusive
from pmo.domain.flow.days import on
from pmo.domain.flow.figures import Ageing, AgeingCard, ServiceLevel, Tone
from pmo.domain.flow.lives import CardLife, Lives, Spell


def of(lives: Lives, as_of: datetime, zone: tzinfo, level: ServiceLevel) -> Ageing:
    """Return the cards in work at a moment, the oldest first, beside a service level."""
    cards = [
        _card(life, started_at, as_of, zone, level)
        for life in lives.values()
        if life.is_open(as_of) and (started_at := life.started_at(as_of)) is not None
    ]
    return Ageing(tuple(sorted(cards, key=lambda it: (-it.age_days, it.number))), level)


def tone(age_days: int, level: ServiceLevel) -> Tone:
    """Return amber for a card older than half of those finished, red for one beyond the level."""
    if level.days is not None and age_days > level.days:
        return Tone.RED
    if level.p50 is not None and age_days > level.p50:
        return Tone.AMBER
    return Tone.NONE


def _card(
    life: CardLife, started_at: datetime, as_of: datetime, zone: tzinfo, level: ServiceLevel
) -> AgeingCard:
    today, started_on = on(as_of, zone), on(started_at, zone)
    spell, entered_at = _standing(life, as_of)
    age_days = inclusive(started_on, today)
    return AgeingCard(
        number=life.number,
        board=spell.board,
        column=spell.column,
        meaning=spell.meaning,
        started_on=started_on,
        entered_on=on(entered_at, zone),
        age_days=age_days,
        column_days=inclusive(on(entered_at, zone), today),
        blocked_reason=life.blocked_for(as_of) or "",
        weight=life.weight(as_of),
        tone=tone(age_days, level),
    )


def _standing(life: CardLife, as_of: datetime) -> tuple[Spell, datetime]:
    """Return where a card stands and since when: a new meaning of its column is no new place."""
    known = [spell for spell in life.spells if spell.since <= as_of]
    last, entered_at = known[-1], known[-1].since
    for spell in reversed(known):
        if (spell.board, spell.column) != (last.board, last.column):
            break
        if spell.until is not None and spell.until < entered_at:
            break
        entered_at = spell.since
    return last, entered_at
