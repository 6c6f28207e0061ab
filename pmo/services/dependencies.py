"""Commands on what a task waits for: other tasks of its project, never in a circle.

The row of the project is the lock of all its dependencies, taken first: two people who link the
same tasks in opposite directions take turns, and the second one is told of the circle.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from pmo import db
from pmo.db import locked, rows, transaction
from pmo.domain import dependencies
from pmo.domain.happenings import Happening
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import DependencyCircle, NotFound, TooMany
from pmo.models import Column, Project, Task, TaskDependency
from pmo.queries import access
from pmo.services import board_locks, journal

MOST = 50
"""Tasks that one may wait for, and that may wait for one."""


@board_locks.restarted
def add(task_id: int, *, blocker_id: int, actor: Actor, at: datetime) -> None:
    """Let a task wait for another one; nothing happens if it does already.

    Raises NotFound (also for a blocker of another project), Forbidden, Archived, TooMany,
    DependencyCircle.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        number = _lock_project(found, blocker_id)
        waits_for = _of_project(found.project_id)
        if blocker_id in waits_for[task_id]:
            return
        if dependencies.closes_circle(waits_for, task_id, blocker_id):
            own = Task.get_by_id(task_id).number
            raise DependencyCircle(task=_key(found, own), blocker=_key(found, number))
        waiting = sum(blocker_id in blockers for blockers in waits_for.values())
        if max(len(waits_for[task_id]), waiting) >= MOST:
            raise TooMany(most=MOST)
        board_locks.redraw(task_id, found.column_id)
        TaskDependency.create(task=task_id, blocker=blocker_id)
        _event("task.dependency_added", found, task_id, number, actor=actor, at=at)


@board_locks.restarted
def remove(task_id: int, *, blocker_id: int, actor: Actor, at: datetime) -> None:
    """Let a task wait for another one no longer; nothing happens if it does not.

    Raises NotFound, Forbidden, Archived.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        number = _lock_project(found, blocker_id)
        if blocker_id not in _of_project(found.project_id)[task_id]:
            return
        board_locks.redraw(task_id, found.column_id)
        this = (TaskDependency.task == task_id) & (TaskDependency.blocker == blocker_id)
        TaskDependency.delete().where(this).execute()
        _event("task.dependency_removed", found, task_id, number, actor=actor, at=at)


def follow_blocker(happening: Happening) -> None:
    """Have the cards that wait for a task drawn anew, when it comes to be done or no longer is.

    After the commit, in a transaction of its own: their columns come before the boards in the
    order of locks, and the command has locked boards already.
    """
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


def _lock_project(found: access.TaskAccess, blocker_id: int) -> int:
    """Lock the project's row; return the number of the blocker, which must be of the project."""
    locked(Project.select(Project.id).where(Project.id == found.project_id)).get()
    own = (Task.id == blocker_id) & (Task.project == found.project_id)
    for (number,) in rows(Task.select(Task.number).where(own)):
        return int(number)
    raise NotFound(kind="task")


def _of_project(project_id: int) -> dict[int, set[int]]:
    """Return what every task of a project waits for."""
    query = TaskDependency.select(TaskDependency.task, TaskDependency.blocker)
    query = query.join(Task, on=(Task.id == TaskDependency.task))
    found: dict[int, set[int]] = defaultdict(set)
    for task_id, blocker_id in rows(query.where(Task.project == project_id)):
        found[task_id].add(blocker_id)
    return found


def _key(found: access.ProjectAccess, number: int) -> str:
    return f"{found.code}-{number}"


def _event(
    kind: str, found: access.TaskAccess, task_id: int, blocker: int, *, actor: Actor, at: datetime
) -> None:
    data = {"blocker": blocker}
    journal.append(
        kind, actor=actor, at=at, project_id=found.project_id, task_id=task_id, data=data
    )
