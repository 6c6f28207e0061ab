"""Acts as the journal tells them, and what a form of many cards offers."""

from dataclasses import dataclass
from datetime import date

from pmo.db import rows
from pmo.domain.acts import Acted
from pmo.domain.permissions import Actor, Capability
from pmo.models import Event
from pmo.queries import access, boards, tasks
from pmo.queries.boards import BoardHead, ColumnHead, ColumnView
from pmo.queries.cards import LabelView, PersonView


def act(event_id: int) -> Acted:
    """Return an act by its first event, 0 for none; the caller has just done it."""
    events = Event.select(Event.task).where((Event.id == event_id) | (Event.act == event_id))
    found = tuple(dict.fromkeys(task_id for (task_id,) in rows(events.order_by(Event.id))))
    return Acted(event_id or None, found)


def task_of(event_id: int, actor: Actor) -> int:
    """Return the task that an event is of. Raises NotFound."""
    return access.event(event_id, actor, Capability.PROJECT_READ).task_id


@dataclass(frozen=True, slots=True)
class BulkChoices:
    """What can be chosen for many cards of a board."""

    board: BoardHead
    columns: tuple[ColumnHead, ...]
    people: tuple[PersonView, ...]
    labels: tuple[LabelView, ...]


def choices(board_id: int, actor: Actor) -> BulkChoices:
    """Return what a form of many cards offers. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.TASK_EDIT)
    head = boards.head(board_id, actor)
    offered = tasks.choices(head.project_id, actor)
    return BulkChoices(head, boards.column_heads(board_id), offered.people, offered.labels)


def cards(board_id: int, *, today: date) -> tuple[ColumnView, ...]:
    """Return the columns with their cards; the caller has checked the actor with `choices`."""
    return boards.columns(board_id, today=today)
