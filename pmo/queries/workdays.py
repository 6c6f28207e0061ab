"""The production calendar of the office, kept in memory for as long as nobody changes it."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.workdays import WorkCalendar, Workday
from pmo.models import CalendarState, ConfirmedYear, OwnWorkday

LAWFUL = WorkCalendar()
"""What an office has that has set nothing itself."""


@dataclass(frozen=True, slots=True)
class Present:
    """The calendar as it is. revision: how often the office has changed it."""

    calendar: WorkCalendar = LAWFUL
    revision: int = 0
    stamp: str = ""


class _Memory:
    """What this process read last; replaced as a whole, so that threads need no lock."""

    present = Present()


def calendar() -> WorkCalendar:
    """Return the production calendar as it is now: one short statement, if nothing changed."""
    return present().calendar


def present() -> Present:
    """Return the calendar with its revision."""
    state = CalendarState.select(CalendarState.stamp, CalendarState.revision)
    stamp, revision = next(iter(rows(state)), ("", 0))
    if not stamp:
        return Present()
    kept = _Memory.present
    if stamp != kept.stamp:
        # The stamp came first: what is read now is as new as it says, and never taken for newer.
        kept = _Memory.present = Present(_read(), revision, stamp)
    return kept


def exported_days() -> list[dict[str, str]]:
    """Return the days that the office has set, as a portfolio file holds them."""
    fields = (OwnWorkday.day, OwnWorkday.kind, OwnWorkday.note)
    return [
        {"day": day.isoformat(), "kind": kind.value, "note": note}
        for day, kind, note in rows(OwnWorkday.select(*fields).order_by(OwnWorkday.day))
    ]


def exported_years() -> list[int]:
    """Return the years whose transfers the office has entered."""
    query = ConfirmedYear.select(ConfirmedYear.year).order_by(ConfirmedYear.year)
    return [year for (year,) in rows(query)]


def _read() -> WorkCalendar:
    fields = (OwnWorkday.day, OwnWorkday.kind, OwnWorkday.note, OwnWorkday.version)
    own = {
        day: Workday(kind, note=note, version=version)
        for day, kind, note, version in rows(OwnWorkday.select(*fields))
    }
    return WorkCalendar(own, exported_years())
