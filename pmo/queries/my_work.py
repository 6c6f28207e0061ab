"""A person's open tasks from all projects, by urgency."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pmo.db import database
from pmo.domain.permissions import Actor
from pmo.domain.urgency import Urgency, urgency
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Board, Column, Project, Task, TaskAssignee
from pmo.queries import access, cards
from pmo.queries.cards import CardView


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


def my_work(actor: Actor, *, today: date, limit: int = 200) -> MyWork:
    """Return the actor's open tasks; five statements, however many tasks and projects."""
    mine = Task.select().join(TaskAssignee).join_from(Task, Column).join(Board)
    mine = mine.join_from(Task, Project).where(
        (TaskAssignee.user == actor.user_id)
        & (Column.meaning != ColumnMeaning.DONE)
        & access.visible_projects(actor)
    )
    soonest = mine.order_by(Task.due_on.asc(nulls="last"), Task.id).limit(limit)
    query = soonest.select(Task.id, Project.id, Project.short_name, Board.id, Column.name)
    places = {task_id: place for task_id, *place in database.execute(query)}
    by_column = cards.by_column(Task.id.in_(list(places)), today=today)
    found = {card.id: card for column in by_column.values() for card in column}
    items = [WorkItem(found[task_id], *place) for task_id, place in places.items()]
    groups = groupby(items, key=lambda item: urgency(item.card.due_on, today))
    total = len(items) if len(items) < limit else mine.count()
    return MyWork(tuple(WorkGroup(*group) for group in _closed(groups)), total, len(items))


def _closed(groups: groupby) -> list[tuple[Urgency, tuple[WorkItem, ...]]]:  # type: ignore[type-arg]
    return [(kind, tuple(items)) for kind, items in groups]
