"""How much people can take on in a span of days: person-days and person-hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pmo.domain.workdays import WorkCalendar

CENT, TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Presence:
    """A person in a span. percent: of each working day, 1 to 100. days_off: working days away."""

    person: str
    percent: int = 100
    days_off: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """What a person can take on. days: to the hundredth, exact. hours: to the tenth."""

    person: str
    days: Decimal
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Capacity:
    """What all can take on. working_days, working_hours: of the span, for one person.

    The sums are those of the shares as they are shown, so that a page adds up.
    """

    working_days: int
    working_hours: int
    shares: tuple[Share, ...]

    @property
    def person_days(self) -> Decimal:
        """Sum of the people's days."""
        return sum((share.days for share in self.shares), Decimal("0.00"))

    @property
    def person_hours(self) -> Decimal:
        """Sum of the people's hours."""
        return sum((share.hours for share in self.shares), Decimal("0.0"))


def capacity(
    calendar: WorkCalendar, first: date, last: date, people: Iterable[Presence]
) -> Capacity:
    """Return what people can take on from a first to a last day, both included.

    Which days a person is away is not known: a day off takes the span's average of hours, so that
    a shortened day counts as much as it lasts. More days off than working days leave nothing.
    """
    days, hours = calendar.count(first, last), calendar.hours_of(first, last)
    shares = tuple(_share(it, days, hours) for it in people)
    return Capacity(days, hours, shares)


def _share(presence: Presence, days: int, hours: int) -> Share:
    present = max(days - presence.days_off, 0) * Decimal(presence.percent) / 100
    worked = present * hours / days if days else Decimal(0)
    return Share(
        presence.person,
        present.quantize(CENT, ROUND_HALF_UP),
        worked.quantize(TENTH, ROUND_HALF_UP),
    )
