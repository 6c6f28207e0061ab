"""The recurring tasks of a project: what they are like, and what hinders them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import recurrence_proposals
from pmo.domain.permissions import Actor, Capability
from pmo.domain.recurrence_proposals import Proposal
from pmo.domain.recurrence_turns import Schedule
from pmo.domain.recurrences import Rule
from pmo.domain.vocabulary import Gate, LabelColour, RecurrenceKind, TaskKind
from pmo.models import (
    Board,
    ChecklistItem,
    Column,
    Label,
    Membership,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.queries import access

AT_REST = frozenset({Gate.CLOSED, Gate.DECLINED, Gate.SUSPENDED})
"""Where a project gets no new cards by itself."""


MOST_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Doer:
    """A person who gets the cards. can: False of one who left the project or was disabled."""

    id: int
    login: str
    name: str
    can: bool


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label on the cards."""

    id: int
    name: str
    colour: LabelColour


@dataclass(frozen=True, slots=True)
class RecurrenceView:
    """A recurring task. column_id: None if that column was removed; column_name: '' then."""

    id: int
    key: str
    is_on: bool
    since: date
    title: str
    description: str
    kind: TaskKind
    board_id: int
    board_name: str
    column_id: int | None
    column_name: str
    stage_id: int | None
    stage_name: str
    plan_number: str
    weight: int
    expected_result: str
    responsible: str
    checklist: tuple[str, ...]
    rule: RecurrenceKind
    month_from: int | None
    month_to: int | None
    day: int | None
    weekdays: tuple[int, ...]
    times: int | None
    starts_on: date
    until: date | None
    days_ahead: int
    participants: str
    document: str
    submitted_to: str
    version: int
    project_id: int
    assignees: tuple[Doer, ...] = ()
    labels: tuple[LabelView, ...] = ()

    @property
    def schedule(self) -> Schedule:
        """Return when it runs."""
        months = (self.month_from, self.month_to)
        rule = Rule(self.rule, *months, self.day, self.weekdays, self.times)
        return Schedule(rule, self.starts_on, self.until, self.since, self.days_ahead)

    @property
    def left(self) -> tuple[Doer, ...]:
        """Return who is on its list and can get no card."""
        return tuple(it for it in self.assignees if not it.can)

    @property
    def needs_care(self) -> bool:
        """Tell whether somebody has to look at it: its column or one of its people is gone."""
        return self.is_on and (self.column_id is None or bool(self.left))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card whose period says that it recurs, and that belongs to no recurring task yet."""

    task_id: int
    task_key: str
    title: str
    period: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a card suggests for a recurring task made of it. recurrence_id: it belongs to one."""

    task_id: int
    task_key: str
    project_id: int
    values: dict[str, Any]
    proposal: Proposal
    period: str
    recurrence_id: int | None


