"""The terms of written time: what a period can say, and the parts a phrase is read into.

`periods` publishes Precision, Recurrence and Span; Point, Interval and Phrase stay between
the grammar, which makes them, and the resolution, which turns them into dates.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Unreadable(ValueError):
    """A text that tells no time, or an impossible one; `periods` never lets it out."""


class Precision(StrEnum):
    """How exactly a period names its days; of several, the coarsest counts."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ACADEMIC_YEAR = "academic_year"
    OPEN = "open"


class Recurrence(StrEnum):
    """How often a period comes round; CONTINUOUS has no rhythm of its own."""

    NONE = "none"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    CONTINUOUS = "continuous"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; None leaves a side open, never both.

    Raises ValueError if both sides are open or the end lies before the start.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        """Refuse a span that holds no day or no bound."""
        if self.start is None and self.end is None:
            raise ValueError("a span needs a start or an end")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a span cannot end on {self.end}, before it starts on {self.start}")


class Point(NamedTuple):
    """One written moment, with holes where the text says nothing.

    unit: None for a lone number («1» in «с 1 по 15 марта»), which takes its neighbour's unit.
    number: the day, month, quarter or half, by `unit`; of academic years how many more follow.
    month: of a DAY only.
    year: of an academic year, or of its half, the one in which it starts.
    academic: a HALF_YEAR of an academic, not of a calendar year.
    third: 1-3 for the days 1-10, 11-20 and 21-end of `month`; 0 for no third.
    """

    unit: Precision | None
    number: int = 0
    month: int = 0
    year: int | None = None
    academic: bool = False
    third: int = 0


class Interval(NamedTuple):
    """From one point to another; a single moment is both, None leaves a side open."""

    first: Point | None
    last: Point | None

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that were written, first to last."""
        return tuple(point for point in self if point is not None)


class Repeat(NamedTuple):
    """A rhythm: how often it comes round and how many times then, 0 if not stated."""

    recurrence: Recurrence
    times: int = 0


class Phrase(NamedTuple):
    """A whole text as read: its intervals as written, and its rhythm."""

    intervals: tuple[Interval, ...]
    repeat: Repeat
