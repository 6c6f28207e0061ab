"""From a written period to a rule of recurrence: «ежегодно, октябрь-февраль»."""

from dataclasses import dataclass
from datetime import date, timedelta

from pmo.domain import calendar, recurrences
from pmo.domain.periods import Period
from pmo.domain.periods import Recurrence as Rhythm
from pmo.domain.recurrences import Rule
from pmo.domain.vocabulary import RecurrenceKind

ACADEMIC_YEAR = (9, 8)
"""First and last month."""

A_YEAR = timedelta(days=366)

BY_TIMES_A_YEAR = {
    2: RecurrenceKind.HALF_YEARLY,
    4: RecurrenceKind.QUARTERLY,
    12: RecurrenceKind.MONTHLY,
}

PLAIN = {
    Rhythm.HALF_YEARLY: RecurrenceKind.HALF_YEARLY,
    Rhythm.QUARTERLY: RecurrenceKind.QUARTERLY,
    Rhythm.MONTHLY: RecurrenceKind.MONTHLY,
    Rhythm.WEEKLY: RecurrenceKind.WEEKLY,
}
"""Rhythms that are kinds, as long as nothing is said of how many times."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that a period suggests.

    is_said: the text itself says that it recurs, and how; otherwise the rule is a mere beginning.
    starts_on, until: the years it names, if it names several.
    """

    rule: Rule
    is_said: bool
    starts_on: date | None = None
    until: date | None = None


def of_period(period: Period | None) -> Proposal:
    """Return the rule that a period suggests; a yearly one of its months if it says none."""
    if period is None:
        return Proposal(Rule(RecurrenceKind.YEARLY, *ACADEMIC_YEAR), is_said=False)
    kind = _kind(period)
    start, end = period.starts_on, period.ends_on
    is_long = start is not None and end is not None and end - start > A_YEAR
    bounds = (start, end) if is_long else (None, None)
    if kind is RecurrenceKind.TIMES_PER_HALF:
        times = min(period.times, recurrences.MOST_TIMES)
        return Proposal(Rule(kind, times=times), True, *bounds)
    if kind is None or kind is RecurrenceKind.YEARLY:
        months = ACADEMIC_YEAR if is_long else _months(period)
        rule = Rule(RecurrenceKind.YEARLY, *months, day=None if is_long else _day(period))
        return Proposal(rule, kind is not None, *bounds)
    takes_months = "month_from" in recurrences.TAKEN[kind] and period.spans and not is_long
    return Proposal(Rule(kind, *(_months(period) if takes_months else (None, None))), True, *bounds)


def _kind(period: Period) -> RecurrenceKind | None:
    if period.recurrence is Rhythm.YEARLY:
        if period.times <= 1:
            return RecurrenceKind.YEARLY
        return BY_TIMES_A_YEAR.get(period.times)
    if period.recurrence is Rhythm.HALF_YEARLY and period.times:
        return RecurrenceKind.TIMES_PER_HALF
    return PLAIN.get(period.recurrence) if period.times <= 1 else None


def _months(period: Period) -> tuple[int, int]:
    """Return the months that a period of at most a year spans; of a deadline, the one it is in."""
    ends_on = period.ends_on
    starts_on = period.starts_on or ends_on
    if starts_on is None:
        return ACADEMIC_YEAR
    return starts_on.month, (ends_on or starts_on).month


def _day(period: Period) -> int | None:
    """Return the day it ends on, if that is not the last of its month."""
    end = period.ends_on
    if end is None or end == calendar.month_end(end.year, end.month):
        return None
    return end.day
