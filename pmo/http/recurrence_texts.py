"""The cyclogram in words: how often, in which state, and why not."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names
from flask_babel import get_locale, gettext, ngettext
from flask_babel import gettext as _

from pmo.domain.plan_rhythm import RecurrencePlan
from pmo.domain.recurrence_turns import HalfYear
from pmo.domain.vocabulary import RecurrenceKind
from pmo.errors import PmoError
from pmo.http import formats
from pmo.queries.recurrences import RecurrenceView

K = RecurrenceKind
Ruled = RecurrenceView | RecurrencePlan


def month_names(width: str = "wide") -> Mapping[int, str]:
    """Return the names of the months, from 1."""
    return get_month_names(width, context="stand-alone", locale=get_locale())  # type: ignore[arg-type]


def weekday_names(width: str = "wide") -> list[tuple[int, str]]:
    """Return the days of the week with their numbers, from 1 for Monday."""
    names = get_day_names(width, context="stand-alone", locale=get_locale())  # type: ignore[arg-type]
    return [(number, names[number - 1]) for number in range(1, 8)]


def rule(view: Ruled) -> str:
    """Return how often something comes round, as a table says it."""
    parts = [_rhythm(view)]
    if view.month_from and view.month_to:
        names = month_names()
        months = [names[view.month_from], names[view.month_to]]
        parts.append(" – ".join(dict.fromkeys(months)))
    if view.rule is K.WEEKLY and view.weekdays:
        names = dict(weekday_names("abbreviated"))
        parts.append(", ".join(names[number] for number in view.weekdays))
    if view.day:
        parts.append(str(_("by day %(day)d", day=view.day)))
    if view.until:
        parts.append(str(_("until %(day)s", day=formats.day(view.until))))
    return ", ".join(parts)


def _rhythm(view: Ruled) -> str:
    if view.rule is K.TIMES_PER_HALF:
        times = view.times or 1
        return str(ngettext("%(num)d time in a half-year", "%(num)d times in a half-year", times))
    return {
        K.YEARLY: str(_("every year")),
        K.HALF_YEARLY: str(_("every half-year")),
        K.QUARTERLY: str(_("every quarter")),
        K.MONTHLY: str(_("every month")),
        K.WEEKLY: str(_("every week")),
        K.FIRST_WORKING_DAY: str(_("first working day of the month")),
    }[view.rule]


def reason(code: str, facts: Mapping[str, str]) -> str:
    """Return why a card could not be made, in the visitor's language; '' for no reason."""
    if not code:
        return ""
    sentence = str(gettext(_templates().get(code, PmoError.template)))
    return sentence.format_map(defaultdict(str, facts))


def days(starts_on: date, ends_on: date) -> str:
    """Return a period: one day, or from one to another."""
    start, end = formats.day(starts_on), formats.day(ends_on)
    return start if start == end else f"{start} – {end}"


def half(value: HalfYear) -> str:
    """Return a half-year as schools call it."""
    years = f"{value.year}/{(value.year + 1) % 100:02}"
    if value.half == 1:
        return str(_("first half-year of %(years)s", years=years))
    return str(_("second half-year of %(years)s", years=years))


def academic_year(year: int) -> str:
    """Return «2026/27»."""
    return f"{year}/{(year + 1) % 100:02}"


@cache
def _templates() -> dict[str, str]:
    """Return the sentence of every error by its code."""
    found: dict[str, str] = {}
    kinds: list[type[PmoError]] = [PmoError]
    while kinds:
        kind = kinds.pop()
        found.setdefault(kind.code, kind.template)
        kinds += kind.__subclasses__()
    return found