def of_project(project_id: int, actor: Actor) -> tuple[RecurrenceView, ...]:
    """Return the recurring tasks of a project, in their order; four statements.

    Raises NotFound.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    return views(Recurrence.project == project_id)


def recurrence(recurrence_id: int, actor: Actor) -> RecurrenceView:
    """Return one. Raises NotFound, Forbidden."""
    access.recurrence(recurrence_id, actor, Capability.PROJECT_READ)
    [found] = views(Recurrence.id == recurrence_id)
    return found


def of_task(task_id: int) -> tuple[int, str] | None:
    """Return the recurring task that a card belongs to, id and title; the actor is checked."""
    query = Recurrence.select(Recurrence.id, Recurrence.title).join(RecurrenceOccurrence)
    for found in rows(query.where(RecurrenceOccurrence.task == task_id)):
        return int(found[0]), str(found[1])
    return None


def candidates(project_id: int, actor: Actor) -> tuple[Candidate, ...]:
    """Return the cards that could be made recurring; two statements. Raises NotFound, Forbidden."""
    found = access.project(project_id, actor, Capability.PROJECT_EDIT)
    own = (Task.project == project_id) & Task.archived_at.is_null()
    own &= Task.id.not_in(
        RecurrenceOccurrence.select(RecurrenceOccurrence.task).where(
            RecurrenceOccurrence.task.is_null(False)
        )
    )
    plain = (pw.Value(f'%"recurrence": "{it}"%', converter=False) for it in ("none", "continuous"))
    says = Task.period.is_null(False)
    for pattern in plain:  # most periods are not even read
        says &= ~pw.Expression(Task.period, pw.OP.ILIKE, pattern)
    query = Task.select(Task.id, Task.number, Task.title, Task.period)
    return tuple(
        Candidate(task_id, f"{found.code}-{number}", title, period.text)
        for task_id, number, title, period in rows(query.where(own & says).order_by(Task.number))
        if recurrence_proposals.of_period(period).is_said
    )[:MOST_CANDIDATES]


def suggestion(task_id: int, actor: Actor, *, today: date) -> Suggestion:
    """Return what a recurring task made of a card would be like. Raises NotFound, Forbidden."""
    found = access.task(task_id, actor, Capability.PROJECT_EDIT)
    task = Task.get_by_id(task_id)
    year = task.due_on or today
    period = task.period
    proposal = recurrence_proposals.of_period(period)
    items = ChecklistItem.select(ChecklistItem.text).where(ChecklistItem.task == task_id)
    values = {
        "title": task.title,
        "description": task.description,
        "kind": task.kind,
        "column_id": task.column_id,
        "stage_id": task.stage_id,
        "plan_number": task.plan_number,
        "weight": task.weight,
        "expected_result": task.expected_result,
        "responsible": task.responsible,
        "assignee_ids": _ids(TaskAssignee.select(TaskAssignee.user), TaskAssignee.task, task_id),
        "label_ids": _ids(TaskLabel.select(TaskLabel.label), TaskLabel.task, task_id),
        "checklist": [text for (text,) in rows(items.order_by(ChecklistItem.position))],
        "rule": proposal.rule.kind,
        "month_from": proposal.rule.month_from,
        "month_to": proposal.rule.month_to,
        "day": proposal.rule.day,
        "weekdays": list(proposal.rule.weekdays),
        "times": proposal.rule.times,
        "starts_on": min(today, year),
        "until": proposal.until,
    }
    own = of_task(task_id)
    key = f"{found.code}-{task.number}"
    text = period.text if period else ""
    return Suggestion(task_id, key, found.project_id, values, proposal, text, own and own[0])


def views(condition: pw.Expression) -> tuple[RecurrenceView, ...]:
    """Return recurring tasks in their order; three statements; the actor is checked."""
    it, outer = Recurrence, pw.JOIN.LEFT_OUTER
    query = it.select(
        it.id, it.key, it.is_on, it.since, it.title, it.description, it.kind, it.board, Board.name,
        it.column, pw.fn.COALESCE(Column.name, ""), it.stage, pw.fn.COALESCE(Stage.name, ""),
        it.plan_number, it.weight, it.expected_result, it.responsible, it.checklist, it.rule,
        it.month_from, it.month_to, it.day, it.weekdays, it.times, it.starts_on, it.until,
        it.days_ahead, it.participants, it.document, it.submitted_to, it.version, it.project,
    )  # fmt: skip
    query = query.join(Board).join_from(it, Column, outer).join_from(it, Stage, outer)
    found = rows(query.where(condition).order_by(it.position, it.id))
    if not found:
        return ()
    people, labels = _people(condition), _labels(condition)
    return tuple(_view(row, people[row[0]], labels[row[0]]) for row in found)


def _view(row: tuple[Any, ...], people: list[Doer], labels: list[LabelView]) -> RecurrenceView:
    values: list[Any] = [tuple(it) if isinstance(it, list) else it for it in row]
    return RecurrenceView(*values, *(tuple(it) for it in (people, labels)))


def _people(condition: pw.Expression) -> dict[int, list[Doer]]:
    here = (Membership.user == User.id) & (Membership.project == Recurrence.project)
    query = RecurrenceAssignee.select(
        RecurrenceAssignee.recurrence,
        User.id,
        User.login,
        User.name,
        User.is_active & Membership.id.is_null(False),
    )
    query = query.join(Recurrence).join_from(RecurrenceAssignee, User)
    query = query.join_from(User, Membership, pw.JOIN.LEFT_OUTER, on=here).where(condition)
    return _grouped(
        (recurrence_id, Doer(id_, login, name, bool(can)))
        for recurrence_id, id_, login, name, can in rows(query.order_by(User.name, User.id))
    )


def _labels(condition: pw.Expression) -> dict[int, list[LabelView]]:
    query = RecurrenceLabel.select(RecurrenceLabel.recurrence, Label.id, Label.name, Label.colour)
    query = query.join(Recurrence).join_from(RecurrenceLabel, Label).where(condition)
    return _grouped(
        (recurrence_id, LabelView(*label))
        for recurrence_id, *label in rows(query.order_by(Label.name))
    )


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for owner, one in pairs:
        found[owner].append(one)
    return found


def _ids(query: Any, task: Any, task_id: int) -> list[int]:
    return sorted(one for (one,) in rows(query.where(task == task_id)))
