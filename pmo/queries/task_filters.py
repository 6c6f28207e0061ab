"""Which tasks are asked for: the one meaning of a filter, for boards, lists, views and files."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any

import peewee as pw

from pmo.db import database
from pmo.domain import folding, own_fields, search_words
from pmo.domain.own_fields import Condition
from pmo.domain.vocabulary import ColumnMeaning, OwnFieldKind, SprintState, TaskKind
from pmo.models import (
    Board,
    Column,
    OwnField,
    OwnValue,
    Project,
    Sprint,
    Task,
    TaskAssignee,
    TaskLabel,
)
from pmo.queries import cards

TRUE = pw.SQL("1 = 1")

NONE = 0
"""In place of an id: without a stage, without a label, of nobody."""

ACTIVE, BACKLOG = "active", "backlog"
"""In place of a sprint's number: the one that runs; what none is to do."""


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """Which tasks are asked for; None, '' and () do not filter. Joined by “and”.

    search: words that key and title must all have, in any form. Ids: any of them;
    `NONE` among them is “without”. mine_of: of this person, beside `assignee_ids`.
    own: conditions on own fields, see `domain.own_fields.CONDITION`.
    sprint: number of a sprint, `ACTIVE` or `BACKLOG`.
    entered_before: standing in their column since before this moment.
    """

    search: str = ""
    column_id: int | None = None
    stage_ids: tuple[int, ...] = ()
    label_ids: tuple[int, ...] = ()
    assignee_ids: tuple[int, ...] = ()
    kinds: tuple[TaskKind, ...] = ()
    own: tuple[str, ...] = ()
    sprint: str = ""
    is_done: bool | None = None
    is_blocked: bool | None = None
    is_waiting: bool | None = None
    is_overdue: bool | None = None
    mine_of: int | None = None
    entered_before: datetime | None = None
    is_archived: bool = False


EVERYTHING = TaskFilters()


def ids(
    scope: pw.Expression, filters: TaskFilters, *, today: date, order: tuple[Any, ...] = ()
) -> list[int]:
    """Return the ids of the tasks of a scope that fit, in this order; one statement.

    scope: a condition on tasks, columns, boards, projects. The caller has checked the actor.
    """
    words = folding.words(filters.search)
    # Words are looked for here: SQLite cannot fold Cyrillic.
    texts = (Project.code, Task.number, Task.title) if words else ()
    query = Task.select(Task.id, *texts).join(Column).join(Board).join_from(Task, Project)
    query = query.where(scope & condition(filters, today=today)).order_by(*order)
    found = database.execute(query)
    if not words:
        return [task_id for (task_id,) in found]
    return [
        task_id
        for task_id, code, number, title in found
        if search_words.has_all(folding.fold(f"{code}-{number}", title), words)
    ]


def condition(filters: TaskFilters, *, today: date) -> pw.Expression:
    """Return the condition on tasks and columns of all but the words."""
    kept: pw.Expression = Task.archived_at.is_null(not filters.is_archived)
    return reduce(and_, (*_chosen(filters), *_told(filters, today)), kept)


def _chosen(filters: TaskFilters) -> list[Any]:
    """Return the conditions of what was chosen from lists."""
    labels = TaskLabel.select(TaskLabel.task)
    people = TaskAssignee.select(TaskAssignee.task)
    found = []
    if filters.column_id is not None:
        found.append(Task.column == filters.column_id)
    if filters.kinds:
        found.append(Task.kind.in_(filters.kinds))
    if filters.stage_ids:
        found.append(_any(filters.stage_ids, Task.stage.in_, Task.stage.is_null()))
    if filters.label_ids:
        labelled = _inside(labels, TaskLabel.label)
        found.append(_any(filters.label_ids, labelled, Task.id.not_in(labels)))
    if filters.assignee_ids:
        assigned = _inside(people, TaskAssignee.user)
        found.append(_any(filters.assignee_ids, assigned, Task.id.not_in(people)))
    found += [_own(own_fields.condition(asked)) for asked in filters.own]
    if filters.sprint:
        found.append(_of_sprint(filters.sprint))
    if filters.mine_of is not None:
        found.append(_inside(people, TaskAssignee.user)([filters.mine_of]))
    return found


def _own(asked: Condition) -> Any:
    """Return the condition that a task holds something in an own field."""
    is_choice = OwnField.kind == OwnFieldKind.CHOICE
    is_text = OwnField.kind == OwnFieldKind.TEXT
    if asked.sign == ":":
        words = [OwnValue.folded.contains(word) for word in folding.words(asked.text)]
        fits = (is_choice & (OwnValue.value == asked.text)) | (is_text & reduce(and_, words, TRUE))
        fits |= ~is_text & ~is_choice & (OwnValue.amount == asked.amount)
    elif asked.sign == ">=":
        fits = OwnValue.amount >= asked.amount
    else:
        fits = OwnValue.amount <= asked.amount
    holding = OwnValue.select(OwnValue.task).join(OwnField)
    return Task.id.in_(holding.where((OwnField.key == asked.key) & fits))


def _of_sprint(asked: str) -> Any:
    """Return the condition that a task stands in a sprint of its project, or in none."""
    those = Sprint.select(Sprint.id)
    if asked == BACKLOG:
        closed = Task.sprint.in_(those.where(Sprint.state == SprintState.CLOSED))
        return (Task.sprint.is_null() | closed) & (Column.meaning != ColumnMeaning.DONE)
    if asked == ACTIVE:
        return Task.sprint.in_(those.where(Sprint.state == SprintState.ACTIVE))
    return Task.sprint.in_(those.where(Sprint.number == int(asked)))


def _told(filters: TaskFilters, today: date) -> list[Any]:
    """Return the conditions of what is so or not so."""
    done = Column.meaning == ColumnMeaning.DONE
    late = Task.due_on.is_null(is_null=False) & (Task.due_on < today) & ~done
    told = (
        (filters.is_done, done),
        (filters.is_blocked, Task.blocked_reason != ""),
        (filters.is_waiting, Task.id.in_(cards.waiting())),
        (filters.is_overdue, late),
    )
    found = [it if value else ~(it) for value, it in told if value is not None]
    if filters.entered_before is not None:
        found.append(Task.entered_at < filters.entered_before)
    return found


def _any(wanted: tuple[int, ...], among: Any, without: pw.Expression) -> Any:
    """Join what was chosen from one list by “or”."""
    given = [value for value in wanted if value != NONE]
    either = [among(given)] if given else []
    if NONE in wanted:
        either.append(without)
    return reduce(or_, either)


def _inside(tasks: Any, thing: Any) -> Any:
    """Return what makes the condition that a task is linked with one of some things."""
    return lambda wanted: Task.id.in_(tasks.where(thing.in_(wanted)))
