"""What a template of a project holds, and how it moves to another academic year.

The content is plain JSON with a version, checked by `schemas.project_template_content`: a part
that comes later is a new key, which an older template simply does not have.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pmo.domain import calendar, periods, plan_rhythm
from pmo.domain.periods import Period
from pmo.domain.plan_rhythm import RecurrencePlan, SprintPlan
from pmo.domain.vocabulary import ColumnMeaning, SprintPolicy, WeightUnit, WipKind

VERSION = 1
"""Of the content."""

MOST_TEMPLATES = 100
MOST_TASKS = 2_000
MOST_BYTES = 4 * 1024 * 1024
"""Of one content, as JSON."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Academic years that a project can be started for."""

PASSPORT_OF_PEOPLE = frozenset({"leads"})
"""Fields of a passport that name people: no template holds them."""

Part = dict[str, Any]
Content = dict[str, Any]

LATER: Content = {
    "weight_unit": WeightUnit.POINTS.value,
    "sprint_policy": SprintPolicy.ROLLING.value,
    "sprint_count": None,
    "sprints": [],
    "recurrences": [],
}
"""Parts of the content that templates of before do not have."""

WRITTEN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class DoubtKind(StrEnum):
    """Why something of a moved plan wants a look."""

    PERIOD_UNKNOWN = "period_unknown"
    OUT_OF_RANGE = "out_of_range"
    LEAP_DAY = "leap_day"
    DAY_OFF = "day_off"
    NAMES_YEAR = "names_year"
    OVER_LIMIT = "over_limit"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at. what: whose it is. was, becomes: as written."""

    kind: DoubtKind
    what: str
    was: str = ""
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage to be made. was: its period in the template."""

    key: str
    name: str
    was: Period | None
    period: Period | None


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task to be made. number: its place in the template. column: the key of its column.

    content: all of it that does not move with the years. was, due_was: as in the template.
    """

    number: int
    title: str
    board: str
    column: str
    stage: str | None
    was: Period | None
    period: Period | None
    due_was: date | None
    due_on: date | None
    content: Part


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a template for an academic year."""

    academic_year: int
    years: int
    stages: tuple[StagePlan, ...]
    tasks: tuple[TaskPlan, ...]
    sprints: tuple[SprintPlan, ...]
    recurrences: tuple[RecurrencePlan, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a template holds."""

    stages: int
    boards: int
    columns: int
    labels: int
    own_fields: int
    tasks: int
    passport: bool
    sprints: int = 0
    recurrences: int = 0


def whole(content: Content) -> Content:
    """Return a content with the parts that came after it was saved."""
    return {**content, **{name: it for name, it in LATER.items() if name not in content}}


def holdings(content: Content) -> Holdings:
    """Count what a content holds."""
    return Holdings(
        stages=len(content["stages"]),
        boards=len(content["boards"]),
        columns=sum(len(board["columns"]) for board in content["boards"]),
        labels=len(content["labels"]),
        own_fields=len(content["own_fields"]),
        tasks=len(content["tasks"]),
        passport=content["passport"] is not None,
        sprints=len(content["sprints"]),
        recurrences=len(content["recurrences"]),
    )


def every_day(_day: date) -> bool:
    """Tell that people work on any day."""
    return True


def plan(
    content: Content, academic_year: int, *, is_working: Callable[[date], bool] = every_day
) -> Plan:
    """Return what a content becomes in an academic year: all of it moves by whole years.

    A period that was never understood stays as it is written. A day off is told of, not avoided.
    """
    moving = _Moving(content["academic_year"], academic_year, is_working)
    stages = tuple(moving.stage(stage) for stage in content["stages"])
    entries = {board["key"]: entry_column(board) for board in content["boards"]}
    tasks = tuple(moving.task(task, entries) for task in content["tasks"])
    sprints, recurrences = moving.sprints(content["sprints"]), moving.recurring(content)
    doubts = (*moving.doubts, *_crowded(content["boards"], tasks))
    return Plan(academic_year, moving.years, stages, tasks, sprints, recurrences, doubts)


def entry_column(board: Part) -> str:
    """Return the key of the column where tasks without one begin: the first queue, or the first."""
    columns = board["columns"]
    queue = (it["key"] for it in columns if it["meaning"] == ColumnMeaning.QUEUE)
    return str(next(queue, columns[0]["key"]))


def kept_column(board: Part, key: str) -> str | None:
    """Return a column that a task of a template may keep; none where it would be done."""
    meaning = next(it["meaning"] for it in board["columns"] if it["key"] == key)
    return None if meaning == ColumnMeaning.DONE else key


class _Moving:
    """Moves parts by years, and gathers what wants a look."""

    def __init__(self, source: int, target: int, is_working: Callable[[date], bool]) -> None:
        self.source, self.target, self.is_working = source, target, is_working
        self.years = target - source
        self.doubts: list[Doubt] = []

    def stage(self, stage: Part) -> StagePlan:
        """Move a stage."""
        name = stage["name"]
        was = read_period(stage["period"])
        self._look_for_year(name)
        return StagePlan(stage["key"], name, was, self._period(name, was))

    def task(self, task: Part, entries: dict[str, str]) -> TaskPlan:
        """Move a task."""
        title = task["title"]
        was = read_period(task["period"])
        due_was = date.fromisoformat(task["due_on"]) if task["due_on"] else None
        self._look_for_year(title)
        period = self._period(title, was)
        return TaskPlan(
            number=task["number"],
            title=title,
            board=task["board"],
            column=task["column"] or entries[task["board"]],
            stage=task["stage"],
            was=was,
            period=period,
            due_was=due_was,
            due_on=self._due(title, due_was, was, period),
            content=task,
        )

    def sprints(self, parts: list[Part]) -> tuple[SprintPlan, ...]:
        """Move the sprints."""
        try:
            return plan_rhythm.move_sprints(parts, self.years)
        except ValueError:
            self._doubt(DoubtKind.OUT_OF_RANGE, str(parts[0]["number"]), parts[0]["starts_on"])
            return plan_rhythm.move_sprints(parts, 0)

    def recurring(self, content: Content) -> tuple[RecurrencePlan, ...]:
        """Move the recurring tasks."""
        return tuple(self._recurrence(part) for part in content["recurrences"])

    def _recurrence(self, part: Part) -> RecurrencePlan:
        self._look_for_year(part["title"])
        try:
            return plan_rhythm.move_recurrence(part, self.years)
        except ValueError:
            self._doubt(DoubtKind.OUT_OF_RANGE, part["title"], part["starts_on"])
            return plan_rhythm.move_recurrence(part, 0)

    def _period(self, what: str, was: Period | None) -> Period | None:
        if was is None:
            return None
        if not was.understood:
            self._doubt(DoubtKind.PERIOD_UNKNOWN, what, was.text)
            return was
        try:
            period = periods.shift_years(was, self.years)
        except ValueError:
            self._doubt(DoubtKind.OUT_OF_RANGE, what, was.text)
            return was
        if periods.parse(was.text, academic_year=self.source) == was:
            again = periods.parse(period.text, academic_year=self.target)
            if again.understood and len(again.spans) == len(was.spans):
                return again  # a February keeps its last day, whichever that is
        days = [day for span in was.spans for day in (span.start, span.end) if day]
        if any(_loses_leap_day(day, self.years) for day in days):
            self._doubt(DoubtKind.LEAP_DAY, what, was.text, period.text)
        return period

    def _due(
        self, what: str, was: date | None, period_was: Period | None, period: Period | None
    ) -> date | None:
        """Move a due day: with the end of its period, where it was that."""
        if was is None:
            return None
        try:
            day = calendar.shift_years(was, self.years)
        except ValueError:
            self._doubt(DoubtKind.OUT_OF_RANGE, what, was.isoformat())
            return was
        if period_was and period and period_was.understood and period_was.ends_on == was:
            day = period.ends_on or day
        elif _loses_leap_day(was, self.years):
            self._doubt(DoubtKind.LEAP_DAY, what, was.isoformat(), day.isoformat())
        if not self.is_working(day):
            self._doubt(DoubtKind.DAY_OFF, what, was.isoformat(), day.isoformat())
        return day

    def _look_for_year(self, text: str) -> None:
        """Names stay as they are written; one that names a year is likely to be about it."""
        if self.years and WRITTEN_YEAR.search(text):
            self._doubt(DoubtKind.NAMES_YEAR, text)

    def _doubt(self, kind: DoubtKind, what: str, was: str = "", becomes: str = "") -> None:
        self.doubts.append(Doubt(kind, what, was, becomes))


def _loses_leap_day(day: date, years: int) -> bool:
    return (day.month, day.day) == (2, 29) and calendar.shift_years(day, years).day != day.day


def _crowded(boards: Iterable[Part], tasks: Iterable[TaskPlan]) -> Iterator[Doubt]:
    """Yield the columns that get more tasks than agreed: a limit stops nobody who begins."""
    counts = Counter((task.board, task.column) for task in tasks)
    for board in boards:
        for column in board["columns"]:
            limit, count = column["wip_limit"], counts[board["key"], column["key"]]
            if column["wip_kind"] != WipKind.NONE and limit is not None and count > limit:
                yield Doubt(DoubtKind.OVER_LIMIT, column["name"], str(limit), str(count))


def read_period(value: Part | None) -> Period | None:
    """Read a period of a content."""
    return None if value is None else periods.from_dict(value)
