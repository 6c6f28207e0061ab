"""A day of the production calendar in words, and the names of its months and weekdays."""

from datetime import date

from babel.dates import format_date, get_day_names, get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _

from pmo.domain import month_grid
from pmo.domain.workdays import Workday
from pmo.http import formats
from pmo.http.labels import label_of
from pmo.queries.workday_years import DayView


def words(day: DayView | Workday) -> str:
    """Return what a day is, and why; with the note of the office, if it has one."""
    kind = label_of(day.kind)
    if day.note:
        return f"{kind}: {day.note}"
    if day.holiday is not None:
        return f"{kind}: {label_of(day.holiday)}"
    if day.moved is None:
        return kind
    moved = formats.day(day.moved)
    if day.hours:
        return str(_("%(kind)s, its rest is moved to %(day)s", kind=kind, day=moved))
    return str(_("%(kind)s, moved from %(day)s", kind=kind, day=moved))


def months() -> list[str]:
    """Return the names of the months, January first, as titles."""
    names = get_month_names("wide", context="stand-alone", locale=get_locale())
    return [names[number].capitalize() for number in range(1, 13)]


def weekdays() -> list[tuple[str, str]]:
    """Return the weekdays from Monday: short and long."""
    short = get_day_names("abbreviated", context="stand-alone", locale=get_locale())
    long = get_day_names("wide", context="stand-alone", locale=get_locale())
    return [(short[number], long[number]) for number in range(month_grid.WEEK)]


def short(day: date) -> str:
    """Return a day of a year that is named elsewhere: «ср, 4 ноября»."""
    return format_date(day, "EEE, d MMMM", locale=get_locale())


def with_weekday(day: date) -> str:
    """Return a day in full: «среда, 4 ноября 2026 г.»."""
    return format_date(day, "full", locale=get_locale())
