"""When the rest will be done, and how much by a day: from the project's own throughput.

Runs of `pmo.domain.flow.sampling` answer both; a likelihood is the share of runs in which it came
so. Nothing is promised from too short a history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from pmo.domain.flow import throughput
from pmo.domain.flow.days import DAY, end_of, on
from pmo.domain.flow.figures import Finished, Tasks, Window
from pmo.domain.flow.lives import CardLife, Lives
from pmo.domain.flow.percentiles import nearest_rank
from pmo.domain.flow.sampling import RUNS, Futures

LIKELIHOODS = (50, 70, 85, 95)
HISTORY_DAYS = 90
LEAST_DAYS = 20
LONGEST_DAYS = 3_660
"""How far a forecast by days looks; what takes longer has no day."""

WHOLE_CURVE = 60
"""Points of a curve at the most."""


class Refusal(StrEnum):
    """Why there is no forecast."""

    SHORT_HISTORY = "short_history"
    NOTHING_FINISHED = "nothing_finished"


@dataclass(frozen=True, slots=True)
class Sample:
    """The days that runs are drawn from. days: what was finished on each, from the first on."""

    first_on: date
    last_on: date
    days: tuple[Finished, ...]

    @property
    def counts(self) -> list[int]:
        """Return how many were finished on each day."""
        return [day.count for day in self.days]

    @property
    def count(self) -> int:
        """Return how many were finished."""
        return sum(self.counts)

    @property
    def refusal(self) -> Refusal | None:
        """Return why nothing can be said from it; None if something can."""
        if len(self.days) < LEAST_DAYS:
            return Refusal.SHORT_HISTORY
        return None if any(self.counts) else Refusal.NOTHING_FINISHED


@dataclass(frozen=True, slots=True)
class DayForecast:
    """With this likelihood, in per cent, all is done by the end of the day; None: not in years."""

    percent: int
    days: int
    day: date | None


@dataclass(frozen=True, slots=True)
class CountForecast:
    """With this likelihood, in per cent, at least so many cards are done."""

    percent: int
    count: int


@dataclass(frozen=True, slots=True)
class Chance:
    """In this share of the runs, 0 to 1, all was done by the end of the day."""

    day: date
    share: float


@dataclass(frozen=True, slots=True)
class CountChance:
    """In this share of the runs, 0 to 1, at least so many were done."""

    count: int
    share: float


@dataclass(frozen=True, slots=True)
class When:
    """When so many cards are done: by likelihood, and as a curve that never falls."""

    count: int
    answers: tuple[DayForecast, ...]
    curve: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many cards are done by the end of a day: by likelihood, and as a curve that falls."""

    by: date
    answers: tuple[CountForecast, ...]
    curve: tuple[CountChance, ...]


