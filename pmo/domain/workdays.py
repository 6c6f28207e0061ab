"""The production calendar of Russia: which days are worked, and how many hours.

Its years come from the Labour Code (the public holidays of article 112, the shortened days
before them of article 95) and from the decrees on transfers that the product knows of; over
these lie the days that the office has set itself.
"""

from bisect import bisect_left
from calendar import isleap, monthrange
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from pmo.domain.vocabulary import PublicHoliday, WorkdayKind
from pmo.domain.workday_decrees import DECREES, Decree, MonthDay

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Of those that an office looks at and edits."""

FULL_DAY, SHORT_DAY = 8, 7
"""Hours, at 40 a week."""

SATURDAY = 5

HOLIDAYS: dict[MonthDay, PublicHoliday] = {
    **{(1, day): PublicHoliday.NEW_YEAR for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): PublicHoliday.CHRISTMAS,
    (2, 23): PublicHoliday.DEFENDERS,
    (3, 8): PublicHoliday.WOMEN,
    (5, 1): PublicHoliday.LABOUR,
    (5, 9): PublicHoliday.VICTORY,
    (6, 12): PublicHoliday.RUSSIA,
    (11, 4): PublicHoliday.UNITY,
}
EVES = frozenset({(12, 31), (2, 22), (3, 7), (4, 30), (5, 8), (6, 11), (11, 3)})
"""The days before public holidays; an hour shorter where they are worked."""

HOURS = {WorkdayKind.WORKING: FULL_DAY, WorkdayKind.SHORTENED: SHORT_DAY}
"""Of the kinds that are worked."""

SETTABLE = tuple(kind for kind in WorkdayKind if kind is not WorkdayKind.WEEKEND)
"""What an office may make of a day."""


@dataclass(frozen=True, slots=True)
class Workday:
    """What a day is. note: of the office. version: of what it has set, 0 if it has not.

    moved: the day of rest that was moved here, or to which this one was moved.
    """

    kind: WorkdayKind
    holiday: PublicHoliday | None = None
    moved: date | None = None
    note: str = ""
    version: int = 0

    @property
    def is_own(self) -> bool:
        """Tell whether the office has set it."""
        return self.version > 0

    @property
    def hours(self) -> int:
        """Hours of work at 40 a week; 0 on a day of rest."""
        return HOURS.get(self.kind, 0)


@dataclass(frozen=True, slots=True)
class _Year:
    """The days of a year in their order; work_days[n], hours[n]: of the first n days."""

    days: tuple[Workday, ...]
    work_days: tuple[int, ...]
    hours: tuple[int, ...]

    @classmethod
    def of(cls, days: tuple[Workday, ...]) -> "_Year":
        """Sum the days up."""
        hours = tuple(accumulate((day.hours for day in days), initial=0))
        worked = tuple(accumulate((int(day.hours > 0) for day in days), initial=0))
        return cls(days, worked, hours)


class WorkCalendar:
    """The production calendar with what one office has set. Never changes.

    own: the days that the office has set. confirmed: years whose transfers it has entered.
    Spans are from their first to their last day, both included, and empty if the last is earlier.
    """

    def __init__(
        self, own: Mapping[date, Workday] | None = None, confirmed: Collection[int] = ()
    ) -> None:
        self.confirmed = frozenset(confirmed)
        self._own: dict[int, dict[date, Workday]] = defaultdict(dict)
        for day, workday in (own or {}).items():
            self._own[day.year][day] = workday
        self._years: dict[int, _Year] = {}

    def day(self, day: date) -> Workday:
        """Return what a day is."""
        return self._year(day.year).days[_place(day)]

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked, if only in part."""
        return self.hours(day) > 0

    def hours(self, day: date) -> int:
        """Return the hours of work of a day: 8, 7 before a holiday, 0 on a day of rest."""
        return self.day(day).hours

    def working_days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the working days of a span in their order."""
        days = (date.fromordinal(it) for it in range(first.toordinal(), last.toordinal() + 1))
        return tuple(day for day in days if self.is_working(day))

    def count(self, first: date, last: date) -> int:
        """Return how many working days a span has."""
        return sum(
            year.work_days[end] - year.work_days[start]
            for year, start, end in self._parts(first, last)
        )

    def hours_of(self, first: date, last: date) -> int:
        """Return how many hours of work a span has, at 40 a week."""
        return sum(
            year.hours[end] - year.hours[start] for year, start, end in self._parts(first, last)
        )

    def next_working_day(self, day: date) -> date:
        """Return the first working day after a day. Raises ValueError past the year 9999."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """Return the day itself if it is worked, else the next one that is."""
        return day if self.is_working(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day so many after a day, or before it where count is negative.

        The day itself is not counted; 0 is `working_day_from`. Raises ValueError outside the
        years 1 to 9999.
        """
        if count == 0:
            return self.working_day_from(day)
        year, place = day.year, _place(day)
        if count > 0:
            wanted = self._year(year).work_days[place + 1] + count
            while wanted > self._total(year):
                wanted -= self._total(year)
                year += 1
        else:
            wanted = self._year(year).work_days[place] + count + 1
            while wanted < 1:
                year -= 1
                wanted += self._total(year)
        found = bisect_left(self._year(year).work_days, wanted)
        return date(year, 1, 1) + timedelta(days=found - 1)

    def first_working_day_of(self, year: int, month: int) -> date:
        """Return the first working day on or after the first of a month."""
        return self.working_day_from(date(year, month, 1))

    def is_confirmed(self, year: int) -> bool:
        """Tell whether the year's transfers are known: of the product, or entered by the office."""
        return year in DECREES or year in self.confirmed

    def unconfirmed_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years of a span whose transfers are not known: its figures may still shift."""
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if not self.is_confirmed(year))

    def _total(self, year: int) -> int:
        return self._year(year).work_days[-1]

    def _parts(self, first: date, last: date) -> Iterator[tuple[_Year, int, int]]:
        """Yield the years that a span touches, with the places where it starts and has ended."""
        if last < first:
            return
        for number in range(first.year, last.year + 1):
            year = self._year(number)
            start = _place(first) if number == first.year else 0
            end = _place(last) + 1 if number == last.year else len(year.days)
            yield year, start, end

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._with_own(year)
        return known

    def _with_own(self, year: int) -> _Year:
        lawful = _lawful(year)
        if year not in self._own:
            return lawful
        days = list(lawful.days)
        for day, workday in self._own[year].items():
            days[_place(day)] = workday
        return _Year.of(tuple(days))


def decree_of(year: int) -> Decree | None:
    """Return the decree on a year's transfers, if the product knows of it."""
    return DECREES.get(year)


