"""A person's open tasks from all projects, by urgency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import peewee as pw

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import Urgency, urgency
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Board, Column, Membership, Project, Task, TaskAssignee
from pmo.queries import cards
from pmo.queries.cards import CardView
from pmo.statements import Statement

MOST = 200
"""Cards on the page: what one person can hold in view, and more."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A card of mine, with its project and column."""

    card: CardView
    project_id: int
    project_name: str
    board_id: int
    column_name: str


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Cards of one urgency, the soonest first."""

    urgency: Urgency
    items: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class MyWork:
    """My cards that are not done. total: all of them; groups hold the most urgent `shown`."""

    groups: tuple[WorkGroup, ...]
    total: int
    shown: int


def my_work(actor: Actor, *, today: date) -> MyWork:
    """Return the actor's open tasks; six statements, however many tasks and projects."""
    mine = OFFICE if permissions.office_may(actor, Capability.PROJECT_READ) else MEMBER
    who = {"user_id": actor.user_id}
    by_column = mine.cards.by_column(today=today, **who)
    found = {card.id: card for column in by_column.values() for card in column}
    items = [
        WorkItem(found[task_id], *place)
        for task_id, *place in mine.places(**who)
        if task_id in found  # not what was assigned between the two statements
    ]
    groups = groupby(items, key=lambda item: urgency(item.card.due_on, today))
    total = len(items) if len(items) < MOST else int(mine.count(**who)[0][0])
    return MyWork(tuple(WorkGroup(kind, tuple(group)) for kind, group in groups), total, len(items))


class _Mine:
    """The statements for one kind of actor. visible: a condition on `Project`, by user id."""

    def __init__(self, visible: Callable[[Any], Any]) -> None:
        def soonest(user_id: Any, *columns: Any) -> Any:
            query = _open_tasks(user_id, visible(user_id), *columns)
            return query.order_by(Task.due_on.asc(nulls="last"), Task.id).limit(MOST)

        def places(user_id: Any) -> Any:
            columns = (Task.id, Project.id, Project.short_name, Board.id, Column.name)
            return soonest(user_id, *columns)

        def count(user_id: Any) -> Any:
            return _open_tasks(user_id, visible(user_id), pw.fn.COUNT(Task.id))

        self.places = Statement(places)
        self.count = Statement(count)
        self.cards = cards.Cards(lambda user_id: Task.id.in_(soonest(user_id, Task.id)))


def _open_tasks(user_id: Any, visible: Any, *columns: Any) -> Any:
    """Select from a person's tasks that are not done, in projects they may see."""
    query = Task.select(*columns).join_from(Task, TaskAssignee).join_from(Task, Column)
    query = query.join(Board).join_from(Task, Project)
    is_open = Column.meaning != ColumnMeaning.DONE
    return query.where((TaskAssignee.user == user_id) & is_open & cards.LIVE & visible)


def _of_member(user_id: Any) -> Any:
    return Project.id.in_(Membership.select(Membership.project).where(Membership.user == user_id))


OFFICE = _Mine(lambda _: pw.SQL("1 = 1"))
MEMBER = _Mine(_of_member)
