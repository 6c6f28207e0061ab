"""Commands on what a task waits for: other tasks of its project, never in a circle.

The row of the project is the lock of all its dependencies, taken first: two people who link the
same tasks in opposite directions take turns, and the second one is told of the circle.
"""

from collections import defaultdict
from datetime import datetime

from pmo.db import locked, rows, transaction
from pmo.domain import dependencies
from pmo.domain.permissions import Actor, Capability
from pmo.errors import DependencyCircle, NotFound, TooMany
from pmo.models import Project, Task, TaskDependency
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
