"""Tasks as cards: rows read as tuples, grouped by column, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar

import peewee as pw

from pmo.db import as_date, as_moment
from pmo.domain import urgency
from pmo.domain.vocabulary import ColumnMeaning, LabelColour, TaskKind
from pmo.models import (
    Board,
    Column,
    Label,
    Project,
    Sprint,
    Stage,
    Task,
    TaskAssignee,
    TaskDependency,
    TaskLabel,
    User,
)
from pmo.queries.own_fields import OwnValueView
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label on a card."""

    id: int
    name: str
    colour: LabelColour


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person on a card."""

    id: int
    login: str
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class CardCounts:
    """How much hangs on a task."""

    checklist_total: int = 0
    checklist_done: int = 0
    comments: int = 0
    attachments: int = 0
    evidence: int = 0

    def __bool__(self) -> bool:
        return self != NO_COUNTS


@dataclass(frozen=True, slots=True)
class CardView:
    """A task as a card shows it; holds nothing personal, so that its HTML can be shared.

    period_text: as written, '' if none. is_overdue: the due day is past and it is not done.
    waits_for: keys of the tasks that it waits for and that are neither done nor in the archive.
    entered_at: since when it stands in its column, which tints it after amber_days and red_days.
    sprint: number of its sprint, None for none. own: all own fields of its project; only of cards
    that are asked for with them.
    """

    id: int
    key: str
    title: str
    kind: TaskKind
    stage_id: int | None
    stage: str
    plan_number: str
    period_text: str
    due_on: date | None
    is_overdue: bool
    is_done: bool
    weight: int
    is_blocked: bool
    blocked_reason: str
    has_description: bool
    counts: "CardCounts"
    entered_at: datetime
    amber_days: int | None
    red_days: int | None
    assignees: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]
    waits_for: tuple[str, ...]
    sprint: int | None = None
    own: tuple[OwnValueView, ...] = ()


class Cards:
    """The cards under a condition on `Task` and what it joins: column, board, project.

    condition: gets placeholders for its parameters and returns an expression.
    Four statements at each call, however many cards.
    """

    def __init__(self, condition: Callable[..., Any]) -> None:
        self._people = _statement(condition, _people)
        self._labels = _statement(condition, _labels)
        self._blockers = _statement(condition, _blockers)
        self._cards = _statement(condition, _cards)

    def by_column(self, *, today: date, **values: Any) -> dict[int, list[CardView]]:
        """Return the cards by column id, top to bottom."""
        people = _gathered(self._people(**values), person)
        labels = _gathered(self._labels(**values), label)
        blockers = _gathered(self._blockers(**values), _key)
        grouped: dict[int, list[CardView]] = defaultdict(list)
        for column_id, *row in self._cards(**values):
            lists = (people.get(row[0]), labels.get(row[0]), blockers.get(row[0]))
            grouped[column_id].append(_card(row, *lists, today))
        return grouped


def card(task_id: int, *, today: date) -> CardView:
    """Return one card. The caller has checked the actor."""
    [(_, [found])] = ONE.by_column(today=today, task_id=task_id).items()
    return found


def of_tasks(ids: list[int], *, today: date) -> tuple[CardView, ...]:
    """Return the cards of some tasks, in the order of the ids. The caller has checked them."""
    by_column = Cards(lambda: Task.id.in_(ids)).by_column(today=today)
    found = {card.id: card for column in by_column.values() for card in column}
    return tuple(found[task_id] for task_id in ids)


NO_COUNTS = CardCounts()

LIVE = Task.archived_at.is_null()
"""The condition that a task is not in the archive."""

CARD_COLUMNS = (
    Task.column,
    Task.id,
    Project.code,
    Task.number,
    Task.title,
    Task.kind,
    Task.stage,
    Stage.name,
    Task.plan_number,
    Task.period_text,
    Task.due_on,
    Column.meaning,
    Task.weight,
    Task.blocked_reason,
    Task.description != "",
    Task.entered_at,
    Column.amber_days,
    Column.red_days,
    Sprint.number,
    Task.checklist_total,
    Task.checklist_done,
    Task.comment_count,
    Task.attachment_count,
    Task.evidence_count,
)
"""What one card needs, in the order that `_card` reads."""


def person(user_id: int, login: str, name: str) -> PersonView:
    """Return a person as a card shows them."""
    return PersonView(user_id, login, name, urgency.initials(name))


def _card(
    row: list[Any],
    people: tuple[PersonView, ...] | None,
    labels: tuple[LabelView, ...] | None,
    blockers: tuple[str, ...] | None,
    today: date,
) -> CardView:
    (task_id, code, number, title, kind, stage_id, stage, plan_number, period_text) = row[:9]
    (due, meaning, weight, blocked_reason, has_description) = row[9:14]
    (entered_at, amber_days, red_days, sprint, *counts) = row[14:]
    due_on = as_date(due)
    is_done = meaning == ColumnMeaning.DONE
    return CardView(
        id=task_id,
        key=f"{code}-{number}",
        title=title,
        kind=TaskKind(kind),
        stage_id=stage_id,
        stage=stage or "",
        plan_number=plan_number,
        period_text=period_text,
        due_on=due_on,
        is_overdue=urgency.is_overdue(due_on, today, is_done=is_done),
        is_done=is_done,
        weight=weight,
        is_blocked=blocked_reason != "",
        blocked_reason=blocked_reason,
        has_description=bool(has_description),
        counts=CardCounts(*counts) if any(counts) else NO_COUNTS,
        entered_at=as_moment(entered_at),
        amber_days=amber_days,
        red_days=red_days,
        assignees=people or (),
        labels=labels or (),
        waits_for=blockers or (),
        sprint=sprint,
    )


def _key(_task_id: int, code: str, number: int) -> str:
    return f"{code}-{number}"


def label(label_id: int, name: str, colour: str) -> LabelView:
    """Return a label as a card shows it."""
    return LabelView(label_id, name, LabelColour(colour))


T = TypeVar("T")


def _gathered(rows: list[tuple[Any, ...]], view: Callable[..., T]) -> dict[int, tuple[T, ...]]:
    """Gather rows of (task, thing's columns …) by task; one view for each thing."""
    views: dict[int, T] = {}
    found: dict[int, tuple[T, ...]] = {}
    for task_id, thing_id, *rest in rows:
        if thing_id not in views:
            views[thing_id] = view(thing_id, *rest)
        found[task_id] = (*found.get(task_id, ()), views[thing_id])
    return found


def _statement(
    condition: Callable[..., Any], select: Callable[[], "pw.ModelSelect[Any]"]
) -> Statement:
    """Put a selection of tasks, joined with all that a condition speaks of, under it."""

    @wraps(condition)
    def build(**values: Any) -> "pw.ModelSelect[Any]":
        query = select().join_from(Task, Column).join(Board).join_from(Task, Project)
        return query.where(condition(**values))

    return Statement(build)


def _cards() -> "pw.ModelSelect[Any]":
    query = Task.select(*CARD_COLUMNS).join_from(Task, Stage, pw.JOIN.LEFT_OUTER)
    query = query.join_from(Task, Sprint, pw.JOIN.LEFT_OUTER)
    return query.order_by(Task.column, Task.rank)


def _people() -> "pw.ModelSelect[Any]":
    query = Task.select(Task.id, User.id, User.login, User.name)
    return query.join_from(Task, TaskAssignee).join(User).order_by(User.name, User.id)


def _labels() -> "pw.ModelSelect[Any]":
    query = Task.select(Task.id, Label.id, Label.name, Label.colour)
    return query.join_from(Task, TaskLabel).join(Label).order_by(Label.name)


Blocker, ItsColumn = Task.alias(), Column.alias()


def _blockers() -> "pw.ModelSelect[Any]":
    query = Task.select(Task.id, Blocker.id, Project.code, Blocker.number)
    query = query.join_from(Task, TaskDependency, on=(TaskDependency.task == Task.id))
    query = query.join(Blocker, on=(TaskDependency.blocker == Blocker.id))
    not_done = (Blocker.column == ItsColumn.id) & (ItsColumn.meaning != ColumnMeaning.DONE)
    query = query.join(ItsColumn, on=not_done & Blocker.archived_at.is_null())
    return query.order_by(Blocker.number)


def waiting() -> Any:
    """Return the ids of all tasks that wait for one neither done nor in the archive."""
    query = TaskDependency.select(TaskDependency.task)
    query = query.join(Blocker, on=(TaskDependency.blocker == Blocker.id))
    query = query.join(ItsColumn, on=(Blocker.column == ItsColumn.id))
    return query.where((ItsColumn.meaning != ColumnMeaning.DONE) & Blocker.archived_at.is_null())


OF_BOARD = Cards(lambda board_id: (Column.board == board_id) & LIVE)
OF_COLUMN = Cards(lambda column_id: (Task.column == column_id) & LIVE)
CHANGED = Cards(
    lambda board_id, revision: (Column.board == board_id) & (Column.revision > revision) & LIVE
)
ONE = Cards(lambda task_id: Task.id == task_id)
