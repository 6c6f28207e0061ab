"""Recurring tasks: which days a rule names, under keys that never change.

An occurrence belongs to its rule alone: whoever asks, for whatever days, gets the same one under
the same key. Years and half-years are academic.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmo.domain import calendar
from pmo.domain.calendar import HalfYears
from pmo.domain.vocabulary import RecurrenceKind
from pmo.errors import Invalid, _

MOST_RECURRENCES = 200
"""Of one project."""

MOST_TIMES = 20
MOST_DAYS_AHEAD = 365
MOST_CHECKLIST = 100

FACT_LENGTH = 300
"""Of what is kept about why a card could not be made."""

PARTICULARS = ("month_from", "month_to", "day", "weekdays", "times")

NEEDED: Mapping[RecurrenceKind, frozenset[str]] = {
    RecurrenceKind.YEARLY: frozenset({"month_from", "month_to"}),
    RecurrenceKind.TIMES_PER_HALF: frozenset({"times"}),
}
"""What a kind cannot do without."""

_SEASON = frozenset({"month_from", "month_to"})

TAKEN: Mapping[RecurrenceKind, frozenset[str]] = {
    RecurrenceKind.YEARLY: _SEASON | {"day"},
    RecurrenceKind.HALF_YEARLY: frozenset(),
    RecurrenceKind.QUARTERLY: frozenset(),
    RecurrenceKind.MONTHLY: _SEASON | {"day"},
    RecurrenceKind.WEEKLY: _SEASON | {"weekdays"},
    RecurrenceKind.FIRST_WORKING_DAY: _SEASON,
    RecurrenceKind.TIMES_PER_HALF: frozenset({"times"}),
}
"""What a kind makes use of; the rest is not kept."""

NEEDED_HERE = _("This kind of recurrence needs it.")
BOTH_MONTHS = _("Name the month before too: both, or none.")

IsWorking = Callable[[date], bool]

FRIDAY = 4
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """How often something comes round.

    month_from, month_to: the span of a yearly one; of monthly, weekly ones and first working days
    the months they run in, None for the whole year. Both may lie on both sides of New Year.
    day: of the last month the one it is due on; None for the month's last, as in a shorter month.
    weekdays: 1 for Monday; () for the working week as a whole. times: in each half-year.
    """

    kind: RecurrenceKind
    month_from: int | None = None
    month_to: int | None = None
    day: int | None = None
    weekdays: tuple[int, ...] = ()
    times: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that something comes round. due_on: its last day.

    opens_on: the day it begins, which a card is made ahead of. starts_on, ends_on: its period; of
    several in a half-year the whole half, of which each has its part.
    """

    due_on: date
    key: str
    opens_on: date
    starts_on: date
    ends_on: date


def is_weekend_free(day: date) -> bool:
    """Tell whether a day is from Monday to Friday: the working days where no calendar is known."""
    return day.weekday() <= FRIDAY


