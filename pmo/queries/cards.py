"""Tasks as cards: rows read as tuples, grouped by column, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import as_date, database
from pmo.domain import urgency
from pmo.domain.vocabulary import ColumnMeaning, LabelColour, TaskKind
from pmo.models import (
    Board,
    Column,
    Label,
    Project,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)


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
class CardView:
    """A task as a card shows it; holds nothing personal, so that its HTML can be shared.

    period_text: as written, '' if none. is_overdue: the due day is past and it is not done.
    """

    id: int
    key: str
    title: str
    kind: TaskKind
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
    assignees: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]


def by_column(condition: pw.Expression, *, today: date) -> dict[int, list[CardView]]:
    """Return cards by column id, top to bottom; three statements.

    condition: on `Column` (and what a task joins: project, board).
    """
    people = _people(condition)
    labels = _labels(condition)
    grouped: dict[int, list[CardView]] = defaultdict(list)
    query = _joined(Task.select(*CARD_COLUMNS)).where(condition).order_by(Task.column, Task.rank)
    for column_id, *row in database.execute(query):
        task_id = row[0]
        grouped[column_id].append(_card(row, people[task_id], labels[task_id], today))
    return grouped


def card(task_id: int, *, today: date) -> CardView:
    """Return one card; three statements. The caller has checked the actor."""
    [(_, [found])] = by_column(Task.id == task_id, today=today).items()
    return found


CARD_COLUMNS = (
    Task.column,
    Task.id,
    Project.code,
    Task.number,
    Task.title,
    Task.kind,
    Stage.name,
    Task.plan_number,
    Task.period_text,
    Task.due_on,
    Column.meaning,
    Task.weight,
    Task.blocked_reason,
    Task.description != "",
)
"""What one card needs, in the order that `_card` reads."""


def person(user_id: int, login: str, name: str) -> PersonView:
    """Return a person as a card shows them."""
    return PersonView(user_id, login, name, urgency.initials(name))


def _card(
    row: list[Any], people: list[PersonView], labels: list[LabelView], today: date
) -> CardView:
    (task_id, code, number, title, kind, stage, plan_number, period_text) = row[:8]
    (due, meaning, weight, blocked_reason, has_description) = row[8:]
    due_on = as_date(due)
    is_done = meaning == ColumnMeaning.DONE
    return CardView(
        id=task_id,
        key=f"{code}-{number}",
        title=title,
        kind=TaskKind(kind),
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
        assignees=tuple(people),
        labels=tuple(labels),
    )


def _people(condition: pw.Expression) -> dict[int, list[PersonView]]:
    found: dict[int, list[PersonView]] = defaultdict(list)
    known: dict[int, PersonView] = {}
    query = _joined(Task.select(Task.id, User.id, User.login, User.name)).where(condition)
    query = query.join_from(Task, TaskAssignee).join(User).order_by(User.name, User.id)
    for task_id, user_id, login, name in database.execute(query):
        if user_id not in known:
            known[user_id] = person(user_id, login, name)
        found[task_id].append(known[user_id])
    return found


def _labels(condition: pw.Expression) -> dict[int, list[LabelView]]:
    found: dict[int, list[LabelView]] = defaultdict(list)
    known: dict[int, LabelView] = {}
    query = _joined(Task.select(Task.id, Label.id, Label.name, Label.colour)).where(condition)
    query = query.join_from(Task, TaskLabel).join(Label).order_by(Label.name)
    for task_id, label_id, name, colour in database.execute(query):
        if label_id not in known:
            known[label_id] = LabelView(label_id, name, LabelColour(colour))
        found[task_id].append(known[label_id])
    return found


def _joined(query: "pw.ModelSelect[Any]") -> "pw.ModelSelect[Any]":
    """Join a selection of tasks with their column, board, project and stage."""
    query = query.join_from(Task, Column).join(Board).join_from(Task, Project)
    return query.join_from(Task, Stage, pw.JOIN.LEFT_OUTER)
