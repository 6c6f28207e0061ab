"""The production calendar of the office, kept in memory for as long as nobody changes it."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.workdays import WorkCalendar, Workday
from pmo.models import CalendarState, ConfirmedYear, OwnWorkday

LAWFUL = WorkCalendar()
"""What an office has that has set nothing itself."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The calendar that this process read last. stamp: of the state that it was read at."""

    stamp: str = ""
    calendar: WorkCalendar = LAWFUL


class _Memory:
    """One for the process; replaced as a whole, so that threads need no lock."""

    kept = _Kept()


def calendar() -> WorkCalendar:
    """Return the production calendar as it is now: one short statement, if nothing changed."""
    stamp = CalendarState.select(CalendarState.stamp).scalar()
    if stamp is None:
        return LAWFUL
    if stamp != _Memory.kept.stamp:
        # The stamp first: what is read after it is as new, and never taken for older.
        _Memory.kept = _Kept(stamp, _read())
    return _Memory.kept.calendar


def _read() -> WorkCalendar:
    fields = (OwnWorkday.day, OwnWorkday.kind, OwnWorkday.note)
    own = {
        day: Workday(kind, note=note, is_own=True)
        for day, kind, note in rows(OwnWorkday.select(*fields))
    }
    return WorkCalendar(own, [year for (year,) in rows(ConfirmedYear.select())])
