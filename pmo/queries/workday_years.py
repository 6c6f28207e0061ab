"""A year, and a day, of the production calendar as pages and programs are shown them."""

from dataclasses import dataclass
from datetime import date

from pmo.domain import calendar as spans
from pmo.domain import month_grid
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.vocabulary import PublicHoliday, WorkdayKind
from pmo.domain.workday_decrees import PAID_REST_YEARS, Decree
from pmo.domain.workdays import FIRST_YEAR, LAST_YEAR, WorkCalendar, Workday, decree_of
from pmo.errors import NotFound
from pmo.queries import access, workdays


@dataclass(frozen=True, slots=True)
class DayView:
    """A day. hours: of work. moved: whence its rest was moved, or whither. version: 0 if not own.

    lawful: what the law and the decrees make of it.
    """

    day: date
    kind: WorkdayKind
    hours: int
    holiday: PublicHoliday | None
    moved: date | None
    note: str
    version: int
    is_own: bool
    lawful: Workday


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a span. hours: of work, at 40 a week."""

    starts_on: date
    ends_on: date
    calendar_days: int
    working_days: int
    hours: int

    @property
    def days_off(self) -> int:
        """Days that are not worked."""
        return self.calendar_days - self.working_days


@dataclass(frozen=True, slots=True)
class YearView:
    """A year. is_confirmed: its transfers are known. revision: of the office's calendar."""

    year: int
    is_confirmed: bool
    decree: Decree | None
    days: tuple[DayView, ...]
    months: tuple[Figures, ...]
    quarters: tuple[Figures, ...]
    halves: tuple[Figures, ...]
    total: Figures
    revision: int
    can_edit: bool

    def weeks(self, month: int) -> tuple[tuple[DayView | None, ...], ...]:
        """Return the weeks of a month, each from Monday, with nothing outside of the month."""
        by_day = {it.day: it for it in self.days if it.day.month == month}
        weeks = month_grid.weeks(date(self.year, month, 1))
        return tuple(tuple(by_day.get(day) for day in week) for week in weeks)

    @property
    def special(self) -> tuple[DayView, ...]:
        """The days that are not what their day of the week makes them, and those with a note."""
        plain = (WorkdayKind.WORKING, WorkdayKind.WEEKEND)
        return tuple(it for it in self.days if it.kind not in plain or it.is_own or it.moved)

    @property
    def had_paid_rest(self) -> bool:
        """Tell whether decrees of the President added days without work, which are not here."""
        return self.year in PAID_REST_YEARS

    @property
    def earlier(self) -> int | None:
        """The year before; None at the end of reach."""
        return self.year - 1 if self.year > FIRST_YEAR else None

    @property
    def later(self) -> int | None:
        """The year after; None at the end of reach."""
        return self.year + 1 if self.year < LAST_YEAR else None


def year(number: int, actor: Actor) -> YearView:
    """Return a year. Raises Forbidden, NotFound (out of reach)."""
    access.require(actor, Capability.PORTFOLIO_READ)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFound(kind="workday")
    present = workdays.present()
    calendar = present.calendar
    first, last = date(number, 1, 1), date(number, 12, 31)
    days = (date.fromordinal(it) for it in range(first.toordinal(), last.toordinal() + 1))
    return YearView(
        year=number,
        is_confirmed=calendar.is_confirmed(number),
        decree=decree_of(number),
        days=tuple(_day(calendar, it) for it in days),
        months=tuple(_figures(calendar, *spans.month_span(number, it)) for it in range(1, 13)),
        quarters=tuple(_figures(calendar, *spans.quarter_span(number, it)) for it in range(1, 5)),
        halves=tuple(_figures(calendar, *spans.calendar_half_span(number, it)) for it in (1, 2)),
        total=_figures(calendar, first, last),
        revision=present.revision,
        can_edit=office_may(actor, Capability.CALENDAR_EDIT),
    )


def day(wanted: date, actor: Actor) -> DayView:
    """Return a day. Raises Forbidden, NotFound (a year out of reach)."""
    access.require(actor, Capability.PORTFOLIO_READ)
    if not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise NotFound(kind="workday")
    return _day(workdays.calendar(), wanted)


def _day(calendar: WorkCalendar, day: date) -> DayView:
    found, lawful = calendar.day(day), workdays.LAWFUL.day(day)
    return DayView(
        day=day,
        kind=found.kind,
        hours=found.hours,
        holiday=found.holiday,
        moved=found.moved,
        note=found.note,
        version=found.version,
        is_own=found.is_own,
        lawful=lawful,
    )


def _figures(calendar: WorkCalendar, first: date, last: date) -> Figures:
    return Figures(
        starts_on=first,
        ends_on=last,
        calendar_days=(last - first).days + 1,
        working_days=calendar.count(first, last),
        hours=calendar.hours_of(first, last),
    )
