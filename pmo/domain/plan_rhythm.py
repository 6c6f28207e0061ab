"""What of a plan comes round: sprints and recurring tasks, moved to another academic year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pmo.domain import calendar
from pmo.domain.vocabulary import RecurrenceKind

Part = dict[str, Any]

WEEK = 7
HALF_A_WEEK = 3


@dataclass(frozen=True, slots=True)
class SprintPlan:
    """A sprint to be laid out. number: 0 is the trial sprint. was: its days in the template."""

    number: int
    was: tuple[date, date]
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class RecurrencePlan:
    """A recurring task to be set up. content: all of it that does not move with the years."""

    title: str
    starts_was: date
    starts_on: date
    until: date | None
    content: Part

    @property
    def rule(self) -> RecurrenceKind:
        """How often it comes round."""
        return RecurrenceKind(self.content["rule"])

    @property
    def month_from(self) -> int | None:
        """The first month that it runs in."""
        return self._whole("month_from")

    @property
    def month_to(self) -> int | None:
        """The last month that it runs in."""
        return self._whole("month_to")

    @property
    def day(self) -> int | None:
        """The day of the month that it is due on."""
        return self._whole("day")

    @property
    def times(self) -> int | None:
        """How many times in a half-year."""
        return self._whole("times")

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The days of the week that it is due on, 1 for Monday."""
        return tuple(self.content["weekdays"])

    def _whole(self, name: str) -> int | None:
        value: int | None = self.content[name]
        return value


def move_sprints(sprints: Sequence[Part], years: int) -> tuple[SprintPlan, ...]:
    """Move sprints together, so that they begin on the same day of the week, and last as long.

    Raises ValueError if a day would leave the calendar.
    """
    if not sprints:
        return ()
    first = date.fromisoformat(min(sprint["starts_on"] for sprint in sprints))
    moved = calendar.shift_years(first, years)
    days = (first.weekday() - moved.weekday() + HALF_A_WEEK) % WEEK - HALF_A_WEEK
    by = moved - first + timedelta(days=days)
    try:
        return tuple(_moved(sprint, by) for sprint in sprints)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def move_recurrence(part: Part, years: int) -> RecurrencePlan:
    """Move when a recurring task begins and ends to come round.

    Raises ValueError if a day would leave the calendar.
    """
    starts_on = date.fromisoformat(part["starts_on"])
    until = date.fromisoformat(part["until"]) if part["until"] else None
    return RecurrencePlan(
        title=part["title"],
        starts_was=starts_on,
        starts_on=calendar.shift_years(starts_on, years),
        until=until and calendar.shift_years(until, years),
        content=part,
    )


def _moved(sprint: Part, by: timedelta) -> SprintPlan:
    was = date.fromisoformat(sprint["starts_on"]), date.fromisoformat(sprint["ends_on"])
    return SprintPlan(sprint["number"], was, was[0] + by, was[1] + by)
