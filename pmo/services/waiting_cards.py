"""Cards that wait for a task are drawn anew when it comes to be done, or no longer is.

After the commit, in a transaction of its own: their columns come before the boards in the order of
locks, and the command has locked boards already. Whoever gave the command has had their way: what
fails here is done again in the background, and what a crash left undone the clock does.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from pmo import db
from pmo.db import rows, transaction
from pmo.domain.happenings import Happening
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import ClockTurn, Column, Event, Task, TaskDependency
from pmo.services import board_locks, errands

LONGEST_ACT = timedelta(minutes=2)
"""Between the moment that an event tells and its commit."""

FIRST_LOOK = timedelta(days=1)
"""How far back the clock looks when it looks for the first time."""

AT_ONCE = 500

TURN = "waiting"

log = logging.getLogger("pmo.waiting")


def follow_blocker(happening: Happening) -> None:
    """Have the cards that wait for a moved task drawn anew, if that changes anything for them."""
    if _has_crossed(happening):
        redraw_waiting_later(happening)


def follow_column(happening: Happening) -> None:
    """Have the cards that wait drawn anew when a column comes to mean done, or no longer does."""
    if _has_new_meaning(happening):
        project_id = happening.project_id
        db.after_commit(lambda: _redraw_project(project_id))


def redraw_waiting_later(happening: Happening) -> None:
    """Have the cards that wait for a task drawn anew, once this transaction is safe.

    Who waits is asked only then: so whoever begins to wait meanwhile is not missed.
    """
    if happening.task_id is not None:
        db.gather_after_commit(_redraw_waiting, happening.task_id)


def _has_crossed(happening: Happening) -> bool:
    data = happening.data
    crossed = {data.get("from_meaning"), data.get("to_meaning")}
    return ColumnMeaning.DONE.value in crossed and len(crossed) > 1


def _has_new_meaning(happening: Happening) -> bool:
    return "meaning" in happening.data.get("changes", {})


def redraw_again(*, blocker_ids: Sequence[int] = (), project_id: int | None = None) -> None:
    """Have the cards drawn anew that wait for some tasks, or for any of a project; an errand."""
    of_project = Task.project == project_id
    _redraw(of_project if project_id is not None else TaskDependency.blocker.in_(blocker_ids))


def _redraw_waiting(blocker_ids: list[int]) -> None:
    with _or_in_the_background(blocker_ids=blocker_ids):
        redraw_again(blocker_ids=blocker_ids)


def _redraw_project(project_id: int | None) -> None:
    with _or_in_the_background(project_id=project_id):
        redraw_again(project_id=project_id)


@contextmanager
def _or_in_the_background(**facts: Any) -> Iterator[None]:
    try:
        yield
    except Exception:
        log.exception("cards that wait were not drawn anew")
        errands.send(redraw_again, **facts)


def _redraw(condition: Any) -> None:
    waiting = _waiting(condition)
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
    blockers, projects = _concerned(_since(since))
    if blockers:
        redraw_again(blocker_ids=sorted(blockers))
    for project_id in sorted(projects):
        redraw_again(project_id=project_id)
    with transaction():
        ClockTurn.insert(name=TURN, done_at=at).on_conflict(
            conflict_target=[ClockTurn.name], update={ClockTurn.done_at: at}
        ).execute()


def _concerned(happenings: Iterable[Happening]) -> tuple[set[int], set[int]]:
    """Return tasks that others may wait for, and projects with a column of new meaning."""
    blockers: set[int] = set()
    projects: set[int] = set()
    for happening in happenings:
        if happening.kind == "column.edited":
            if _has_new_meaning(happening) and happening.project_id is not None:
                projects.add(happening.project_id)
            continue
        follows = happening.kind in FOLLOWED
        if follows and (happening.kind != "task.moved" or _has_crossed(happening)):
            blockers.add(happening.task_id or 0)
    return blockers, projects


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
