"""Small journals of one board, written out day by day; and the lives that they tell."""

from datetime import UTC, datetime, timedelta
from typing import Any

from pmo.domain.flow.lives import CardLife, Lives
from pmo.domain.flow.replaying import Begun, Happened, replay

START = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
MEANING = {"c1": "queue", "c2": "in_progress", "c3": "waiting", "c4": "done"}


def day(number: float) -> datetime:
    """Return a moment so many days after the start."""
    return START + timedelta(days=number)


def created(at: float, task: int = 1, column: str = "c1", **more: Any) -> Happened:
    data = {"board": "b1", "column": column, "meaning": MEANING[column], "weight": 1, **more}
    return Happened(day(at), "task.created", task, data)


def moved(at: float, to: str, task: int = 1, **more: Any) -> Happened:
    data = {"board": "b1", "from": "?", "to": to, "to_meaning": MEANING[to], **more}
    return Happened(day(at), "task.moved", task, data)


def edited(at: float, task: int = 1, **changes: list[Any]) -> Happened:
    return Happened(day(at), "task.edited", task, {"changes": changes})


def put_away(at: float, task: int = 1, kind: str = "task.archived", **more: Any) -> Happened:
    return Happened(day(at), kind, task, more)


def restored(at: float, column: str, task: int = 1) -> Happened:
    data = {"board": "b1", "column": column, "meaning": MEANING[column]}
    return Happened(day(at), "task.restored", task, data)


def means(at: float, column: str, meaning: str) -> Happened:
    changes = {"meaning": [MEANING[column], meaning]}
    data = {"board": "b1", "column": column, "changes": changes}
    return Happened(day(at), "column.edited", None, data)


def life(*events: Happened, **present: Any) -> CardLife:
    """Return the life of card 1. present: what it holds today."""
    now = Begun(**{"weight": 1, "stage": None, "blocked_reason": "", **present})
    return replay(events, {1: now})[1]


def lives(*events: Happened) -> Lives:
    """Return the lives of all cards."""
    return replay(sorted(events, key=lambda it: it.at))


def through(task: int, made: float, started: float, done: float | None = None) -> list[Happened]:
    """Return the events of a card that goes straight through: queue, work, done."""
    events = [created(made, task), moved(started, "c2", task)]
    return events if done is None else [*events, moved(done, "c4", task)]
