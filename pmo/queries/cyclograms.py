"""The yearly table of a project: what comes round in which month, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import calendar, recurrence_turns
from pmo.domain.permissions import Actor, Capability
from pmo.domain.recurrence_turns import LONGEST, CardState, MarkState
from pmo.domain.recurrences import IsWorking
from pmo.domain.vocabulary import ColumnMeaning, OccurrenceOutcome
from pmo.models import Column, Recurrence, RecurrenceOccurrence, Task
from pmo.queries import access, recurrence_days, recurrences
from pmo.queries.recurrences import RecurrenceView

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One occurrence. task_id, task_key: its card, None and '' without one.

    shown_from: the first day that the table marks. code, facts: why there is no card, as an error
    tells it. left: logins that the card could not be given to.
    """

    key: str
    starts_on: date
    ends_on: date
    due_on: date
    shown_from: date
    state: MarkState
    task_id: int | None = None
    task_key: str = ""
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a recurring task. begun: marks that began in an earlier month of the table."""

    month: date
    marks: tuple[Mark, ...]
    begun: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. marks: those of the whole year, in order."""

    recurrence: RecurrenceView
    marks: tuple[Mark, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Cyclogram:
    """The table of an academic year. months: their first days. is_at_rest: no cards are made."""

    project_id: int
    year: int
    months: tuple[date, ...]
    entries: tuple[Entry, ...]
    is_at_rest: bool
    can_edit: bool

    @property
    def troubles(self) -> int:
        """Return how many rows somebody has to look at."""
        held = (any(it.state is MarkState.HELD for it in row.marks) for row in self.entries)
        cared = (row.recurrence.needs_care for row in self.entries)
        return sum(1 for one, other in zip(held, cared, strict=True) if one or other)


def of_project(project_id: int, actor: Actor, *, year: int | None, today: date) -> Cyclogram:
    """Return the table of a project; six statements. year: in which it starts, None for this one.

    Raises NotFound.
    """
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    chosen = calendar.academic_year_of(today) if year is None else year
    rows_of = recurrences.views(Recurrence.project == project_id)
    is_at_rest = found.gate in recurrences.AT_REST
    entries = _entries(rows_of, found.code, chosen, today, is_at_rest)
    return Cyclogram(
        project_id,
        chosen,
        tuple(_months(chosen)),
        entries,
        is_at_rest,
        found.may(Capability.PROJECT_EDIT),
    )


def of_recurrence(
    recurrence_id: int, actor: Actor, *, year: int | None, today: date
) -> tuple[Entry, int, bool]:
    """Return one row, the year it is of, and whether the actor may edit it. Raises NotFound."""
    found = access.recurrence(recurrence_id, actor, Capability.PROJECT_READ)
    chosen = calendar.academic_year_of(today) if year is None else year
    view = recurrences.views(Recurrence.id == recurrence_id)
    is_at_rest = found.gate in recurrences.AT_REST
    [entry] = _entries(view, found.code, chosen, today, is_at_rest)
    return entry, chosen, found.may(Capability.PROJECT_EDIT)


def _entries(
    views: tuple[RecurrenceView, ...], code: str, year: int, today: date, is_at_rest: bool
) -> tuple[Entry, ...]:
    first, last = calendar.academic_year_span(year)
    known = _recorded([view.id for view in views], code, first, last, today)
    is_working = recurrence_days.is_working()
    entries = []
    for view in views:
        marks = known.get(view.id, [])
        if view.is_on and not is_at_rest:
            keys = {mark.key for mark in marks}
            marks = [*marks, *_planned(view, keys, first, last, today, is_working)]
        in_order = tuple(sorted(marks, key=lambda mark: (mark.due_on, mark.key)))
        cells = tuple(_cell(month, in_order, first) for month in _months(year))
        entries.append(Entry(view, in_order, cells))
    return tuple(entries)


def _recorded(
    ids: list[int], code: str, first: date, last: date, today: date
) -> dict[int, list[Mark]]:
    """Return what became of occurrences that touch the days; one statement."""
    it = RecurrenceOccurrence
    query = it.select(
        it.recurrence, it.key, it.starts_on, it.ends_on, it.due_on, it.outcome, it.note, Task.id,
        Task.number, Task.due_on, Task.archived_at, Column.meaning,
    )  # fmt: skip
    query = query.join(Task, pw.JOIN.LEFT_OUTER).join(Column, pw.JOIN.LEFT_OUTER)
    touching = (it.starts_on <= last) & (it.ends_on >= first)
    found: dict[int, list[Mark]] = {}
    for recurrence_id, *values in rows(query.where(it.recurrence.in_(ids) & touching)):
        found.setdefault(recurrence_id, []).append(_recorded_mark(code, today, *values))
    return found


def _recorded_mark(code: str, today: date, *values: Any) -> Mark:
    key, starts_on, ends_on, due_on, outcome, note, task_id, number, due, archived, meaning = values
    card = None
    if task_id is not None:
        card = CardState(meaning is ColumnMeaning.DONE, archived is not None, due)
    return Mark(
        key,
        starts_on,
        ends_on,
        due_on,
        _shown_from(key, starts_on, due_on),
        recurrence_turns.state_of(OccurrenceOutcome(outcome), card, today=today),
        task_id,
        f"{code}-{number}" if number else "",
        note.get("code", ""),
        note.get("facts", {}),
        tuple(note.get("left", ())),
    )


def _planned(  # noqa: PLR0917 - of what, and for which days
    view: RecurrenceView,
    known: set[str],
    first: date,
    last: date,
    today: date,
    is_working: IsWorking,
) -> Iterable[Mark]:
    """Yield what is still to come: cards that nobody has made, of periods that have not passed."""
    start = max(first, view.since)
    for it in recurrence_turns.within(view.schedule, start, last + LONGEST, is_working=is_working):
        shown_from = _shown_from(it.key, it.starts_on, it.due_on)
        if it.key not in known and it.ends_on >= today and shown_from <= last:
            days = (it.starts_on, it.ends_on, it.due_on, shown_from)
            yield Mark(it.key, *days, MarkState.PLANNED)


def _shown_from(key: str, starts_on: date, due_on: date) -> date:
    """Return where marks begin: of several in a half-year each stands in the month it is due."""
    return due_on if "#" in key else starts_on


def _cell(month: date, marks: tuple[Mark, ...], first: date) -> Cell:
    end = calendar.month_end(month.year, month.month)
    here = tuple(it for it in marks if it.shown_from <= end and it.due_on >= month)
    begun = frozenset(it.key for it in here if month not in {_month(it.shown_from), first})
    return Cell(month, here, begun)


def _month(day: date) -> date:
    return day.replace(day=1)


def _months(year: int) -> Iterable[date]:
    for number in range(MONTHS):
        month = (calendar.ACADEMIC_YEAR_STARTS_IN - 1 + number) % MONTHS + 1
        yield date(calendar.year_of_month(year, month), month, 1)
