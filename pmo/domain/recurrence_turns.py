"""What is to be done about a recurring task on a day, and what its cards say of it later."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pmo.domain import calendar, recurrences
from pmo.domain.calendar import HalfYears
from pmo.domain.recurrences import IsWorking, Occurrence, Rule
from pmo.domain.vocabulary import OccurrenceOutcome

LONGEST = timedelta(days=400)
"""Longer than any occurrence lasts."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a recurring task runs.

    starts_on, until: what is due outside of them does not come; until None: no end.
    since: the day from which it is on without a break; what was due before is not looked at.
    """

    rule: Rule
    starts_on: date
    until: date | None
    since: date
    days_ahead: int


@dataclass(frozen=True, slots=True)
class Turns:
    """What a day asks for. to_make: cards; to_skip: those whose whole period has passed."""

    to_make: tuple[Occurrence, ...]
    to_skip: tuple[Occurrence, ...]


def turns(
    schedule: Schedule, today: date, known: Collection[str], *, is_working: IsWorking
) -> Turns:
    """Return what is due on a day. known: keys of the occurrences that are settled."""
    first = max(schedule.starts_on, schedule.since)
    last = today + timedelta(days=schedule.days_ahead) + LONGEST
    ahead = timedelta(days=schedule.days_ahead)
    fresh = [
        it
        for it in within(schedule, first, last, is_working=is_working)
        if it.opens_on - ahead <= today and it.key not in known
    ]
    return Turns(
        tuple(it for it in fresh if it.ends_on >= today),
        tuple(it for it in fresh if it.ends_on < today),
    )


def within(
    schedule: Schedule, first: date, last: date, *, is_working: IsWorking
) -> tuple[Occurrence, ...]:
    """Return what a schedule has due from one day to another, in order."""
    first = max(first, schedule.starts_on)
    last = last if schedule.until is None else min(last, schedule.until)
    if first > last:
        return ()
    return tuple(recurrences.between(schedule.rule, first, last, is_working=is_working))


def standing_for(
    schedule: Schedule, *, due_on: date | None, today: date, is_working: IsWorking
) -> Occurrence | None:
    """Return the occurrence that a card stands for which is there already.

    The one that its due day falls into; without one, that of today; None if there is none.
    """
    day = min(due_on or today, date.max - 2 * LONGEST)
    near = within(schedule, day, day + LONGEST, is_working=is_working)
    return next((it for it in near if it.opens_on <= day <= it.due_on), None)


class MarkState(StrEnum):
    """What a mark in the cyclogram says of an occurrence."""

    DONE = "done"
    LATE = "late"
    OPEN = "open"
    ARCHIVED = "archived"
    PLANNED = "planned"
    SKIPPED = "skipped"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class CardState:
    """How the card of an occurrence stands."""

    is_done: bool
    is_archived: bool
    due_on: date | None


def state_of(
    outcome: OccurrenceOutcome | None, card: CardState | None, *, today: date
) -> MarkState:
    """Tell what to show of an occurrence. outcome: None while nothing has become of it."""
    if outcome is OccurrenceOutcome.SKIPPED:
        return MarkState.SKIPPED
    if outcome is OccurrenceOutcome.HELD:
        return MarkState.HELD
    if card is None:
        return MarkState.PLANNED
    if card.is_done:
        return MarkState.DONE
    if card.is_archived:
        return MarkState.ARCHIVED
    is_late = card.due_on is not None and card.due_on < today
    return MarkState.LATE if is_late else MarkState.OPEN


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A half (1 or 2) of the academic year that starts in `year`."""

    year: int
    half: int

    def span(self, half_years: HalfYears | None = None) -> tuple[date, date]:
        """Return its first and last day."""
        return (half_years or HalfYears()).span(self.year, self.half)

    def before(self) -> "HalfYear":
        """Return the half before it."""
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)  # noqa: PLR2004


def half_at(day: date, half_years: HalfYears | None = None) -> HalfYear:
    """Return the half that a day lies in; between two halves, the one that ended last."""
    year = calendar.academic_year_of(day)
    second = HalfYear(year, 2)
    return second if second.span(half_years)[0] <= day else HalfYear(year, 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """How far the promise of a half-year is kept: k of N. is_over: no more can come."""

    half: HalfYear
    done: int
    times: int
    is_over: bool

    @property
    def is_kept(self) -> bool:
        """Tell whether it is kept."""
        return self.done >= self.times

    @property
    def is_broken(self) -> bool:
        """Tell whether it was not kept and cannot be any more."""
        return self.is_over and not self.is_kept


def kept(half: HalfYear, finished_on: Iterable[date | None], times: int, *, as_of: date) -> Kept:
    """Count the cards that were finished inside a half, as known on a day.

    finished_on: of each card that counts, the day it was finished; None while it is not.
    """
    start, end = half.span()
    days = [day for day in finished_on if day is not None]
    done = sum(1 for day in days if start <= day <= min(end, as_of))
    return Kept(half, done, times, as_of > end)
