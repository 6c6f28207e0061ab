"""What the figures of flow are: frozen values, each with the cards that it is made of.

Cards are given by their numbers in the project; days are those of the office. `docs/flow.md` says
in words what each figure counts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pmo.domain.vocabulary import ColumnMeaning

Tasks = tuple[int, ...]
"""Numbers of cards, in growing order."""


class Tone(StrEnum):
    """How old a card in work is beside those that were finished: above the middle, above most."""

    NONE = "none"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class DayCount:
    """A figure of one day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """How many cards were finished from one day to another, both included. weight: of all of them.

    is_whole: False for a week of which a part lies outside of what was asked for.
    """

    starts_on: date
    ends_on: date
    count: int
    weight: int
    tasks: Tasks
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Throughput:
    """Finished cards by day, days without one included, and by week from Monday on."""

    days: tuple[Finished, ...]
    weeks: tuple[Finished, ...]
    count: int
    weight: int

    @property
    def per_week(self) -> float | None:
        """Return the mean of a week, from the days; None without a day."""
        return 7 * self.count / len(self.days) if self.days else None


@dataclass(frozen=True, slots=True)
class Percentiles:
    """By the nearest rank, in days; all None when there is nothing. count: of what."""

    count: int
    p50: int | None
    p85: int | None
    p95: int | None


@dataclass(frozen=True, slots=True)
class FinishedCard:
    """A card that was finished. days: cycle time in calendar days, both ends included, so never 0.

    hours: the same as it was, from start to finish. lead_days: from its making, also inclusive.
    """

    number: int
    created_on: date
    started_on: date
    finished_on: date
    days: int
    hours: float
    lead_days: int
    weight: int


@dataclass(frozen=True, slots=True)
class CycleTimes:
    """Finished cards in the order of their finish, with the percentiles of both times."""

    cards: tuple[FinishedCard, ...]
    cycle: Percentiles
    lead: Percentiles


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What may be promised: `percent` of cards were finished within `days` days of their start.

    Of the cards finished in the last `window_days` days; too few of them make no promise: `days`
    is None then. p50: half of them took no longer.
    """

    percent: int
    window_days: int
    least: int
    count: int
    days: int | None
    p50: int | None
    p95: int | None
    tasks: Tasks

    @property
    def is_enough(self) -> bool:
        """Tell whether enough cards were finished."""
        return self.count >= self.least


@dataclass(frozen=True, slots=True)
class AgeingCard:
    """A card in work. age_days: calendar days since its start, both ends included.

    column_days: the same since it came into its column. board, column: their keys.
    """

    number: int
    board: str
    column: str
    meaning: ColumnMeaning
    started_on: date
    entered_on: date
    age_days: int
    column_days: int
    blocked_reason: str
    weight: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Ageing:
    """Cards in work, the oldest first, beside the service level of those that were finished."""

    cards: tuple[AgeingCard, ...]
    level: ServiceLevel


@dataclass(frozen=True, slots=True)
class CardEfficiency:
    """What a finished card spent its time on. away: in the archive meanwhile, counted nowhere."""

    number: int
    active_hours: float
    waiting_hours: float


@dataclass(frozen=True, slots=True)
class FlowEfficiency:
    """The share of the time of finished cards in which somebody worked; ratio: 0 to 1, or None.

    Blocked time, time in columns that mean waiting or queue, and time between a first finish and
    an opening again count as waiting.
    """

    active_hours: float
    waiting_hours: float
    ratio: float | None
    cards: tuple[CardEfficiency, ...]


@dataclass(frozen=True, slots=True)
class BlockedCard:
    """A card that was blocked. days: on which it was, for however short a time.

    reasons: why, the last one last. is_blocked: it still is.
    """

    number: int
    days: int
    hours: float
    reasons: tuple[str, ...]
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """Cards that were blocked while they stood on a board undone, the longest first."""

    days: int
    cards: tuple[BlockedCard, ...]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A line of the cumulative flow. key: of a column or a meaning, or `cancelled`.

    name: of a column; '' for others. meaning: None for `cancelled`.
    """

    key: str
    name: str
    meaning: ColumnMeaning | None


@dataclass(frozen=True, slots=True)
class CumulativeDay:
    """How many cards had reached each step, or a later one, by the end of a day."""

    day: date
    reached: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CumulativeFlow:
    """Cumulative flow: steps from the first to the last, and a value of each for every day.

    No line ever falls and none lies above the one before it: the first time counts, also for a
    card that went back. What lies between two lines is how many cards are between the steps. A
    card that left unfinished has reached the step `cancelled`, which stands before done.
    board: its key; '' for the meanings of all boards.
    """

    board: str
    steps: tuple[FlowStep, ...]
    days: tuple[CumulativeDay, ...]


@dataclass(frozen=True, slots=True)
class Little:
    """Little's law over the window: average_wip = arrivals_per_day × days_in_work, exactly.

    arrivals: cards that were in work at the start or came in. As a forecast the law needs a steady
    process: `is_steady` is False when the work in progress changed by more than a fifth.
    """

    average_wip: float
    arrivals: int
    arrivals_per_day: float
    days_in_work: float | None
    wip_at_start: int
    wip_at_end: int
    is_steady: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The days that figures look at, both included. as_of: nothing after it is known to them.

    began_on: the day of the project's first card; None without one. The window never begins
    before it. days: how many.
    """

    as_of: datetime
    first_on: date
    last_on: date
    began_on: date | None

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of flow of a project. wip: at the end of each day; wip_tasks: at the last."""

    window: Window
    wip: tuple[DayCount, ...]
    wip_tasks: Tasks
    throughput: Throughput
    cycle_times: CycleTimes
    level: ServiceLevel
    ageing: Ageing
    efficiency: FlowEfficiency
    blocked: Blocked
    cumulative: CumulativeFlow
    little: Little