def particulars(kind: RecurrenceKind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a kind needs and takes of what was given, and nothing for the rest.

    Raises Invalid for what is missing.
    """
    taken = TAKEN[kind]
    kept = {name: given.get(name) if name in taken else None for name in PARTICULARS}
    missing = [name for name in PARTICULARS if name in NEEDED.get(kind, ()) and not kept[name]]
    if missing:
        raise Invalid({name: [NEEDED_HERE] for name in missing})
    if (kept["month_from"] is None) != (kept["month_to"] is None):
        name = "month_from" if kept["month_from"] is None else "month_to"
        raise Invalid({name: [BOTH_MONTHS]})
    return {**kept, "weekdays": sorted(set(kept["weekdays"] or ()))}


def between(
    rule: Rule,
    first: date,
    last: date,
    *,
    is_working: IsWorking = is_weekend_free,
    half_years: HalfYears | None = None,
) -> Iterator[Occurrence]:
    """Yield the occurrences that are due from `first` to `last`, in order.

    A due day belongs to one window only, so neighbouring windows never share an occurrence.
    """
    found = _ABOUT[rule.kind](rule, first, last, is_working, half_years or HalfYears())
    return iter(sorted(it for it in found if first <= it.due_on <= last))


def in_season(rule: Rule, month: int) -> bool:
    """Tell whether a month is one that the rule runs in."""
    if rule.month_from is None or rule.month_to is None:
        return True
    length = (rule.month_to - rule.month_from) % MONTHS
    return (month - rule.month_from) % MONTHS <= length


def written(occurrence: Occurrence) -> str:
    """Return the period as people may write it, the same in every language: «10.2026 – 02.2027»."""
    start, end = occurrence.starts_on, occurrence.ends_on
    if start == end:
        return f"{start:%d.%m.%Y}"
    if start.day == 1 and end == calendar.month_end(end.year, end.month):
        parts = [f"{start:%m.%Y}", f"{end:%m.%Y}"]
        return " – ".join(dict.fromkeys(parts))
    return f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"


def _one(key: str, start: date, end: date) -> Occurrence:
    return Occurrence(due_on=end, key=key, opens_on=start, starts_on=start, ends_on=end)


def _yearly(rule: Rule, first: date, last: date, *_rest: Any) -> Iterator[Occurrence]:
    month_from, month_to = rule.month_from or 1, rule.month_to or MONTHS
    for year in range(_year_before(first), last.year + 1):
        start = date(calendar.year_of_month(year, month_from), month_from, 1)
        end_year = start.year if month_to >= month_from else start.year + 1
        if end_year <= date.max.year:
            yield _one(f"year:{year}", start, _day_of(end_year, month_to, rule.day))


def _half_yearly(
    _rule: Rule, first: date, last: date, _is_working: IsWorking, halves: HalfYears
) -> Iterator[Occurrence]:
    for year, half, start, end in _halves(first, last, halves):
        yield _one(f"half:{year}/{half}", start, end)


def _times(
    rule: Rule, first: date, last: date, _is_working: IsWorking, halves: HalfYears
) -> Iterator[Occurrence]:
    """Give each of N its part of the half: the first begins with it, the last ends with it."""
    times = rule.times or 1
    for year, half, start, end in _halves(first, last, halves):
        days = (end - start).days + 1
        for number in range(1, times + 1):
            opens_on = start + timedelta(days=days * (number - 1) // times)
            due_on = start + timedelta(days=days * number // times - 1)
            key = f"half:{year}/{half}#{number}"
            yield Occurrence(max(due_on, opens_on), key, opens_on, start, end)


def _quarterly(_rule: Rule, first: date, last: date, *_rest: Any) -> Iterator[Occurrence]:
    for year in range(first.year, last.year + 1):
        for quarter in range(1, 5):
            yield _one(f"quarter:{year}/{quarter}", *calendar.quarter_span(year, quarter))


def _monthly(rule: Rule, first: date, last: date, *_rest: Any) -> Iterator[Occurrence]:
    for year, month in _months(rule, first, last):
        start = date(year, month, 1)
        yield _one(f"month:{start:%Y-%m}", start, _day_of(year, month, rule.day))


def _weekly(rule: Rule, first: date, last: date, *_rest: Any) -> Iterator[Occurrence]:
    for number in range(max(first.toordinal() - 6, 1), last.toordinal() + 1):
        day = date.fromordinal(number)
        if rule.weekdays:
            if day.isoweekday() in rule.weekdays and in_season(rule, day.month):
                yield _one(f"day:{day.isoformat()}", day, day)
        elif day.isoweekday() == 1 and in_season(rule, day.month):
            year, week, _weekday = day.isocalendar()
            yield _one(f"week:{year}-{week:02}", day, day + timedelta(days=FRIDAY))


def _first_working_day(
    rule: Rule, first: date, last: date, is_working: IsWorking, _halves: HalfYears
) -> Iterator[Occurrence]:
    for year, month in _months(rule, first, last):
        start, end = calendar.month_span(year, month)
        days = (start + timedelta(days=passed) for passed in range(end.day))
        day = next(filter(is_working, days), None)
        if day is not None:
            yield _one(f"first:{start:%Y-%m}", day, day)


_ABOUT: Mapping[RecurrenceKind, Callable[..., Iterator[Occurrence]]] = {
    RecurrenceKind.YEARLY: _yearly,
    RecurrenceKind.HALF_YEARLY: _half_yearly,
    RecurrenceKind.QUARTERLY: _quarterly,
    RecurrenceKind.MONTHLY: _monthly,
    RecurrenceKind.WEEKLY: _weekly,
    RecurrenceKind.FIRST_WORKING_DAY: _first_working_day,
    RecurrenceKind.TIMES_PER_HALF: _times,
}
"""By kind: all that may be due in a window, and some beside."""


def _day_of(year: int, month: int, day: int | None) -> date:
    end = calendar.month_end(year, month)
    return end if day is None else end.replace(day=min(day, end.day))


def _months(rule: Rule, first: date, last: date) -> Iterator[tuple[int, int]]:
    for number in range(first.year * MONTHS + first.month - 1, last.year * MONTHS + last.month):
        year, month = divmod(number, MONTHS)
        if in_season(rule, month + 1):
            yield year, month + 1


def _halves(first: date, last: date, halves: HalfYears) -> Iterator[tuple[int, int, date, date]]:
    for year in range(_year_before(first), last.year + 1):
        for half in (1, 2):
            if year < date.max.year:
                yield year, half, *halves.span(year, half)


def _year_before(day: date) -> int:
    return max(day.year - 2, date.min.year)