def _place(day: date) -> int:
    """Return a day's place in its year, from 0."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()


def _lawful(year: int) -> _Year:
    """Return a year as the law and the known decrees have it; ValueError outside 1 to 9999."""
    if year in DECREES:
        return _decreed(year)
    first = date(year, 1, 1)
    return _plain(first.weekday(), isleap(year))


@cache
def _decreed(year: int) -> _Year:
    decree = DECREES[year]
    days = list(_lawful_days(date(year, 1, 1).weekday(), isleap(year)))
    for source, target in decree.moves:
        left, taken = date(year, *source), date(year, *target)
        if source not in HOLIDAYS:
            kind = WorkdayKind.SHORTENED if source in decree.shortened else WorkdayKind.WORKING
            days[_place(left)] = Workday(kind, moved=taken)
        days[_place(taken)] = Workday(WorkdayKind.DAY_OFF, moved=left)
    return _Year.of(tuple(days))


@cache
def _plain(first_weekday: int, is_leap: bool) -> _Year:
    """Return a year without transfers: there are fourteen, whatever its number."""
    return _Year.of(tuple(_lawful_days(first_weekday, is_leap)))


def _lawful_days(first_weekday: int, is_leap: bool) -> Iterator[Workday]:
    alike = 2004 if is_leap else 2001
    months = ((month, monthrange(alike, month)[1]) for month in range(1, 13))
    in_order = ((month, day) for month, last in months for day in range(1, last + 1))
    for place, day in enumerate(in_order):
        yield _lawful_day(day, (first_weekday + place) % 7)


def _lawful_day(day: MonthDay, weekday: int) -> Workday:
    if day in HOLIDAYS:
        return Workday(WorkdayKind.HOLIDAY, HOLIDAYS[day])
    if weekday >= SATURDAY:
        return Workday(WorkdayKind.WEEKEND)
    return Workday(WorkdayKind.SHORTENED if day in EVES else WorkdayKind.WORKING)
