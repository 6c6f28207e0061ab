"""Cards that wait for a task are drawn anew when it comes to be done, or no longer is.

After the commit, in a transaction of its own: their columns come before the boards in the order of
locks, and the command has locked boards already. What a crash between the two left undone, the
clock does.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pmo import db
from pmo.db import rows, transaction
from pmo.domain.happenings import Happening
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import ClockTurn, Column, Event, Task, TaskDependency
from pmo.services import board_locks

LONGEST_ACT = timedelta(minutes=2)
"""Between the moment that an event tells and its commit."""

FIRST_LOOK = timedelta(days=1)
"""How far back the clock looks when it looks for the first time."""

AT_ONCE = 500

TURN = "waiting"


def follow_blocker(happening: Happening) -> None:
    """Have the cards that wait for a moved task drawn anew, if that changes anything for them."""
    data = happening.data
    crossed = {data.get("from_meaning"), data.get("to_meaning")}
    if ColumnMeaning.DONE.value in crossed and len(crossed) > 1:
        redraw_waiting_later(happening)


def follow_column(happening: Happening) -> None:
    """Have the cards that wait drawn anew when a column comes to mean done, or no longer does."""
    project_id = happening.project_id
    if "meaning" in happening.data.get("changes", {}):
        db.after_commit(lambda: _redraw_columns(_waiting(Task.project == project_id)))


def redraw_waiting_later(happening: Happening) -> None:
    """Have the cards that wait for a task drawn anew, once this transaction is safe.

    Who waits is asked only then: so whoever begins to wait meanwhile is not missed.
    """
    if happening.task_id is not None:
        db.gather_after_commit(_redraw_waiting, happening.task_id)


def _redraw_waiting(blocker_ids: list[int]) -> None:
    waiting = _waiting(TaskDependency.blocker.in_(blocker_ids))
    if waiting.exists():
        _redraw_columns(waiting)


def _redraw_columns(waiting: Any) -> None:
    columns = Task.select(Task.column).where(Task.id.in_(waiting))
    with transaction():
        board_locks.redraw_columns(Column.id.in_(columns))


def _waiting(condition: Any) -> Any:
    query = TaskDependency.select(TaskDependency.task)
    return query.join(Task, on=(Task.id == TaskDependency.task)).where(condition)


FOLLOWED: Mapping[str, tuple[Callable[[Happening], None], ...]] = {
    "column.edited": (follow_column,),
    "task.archived": (redraw_waiting_later,),
    "task.merged": (redraw_waiting_later,),
    "task.moved": (follow_blocker,),
    "task.restored": (redraw_waiting_later,),
    "task.transferred": (redraw_waiting_later,),
}
"""By kind of event, for `reactions`."""


def catch_up(at: datetime, _today: date) -> None:
    """Follow once more what has happened since the last time; a job of the clock."""
    done = rows(ClockTurn.select(ClockTurn.done_at).where(ClockTurn.name == TURN))
    since = done[0][0] - LONGEST_ACT if done else at - FIRST_LOOK
    with transaction():
        for happening in _since(since):
            for reaction in FOLLOWED.get(happening.kind, ()):
                reaction(happening)
    with transaction():
        ClockTurn.insert(name=TURN, done_at=at).on_conflict(
            conflict_target=[ClockTurn.name], update={ClockTurn.done_at: at}
        ).execute()


def _since(moment: datetime) -> Iterator[Happening]:
    """Yield the events since a moment, the latest first: they have no index by time."""
    query = Event.select(Event.id, Event.kind, Event.at, Event.project, Event.task, Event.data)
    query = query.order_by(Event.id.desc()).limit(AT_ONCE)
    page = rows(query)
    while page:
        for event_id, kind, at, project_id, task_id, data in page:
            if at < moment:
                return
            yield Happening(event_id, kind, None, at, project_id, task_id, data)
        page = rows(query.where(Event.id < page[-1][0]))