@dataclass(frozen=True, slots=True)
class OnTime:
    """How likely a stage, or the whole project, ends by its planned day.

    stage: its key; None for the project. planned_on: None where nothing is planned. tasks: that
    are left. likelihood: 0 to 1; None without a forecast or a planned day. when: of what is left.
    """

    stage: str | None
    planned_on: date | None
    tasks: Tasks
    likelihood: float | None
    answers: tuple[DayForecast, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast. seed, runs: by which anybody gets the same again.

    refusal: why there is none; `when` and `how_many` are None then. stages: and the project, last.
    """

    as_of: datetime
    sample: Sample
    seed: int
    runs: int
    tasks: Tasks
    refusal: Refusal | None
    when: When | None
    how_many: HowMany | None
    on_time: tuple[OnTime, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a forecast is asked for.

    count: of cards; None for all that are left. by: a day for `how_many`; None for none. planned:
    keys of stages, and None for the project, with their last days.
    """

    seed: int
    count: int | None = None
    by: date | None = None
    planned: Sequence[tuple[str | None, date | None]] = ()
    history_days: int = HISTORY_DAYS
    runs: int = RUNS


def seed_of(day: date) -> int:
    """Return the seed of the forecasts of a day: who looks twice sees the same."""
    return day.toordinal()


def sample(
    lives: Lives, as_of: datetime, zone: tzinfo, *, history_days: int = HISTORY_DAYS
) -> Sample:
    """Return the last whole days up to a moment, none of them before the first card."""
    last = on(as_of, zone)
    if as_of < end_of(last, zone):
        last -= DAY
    known = [life.created_at for life in lives.values() if life.created_at <= as_of]
    began = on(min(known), zone) if known else last + DAY
    first = max(last - (history_days - 1) * DAY, began)
    if first > last:
        return Sample(first, last, ())
    found = throughput.of(lives, Window(as_of, first, last, began), zone)
    return Sample(first, last, found.days)


def left(
    lives: Lives, as_of: datetime, is_wanted: Callable[[CardLife], bool] = lambda _life: True
) -> Tasks:
    """Return the cards that are not done yet and on a board."""
    found = (n for n, life in lives.items() if life.is_open(as_of) and is_wanted(life))
    return tuple(sorted(found))


def of(lives: Lives, as_of: datetime, zone: tzinfo, asked: Asked) -> Forecast:
    """Return the forecast as of a moment; the first day that it looks at is the first not over."""
    drawn = sample(lives, as_of, zone, history_days=asked.history_days)
    tasks = left(lives, as_of)
    refusal = drawn.refusal
    futures = None
    if refusal is None:
        futures = Futures(drawn.counts, seed=asked.seed, runs=asked.runs)
    last = drawn.last_on
    count = len(tasks) if asked.count is None else asked.count
    return Forecast(
        as_of,
        drawn,
        asked.seed,
        asked.runs,
        tasks,
        refusal,
        None if futures is None else when(futures, count, last),
        None if futures is None or asked.by is None else how_many(futures, asked.by, last),
        tuple(
            _on_time(futures, last, stage, planned_on, _of_stage(lives, as_of, stage))
            for stage, planned_on in asked.planned
        ),
    )


def when(futures: Futures, count: int, last: date) -> When:
    """Return when so many cards are done. last: the day before the first that runs look at."""
    days = sorted(futures.days_until(count))
    return When(count, _answers(days, last), tuple(_curve(days, last)))


def how_many(futures: Futures, by: date, last: date) -> HowMany:
    """Return how many cards are done by a day: so likely at least so many, so the least first."""
    most = sorted(futures.finished_within(_days_to(by, last)), reverse=True)
    answers = (CountForecast(it, nearest_rank(most, it) or 0) for it in LIKELIHOODS)
    return HowMany(by, tuple(answers), tuple(_count_curve(most)))


def _days_to(by: date, last: date) -> int:
    return min((by - last).days, LONGEST_DAYS)


def _of_stage(lives: Lives, as_of: datetime, stage: str | None) -> Tasks:
    if stage is None:
        return left(lives, as_of)
    return left(lives, as_of, lambda life: life.stage(as_of) == stage)


def _on_time(
    futures: Futures | None, last: date, stage: str | None, planned_on: date | None, tasks: Tasks
) -> OnTime:
    if futures is None:
        return OnTime(stage, planned_on, tasks, None if tasks else 1.0, ())
    days = sorted(futures.days_until(len(tasks)))
    likelihood = None
    if planned_on is not None:
        within = sum(it <= (planned_on - last).days for it in days) if tasks else len(days)
        likelihood = within / len(days)
    return OnTime(stage, planned_on, tasks, likelihood, _answers(days, last))


def _answers(days: Sequence[int], last: date) -> tuple[DayForecast, ...]:
    ranks = ((it, nearest_rank(days, it) or 0) for it in LIKELIHOODS)
    return tuple(DayForecast(percent, rank, _day(last, rank)) for percent, rank in ranks)


def _day(last: date, days: int) -> date | None:
    return last + timedelta(days=days) if days <= LONGEST_DAYS else None


def _curve(days: Sequence[int], last: date) -> list[Chance]:
    """Return the share of runs that are done, by day, in steps that a chart can tell apart."""
    first, end = days[0], min(days[-1], LONGEST_DAYS)
    if first > end:
        return []
    step = max(1, -(-(end - first) // WHOLE_CURVE))
    shown = sorted({*range(first, end, step), end})
    return [Chance(last + timedelta(days=it), _share(days, it)) for it in shown]


def _share(ordered: Sequence[int], value: int) -> float:
    return sum(it <= value for it in ordered) / len(ordered)


def _count_curve(most: Sequence[int]) -> list[CountChance]:
    low, high = most[-1], most[0]
    step = max(1, -(-(high - low) // WHOLE_CURVE))
    shown = sorted({*range(low, high, step), high})
    return [CountChance(it, sum(one >= it for one in most) / len(most)) for it in shown]
