"""A project on a line of time: its stages, and its tasks by their days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import urgency
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Board, Column, Stage, Task
from pmo.queries import access, task_filters
from pmo.queries.access import ProjectAccess
from pmo.queries.task_filters import TaskFilters

MOST_TASKS = 1_000


@dataclass(frozen=True, slots=True)
class TimelineTask:
    """A task. starts_on, ends_on: of its period. is_known: whether it has any day."""

    id: int
    key: str
    title: str
    stage_id: int | None
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    period_text: str
    is_done: bool
    is_overdue: bool

    @property
    def span(self) -> tuple[date, date] | None:
        """The days it is drawn over: its period, or the day it is due; None for none."""
        start = self.starts_on or self.ends_on or self.due_on
        end = self.ends_on or self.due_on or self.starts_on
        return None if start is None or end is None else (min(start, end), max(start, end))


@dataclass(frozen=True, slots=True)
class TimelineStage:
    """A stage, or the tasks without one (id None), with its tasks from the earliest."""

    id: int | None
    name: str
    starts_on: date | None
    ends_on: date | None
    period_text: str
    tasks: tuple[TimelineTask, ...]

    @property
    def span(self) -> tuple[date, date] | None:
        """The days of its period; None if it is not known."""
        start, end = self.starts_on or self.ends_on, self.ends_on or self.starts_on
        return None if start is None or end is None else (start, end)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A project. stages: those with a day, each with its tasks that have one.

    unknown_stages, unknown: without any day. boards: id and name, in order.
    total: all tasks; more than `MOST_TASKS` are not shown.
    """

    project: ProjectAccess
    stages: tuple[TimelineStage, ...]
    unknown_stages: tuple[TimelineStage, ...]
    unknown: tuple[TimelineTask, ...]
    boards: tuple[tuple[int, str], ...]
    shown: int
    total: int

    @property
    def days(self) -> tuple[date, ...]:
        """All days that anything here begins or ends on."""
        spans = [stage.span for stage in self.stages]
        spans += [task.span for stage in self.stages for task in stage.tasks]
        return tuple(day for span in spans if span for day in span)


def of_project(project_id: int, actor: Actor, filters: TaskFilters, *, today: date) -> Timeline:
    """Return a project's timeline; five statements. Raises NotFound."""
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    ids = task_filters.ids(Task.project == project_id, filters, today=today, order=ORDER)
    tasks = _tasks(ids[:MOST_TASKS], found.code, today)
    known = [task for task in tasks if task.span]
    stages = [
        TimelineStage(
            row.id,
            row.name,
            row.starts_on,
            row.ends_on,
            row.period.text if row.period else "",
            tuple(task for task in known if task.stage_id == row.id),
        )
        for row in Stage.select().where(Stage.project == project_id).order_by(Stage.position)
    ]
    rest = tuple(task for task in known if task.stage_id is None)
    others = [TimelineStage(None, "", None, None, "", rest)] if rest else []
    boards = Board.select(Board.id, Board.name).where(Board.project == project_id)
    return Timeline(
        project=found,
        stages=tuple(it for it in (*stages, *others) if it.span or it.tasks),
        unknown_stages=tuple(stage for stage in stages if not stage.span),
        unknown=tuple(task for task in tasks if not task.span),
        boards=tuple(rows(boards.order_by(Board.position, Board.id))),
        shown=len(tasks),
        total=len(ids),
    )


COLUMNS = (
    Task.id,
    Task.number,
    Task.title,
    Task.stage,
    Task.starts_on,
    Task.ends_on,
    Task.due_on,
    Task.period_text,
    Column.meaning,
)


ORDER = (
    pw.fn.COALESCE(Task.starts_on, Task.ends_on, Task.due_on).asc(nulls="last"),
    Task.due_on.asc(nulls="last"),
    Task.number,
)


def _tasks(ids: list[int], code: str, today: date) -> list[TimelineTask]:
    query = Task.select(*COLUMNS).join(Column).where(Task.id.in_(ids))
    return [_task(row, code, today) for row in rows(query.order_by(*ORDER))]


def _task(row: tuple[Any, ...], code: str, today: date) -> TimelineTask:
    id_, number, title, stage_id, starts_on, ends_on, due_on, period_text, meaning = row
    is_done = meaning == ColumnMeaning.DONE
    return TimelineTask(
        id=id_,
        key=f"{code}-{number}",
        title=title,
        stage_id=stage_id,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=due_on,
        period_text=period_text,
        is_done=is_done,
        is_overdue=urgency.is_overdue(due_on, today, is_done=is_done),
    )
