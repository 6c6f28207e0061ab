"""A month of a board: tasks by their days, and beside it those without any."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import month_grid, urgency
from pmo.domain.month_grid import Lane, Stretch
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Column, Project, Task
from pmo.queries import access, task_filters
from pmo.queries.task_filters import TaskFilters

MOST_UNDATED = 50


@dataclass(frozen=True, slots=True)
class CalendarTask:
    """A task in a calendar. period_text: as written, '' for none."""

    id: int
    key: str
    title: str
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    period_text: str
    is_done: bool
    is_overdue: bool
    is_blocked: bool
    version: int

    @property
    def is_bar(self) -> bool:
        """Tell whether its period is drawn over its days."""
        if self.starts_on is None or self.ends_on is None:
            return False
        return 0 < (self.ends_on - self.starts_on).days < month_grid.LONGEST_BAR


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day. due: on it, but for what a bar ends with. starting: bars that a list tells here.

    A bar from an earlier month starts on the first day of this one.
    """

    day: date
    is_in_month: bool
    is_today: bool
    due: tuple[CalendarTask, ...]
    starting: tuple[CalendarTask, ...]

    @property
    def tasks(self) -> tuple[CalendarTask, ...]:
        """All that a list tells of the day."""
        return (*self.starting, *self.due)


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """Seven days from Monday, and the bars over them."""

    days: tuple[CalendarDay, ...]
    lanes: tuple[Lane[CalendarTask], ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month. tasks: all in its weeks. undated: the first of those without a day.

    undated_total: how many have none. total: how many have something in the month itself.
    """

    month: date
    tasks: tuple[CalendarTask, ...]
    weeks: tuple[CalendarWeek, ...]
    undated: tuple[CalendarTask, ...]
    undated_total: int
    total: int


def of_board(
    board_id: int, actor: Actor, filters: TaskFilters, *, month: date, today: date
) -> CalendarMonth:
    """Return a month of a board; three statements. month: any day of it. Raises NotFound."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    grid = month_grid.weeks(month)
    first, last = grid[0][0], grid[-1][-1]
    within = Task.due_on.between(first, last) | ((Task.starts_on <= last) & (Task.ends_on >= first))
    undated = Task.due_on.is_null() & (Task.starts_on.is_null() | Task.ends_on.is_null())
    scope = (Column.board == board_id) & (within | undated)
    found = _tasks(task_filters.ids(scope, filters, today=today, order=ORDER), today)
    bars = [Stretch(it, it.starts_on, it.ends_on) for it in found if it.is_bar]  # type: ignore[arg-type]
    due = _by_due_day(found)
    aside = [it for it in found if it.due_on is None and not it.is_bar]
    return CalendarMonth(
        month=month.replace(day=1),
        tasks=tuple(it for it in found if it.due_on is not None or it.is_bar),
        weeks=tuple(_week(days, month, today, due, bars) for days in grid),
        undated=tuple(aside[:MOST_UNDATED]),
        undated_total=len(aside),
        total=sum(_is_in(it, month) for it in found),
    )


def _week(
    days: tuple[date, ...],
    month: date,
    today: date,
    due: dict[date, list[CalendarTask]],
    bars: list[Stretch[CalendarTask]],
) -> CalendarWeek:
    return CalendarWeek(
        days=tuple(
            CalendarDay(
                day=day,
                is_in_month=(day.year, day.month) == (month.year, month.month),
                is_today=day == today,
                due=tuple(due.get(day, ())),
                starting=tuple(it.thing for it in bars if _starts(it, day)),
            )
            for day in days
        ),
        lanes=month_grid.lanes(bars, days[0]),
    )


def _starts(bar: Stretch[CalendarTask], day: date) -> bool:
    return bar.start == day or (day.day == 1 and bar.start < day <= bar.end)


def _by_due_day(found: list[CalendarTask]) -> dict[date, list[CalendarTask]]:
    due: dict[date, list[CalendarTask]] = defaultdict(list)
    for task in found:
        if task.due_on is not None and not (task.is_bar and task.due_on == task.ends_on):
            due[task.due_on].append(task)
    return due


def _is_in(task: CalendarTask, month: date) -> bool:
    days = [(task.due_on, task.due_on)] if task.due_on else []
    if task.is_bar:
        days.append((task.starts_on, task.ends_on))  # type: ignore[arg-type]
    at = (month.year, month.month)
    return any((a.year, a.month) <= at <= (b.year, b.month) for a, b in days)


ORDER = (Task.due_on.asc(nulls="last"), Task.number)

COLUMNS = (
    Task.id,
    Project.code,
    Task.number,
    Task.title,
    Task.starts_on,
    Task.ends_on,
    Task.due_on,
    Task.period_text,
    Column.meaning,
    Task.blocked_reason != "",
    Task.version,
)


def _tasks(ids: list[int], today: date) -> list[CalendarTask]:
    """Return the tasks in the order of the ids; one statement."""
    if not ids:
        return []
    query = Task.select(*COLUMNS).join(Column).join_from(Task, Project)
    found = {row[0]: _task(row, today) for row in rows(_among(query, ids))}
    return [found[task_id] for task_id in ids if task_id in found]


def _among(query: "pw.ModelSelect[Any]", ids: list[int]) -> "pw.ModelSelect[Any]":
    return query.where(Task.id.in_(ids))


def _task(row: tuple[Any, ...], today: date) -> CalendarTask:
    id_, code, number, title, starts_on, ends_on, due_on, text, meaning, is_blocked, version = row
    is_done = meaning == ColumnMeaning.DONE
    return CalendarTask(
        id=id_,
        key=f"{code}-{number}",
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=due_on,
        period_text=text,
        is_done=is_done,
        is_overdue=urgency.is_overdue(due_on, today, is_done=is_done),
        is_blocked=bool(is_blocked),
        version=version,
    )
