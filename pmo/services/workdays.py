"""Commands on the production calendar: what the office sets in it, over the law and the decrees."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import locked, take_turns, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import WorkdayKind
from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR, SETTABLE, decree_of
from pmo.errors import InUse, Invalid, NotFound, StaleVersion, _
from pmo.models import CalendarState, ConfirmedYear, OwnWorkday
from pmo.queries import access
from pmo.services import journal

MOST_OWN_DAYS = 2_000

TURN = 0x776F726B
"""Key of the lock that lets one change of the calendar go on at a time."""

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WorkdaySet:
    """A day that was set. version: what it has now. is_new: the office had not set it before."""

    day: date
    version: int
    is_new: bool


def set_day(
    day: date,
    *,
    kind: WorkdayKind,
    note: str,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> WorkdaySet:
    """Make a day what the office says, whatever the law says of it. The same again does nothing.

    expected_version: 0 for a day that the office has not set. Raises Forbidden, NotFound (a year
    out of reach), Invalid (kind), StaleVersion, InUse at the most days.
    """
    with transaction():
        row = _loaded(day, expected_version, actor)
        if kind not in SETTABLE:
            raise Invalid({"kind": [_("A day cannot be made this.")]})
        if row is not None and (row.kind, row.note) == (kind, note):
            return WorkdaySet(day, row.version, is_new=False)
        if row is None and (count := OwnWorkday.select().count()) >= MOST_OWN_DAYS:
            raise InUse(count=count)
        version = _changed()
        was = row and {"kind": row.kind.value, "note": row.note}
        values = {"kind": kind, "note": note, "version": version}
        if row is None:
            OwnWorkday.create(day=day, **values)
        else:
            OwnWorkday.update(values).where(OwnWorkday.day == day).execute()
        data = {"day": day.isoformat(), "kind": kind.value, "note": note, "was": was}
        journal.append("calendar.day_set", actor=actor, at=at, data=data)
    return WorkdaySet(day, version, is_new=row is None)


def remove_day(day: date, *, expected_version: int | None, actor: Actor, at: datetime) -> None:
    """Let a day be again what the law and the decrees make it.

    Raises Forbidden, StaleVersion, NotFound if the office has not set it.
    """
    with transaction():
        row = _loaded(day, expected_version, actor)
        if row is None:
            raise NotFound(kind="workday")
        row.delete_instance()
        _changed()
        data = {"day": day.isoformat(), "kind": row.kind.value, "note": row.note}
        journal.append("calendar.day_removed", actor=actor, at=at, data=data)


def confirm_year(year: int, *, is_confirmed: bool, actor: Actor, at: datetime) -> None:
    """Note that a year's transfers are entered, or that they are not. Again does nothing.

    Of a year whose decree the product knows they are entered anyway. Raises Forbidden, NotFound.
    """
    with transaction():
        access.require(actor, Capability.CALENDAR_EDIT)
        _check_year(year)
        take_turns(TURN)
        found = ConfirmedYear.get_or_none(ConfirmedYear.year == year)
        if decree_of(year) is not None or is_confirmed == (found is not None):
            return
        if found is None:
            ConfirmedYear.create(year=year)
        else:
            found.delete_instance()
        _changed()
        kind = "calendar.year_confirmed" if is_confirmed else "calendar.year_reopened"
        journal.append(kind, actor=actor, at=at, data={"year": year})


def write(days: Iterable[Part], years: Iterable[int]) -> None:
    """Write the calendar of a portfolio file; a day that is set here already stays as it is."""
    take_turns(TURN)
    days, years = list(days), list(years)
    if not days and not years:
        return
    version = _changed()
    for part in days:
        OwnWorkday.insert(**part, version=version).on_conflict_ignore().execute()
    for year in years:
        ConfirmedYear.insert(year=year).on_conflict_ignore().execute()


def _loaded(day: date, expected: int | None, actor: Actor) -> OwnWorkday | None:
    access.require(actor, Capability.CALENDAR_EDIT)
    _check_year(day.year)
    take_turns(TURN)
    row: OwnWorkday | None = OwnWorkday.get_or_none(OwnWorkday.day == day)
    present = row.version if row else 0
    if expected is not None and expected != present:
        raise StaleVersion(version=present)
    return row


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(kind="workday")


def _changed() -> int:
    """Count a change of the calendar, so that every process reads it again; return the count."""
    stamp = secrets.token_hex(16)
    state = locked(CalendarState.select()).first()
    if state is None:
        CalendarState.create(id=1, revision=1, stamp=stamp)
        return 1
    revision = int(state.revision) + 1
    CalendarState.update(revision=revision, stamp=stamp).execute()
    return revision
