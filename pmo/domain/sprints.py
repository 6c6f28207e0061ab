"""Rules of sprints: who waits for whom, how long they are, which cards they take.

Rolling waves (`SprintPolicy.ROLLING`): the number of sprints is fixed when the first of them
starts, and the details of each are planned only when the one before it has been closed. Number 0
is the trial sprint; it is not among those that a project counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pmo.domain.vocabulary import SprintPolicy, SprintState
from pmo.errors import (
    AnotherIsActive,
    Invalid,
    PreviousNotClosed,
    ResultsMissing,
    Sentence,
    SprintCountFixed,
    SprintEmpty,
    SprintFrozen,
    SprintNotPlanned,
    StartsAfterPrevious,
    _,
)

TRIAL = 0
MOST_SPRINTS = 40
SHORTEST_WEEKS, LONGEST_WEEKS = 3, 12
"""Of a sprint in rolling waves; a trial one, and one of a free project, may last a week."""

SHORTEST_DAYS, LONGEST_DAYS = 7, 7 * LONGEST_WEEKS
SAME_DAY, NEXT_DAY = timedelta(0), timedelta(days=1)
MOST_NAMED = 10
"""Cards that one refusal names."""

GOAL_LENGTH = 2_000
REASON_LENGTH = 1_000
MOST_PEOPLE = 100
MOST_DAYS_OFF = 84


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a sprint, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A sprint among those of its project."""

    number: int
    state: SprintState
    starts_on: date
    ends_on: date


def laid_out(
    count: int, *, starts_on: date, weeks: int, trial_weeks: int, policy: SprintPolicy
) -> tuple[tuple[int, Span], ...]:
    """Return the trial sprint and `count` others, one right after another, with their numbers.

    Raises Invalid for a count or a length out of range.
    """
    shortest = 1 if policy is SprintPolicy.FREE else SHORTEST_WEEKS
    faults: dict[str, list[str]] = {}
    for name, value, least, most in (
        ("count", count, 1, MOST_SPRINTS),
        ("weeks", weeks, shortest, LONGEST_WEEKS),
        ("trial_weeks", trial_weeks, 1, LONGEST_WEEKS),
    ):
        if not least <= value <= most:
            faults[name] = [Sentence(_("From {least} to {most}."), least=least, most=most)]
    if faults:
        raise Invalid(faults)
    spans, first = [], starts_on
    for number in range(count + 1):
        following = first + timedelta(weeks=weeks if number else trial_weeks)
        spans.append((number, Span(first, following - timedelta(days=1))))
        first = following
    return tuple(spans)


def check_span(number: int, span: Span, others: Iterable[Standing], policy: SprintPolicy) -> None:
    """Check the days of a sprint: how many, and that they touch no other's.

    Raises Invalid(starts_on, ends_on).
    """
    days = (span.ends_on - span.starts_on).days + 1
    is_short = number == TRIAL or policy is SprintPolicy.FREE
    shortest = SHORTEST_DAYS if is_short else 7 * SHORTEST_WEEKS
    if not shortest <= days <= LONGEST_DAYS:
        text = Sentence(
            _("A sprint lasts from {shortest} to {longest} days; this one would last {days}."),
            shortest=shortest,
            longest=LONGEST_DAYS,
            days=days,
        )
        raise Invalid({"ends_on": [text]})
    for other in others:
        if other.number < number and other.ends_on >= span.starts_on:
            raise Invalid({"starts_on": [_("The sprint before this one has not ended by then.")]})
        if other.number > number and other.starts_on <= span.ends_on:
            raise Invalid({"ends_on": [_("The next sprint has begun by then.")]})


def check_count(
    sprints: Sequence[Standing], *, count: int | None, wanted: int, policy: SprintPolicy
) -> None:
    """Check that the number of sprints may still become another. Raises SprintCountFixed.

    Free projects add sprints at any time, but take away none that has started.
    """
    started = [it for it in sprints if it.state is not SprintState.PLANNED]
    if not started or wanted == count:
        return
    last = max(it.number for it in started)
    if policy is SprintPolicy.ROLLING or wanted < last:
        raise SprintCountFixed(count=count)


def check_takes(number: int, sprints: Iterable[Standing], policy: SprintPolicy) -> None:
    """Check that a sprint may take cards. Raises SprintFrozen, PreviousNotClosed."""
    ordered = {it.number: it for it in sprints}
    if ordered[number].state is SprintState.CLOSED:
        raise SprintFrozen(number)
    previous = _open_before(number, ordered.values())
    if policy is SprintPolicy.ROLLING and previous is not None:
        raise PreviousNotClosed(number, previous=previous)


def check_start(
    number: int,
    sprints: Iterable[Standing],
    policy: SprintPolicy,
    *,
    cards: int,
    without_result: Collection[str],
) -> None:
    """Check that a sprint may start.

    cards: how many it has. without_result: numbers of those that do not say what is expected.
    Raises SprintNotPlanned, AnotherIsActive, StartsAfterPrevious, SprintEmpty, ResultsMissing.
    """
    found = {it.number: it for it in sprints}
    if found[number].state is not SprintState.PLANNED:
        raise SprintNotPlanned(number)
    previous = _open_before(number, found.values())
    if policy is SprintPolicy.ROLLING and previous is not None:
        raise StartsAfterPrevious(number, previous=previous)
    for other in found.values():
        if other.state is SprintState.ACTIVE:
            raise AnotherIsActive(other.number)
    if not cards:
        raise SprintEmpty(number)
    check_results(without_result)


def check_results(without: Collection[str]) -> None:
    """Refuse cards that do not say what is expected of them. Raises ResultsMissing."""
    if without:
        named = list(without)[:MOST_NAMED]
        more = ["…"] if len(without) > MOST_NAMED else []
        raise ResultsMissing(cards=", ".join([*named, *more]))


def next_open(sprints: Iterable[Standing]) -> int | None:
    """Return the first sprint that has not started, None if there is none."""
    planned = [it.number for it in sprints if it.state is SprintState.PLANNED]
    return min(planned, default=None)


def _open_before(number: int, sprints: Iterable[Standing]) -> int | None:
    """Return the last sprint before this one that is not closed."""
    before = [
        it.number for it in sprints if it.number < number and it.state is not SprintState.CLOSED
    ]
    return max(before, default=None)
