"""Figures of single days, as they were known in the evening: what is kept for trends.

A day on which nothing changed has no figures of its own: those of the day before still hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from pmo.domain.flow.cumulative import Steps
from pmo.domain.flow.days import end_of, on, span
from pmo.domain.flow.lives import DONE, QUEUE, CardLife, Lives, Spell

RULES = 1
"""Grows when a figure comes to mean something else: what is kept by other rules is made anew."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A project at the end of a day. Counts are of cards; weights are points.

    remaining: on a board, not done. in_work: of them, started. blocked: of them, blocked.
    finished: done that day, and still in the evening. done_weight: of all that was done by then.
    reached: as `CumulativeDay` of all boards' meanings: queue, in progress, waiting, left, done.
    """

    day: date
    remaining: int
    in_work: int
    blocked: int
    finished: int
    finished_weight: int
    remaining_weight: int
    done_weight: int
    reached: tuple[int, int, int, int, int]


FINISHED_AT, STEPS_AT, WIDTH = 5, 7, 12
"""Where figures stand in a row: what holds on, what was finished that day, the steps."""


def of_row(day: date, row: Sequence[int]) -> DayFigures:
    """Return figures of their row: remaining, in work, blocked, both weights, finished, steps."""
    remaining, in_work, blocked, remaining_weight, done_weight = row[:FINISHED_AT]
    finished, finished_weight = row[FINISHED_AT:STEPS_AT]
    queue, work, waiting, left, done = row[STEPS_AT:]
    return DayFigures(
        day,
        remaining,
        in_work,
        blocked,
        finished,
        finished_weight,
        remaining_weight,
        done_weight,
        (queue, work, waiting, left, done),
    )


NOTHING = DayFigures(date.min, 0, 0, 0, 0, 0, 0, 0, (0, 0, 0, 0, 0))


def of(lives: Lives, last_on: date, zone: tzinfo) -> list[DayFigures]:
    """Return the figures of the days on which something changed, up to a day that is over."""
    changes = _gathered(lives, end_of(last_on, zone), zone)
    found: list[DayFigures] = []
    sums = [0] * WIDTH
    for day, change in sorted(changes.items()):
        if not any(change):
            continue
        sums = [one + by for one, by in zip(sums, change, strict=True)]
        sums[FINISHED_AT:STEPS_AT] = change[FINISHED_AT:STEPS_AT]
        found.append(of_row(day, sums))
    return found


def filled(
    kept: Sequence[DayFigures], first_on: date, last_on: date, before: DayFigures = NOTHING
) -> Iterator[DayFigures]:
    """Yield the figures of every day. kept: within these days. before: the last before them."""
    by_day = {it.day: it for it in kept}
    for day in span(first_on, last_on):
        if day in by_day:
            before = by_day[day]
            yield before
        else:
            yield replace(before, day=day, finished=0, finished_weight=0)


def _gathered(lives: Lives, as_of: datetime, zone: tzinfo) -> dict[date, list[int]]:
    """Return by how much all cards change the figures of each day."""
    changes: dict[date, list[int]] = defaultdict(lambda: [0] * WIDTH)
    steps = Steps()
    for life in lives.values():
        if life.created_at > as_of:
            continue
        for day, change in _changes(life, as_of, zone):
            row = changes[day]
            for index, by in enumerate(change):
                row[index] += by
        for index, reached_on in enumerate(steps.reached(life, as_of, zone), start=STEPS_AT):
            if reached_on is not None:
                changes[reached_on][index] += 1
    return changes


@dataclass(slots=True)
class _State:
    """A card on its way through time."""

    is_there: bool = False
    is_started: bool = False
    is_blocked: bool = False
    done_at: datetime | None = None
    weight: int = 0

    def figures(self) -> tuple[int, ...]:
        """Return what it adds to remaining, in work, blocked, and to both weights."""
        remaining = self.is_there and self.done_at is None
        return (
            int(remaining),
            int(remaining and self.is_started),
            int(remaining and self.is_blocked),
            self.weight if remaining else 0,
            self.weight if self.done_at is not None else 0,
        )


def _changes(
    life: CardLife, as_of: datetime, zone: tzinfo
) -> Iterator[tuple[date, tuple[int, ...]]]:
    """Yield by how much a card changes the figures of each day on which something happened to it.

    The last two of a change are what the card adds to what was finished that day.
    """
    state = _State()
    before = state.figures()
    events = sorted(_events(life), key=lambda it: it[0])
    for index, (at, name, value) in enumerate(events):
        if at > as_of:
            return
        _apply(state, at, name, value)
        day = on(at, zone)
        following = events[index + 1][0] if index + 1 < len(events) else None
        if following is not None and following <= as_of and on(following, zone) == day:
            continue
        after = state.figures()
        is_finished = state.done_at is not None and on(state.done_at, zone) == day
        finished = (1, life.weight(state.done_at)) if is_finished and state.done_at else (0, 0)
        yield day, (*(new - old for new, old in zip(after, before, strict=True)), *finished)
        before = after


def _events(life: CardLife) -> Iterable[tuple[datetime, str, object]]:
    """Yield what happened to a card; at one moment in the order in which it counts."""
    for since, weight in life.weights:
        yield since, "weight", weight
    for since, until, _reason in life.blocked:
        yield since, "blocked", True
        if until is not None:
            yield until, "blocked", False
    for place, spell in enumerate(life.spells):
        yield spell.since, "stands", spell
        is_last = place + 1 == len(life.spells)
        if spell.until is not None and (is_last or life.spells[place + 1].since > spell.until):
            yield spell.until, "leaves", None


def _apply(state: _State, at: datetime, name: str, value: object) -> None:
    if isinstance(value, Spell):
        state.is_there = True
        state.is_started = state.is_started or value.meaning is not QUEUE
        if value.meaning is not DONE:
            state.done_at = None
        elif state.done_at is None:
            state.done_at = at
    elif name == "leaves":
        state.is_there = False
    elif name == "blocked":
        state.is_blocked = bool(value)
    elif isinstance(value, int):
        state.weight = value
