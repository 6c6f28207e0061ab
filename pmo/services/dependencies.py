"""Commands on what a task waits for: other tasks of its project, never in a circle.

The row of the project is the lock of all its dependencies, taken first: two people who link the
same tasks in opposite directions take turns, and the second one is told of the circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from pmo.db import locked, rows, transaction
from pmo.domain import dependencies
from pmo.domain.permissions import Actor, Capability
from pmo.errors import DependencyCircle, NotFound, TooMany
from pmo.models import Project, Task, TaskDependency
from pmo.queries import access
from pmo.services import board_locks
from pmo.services.part_events import Told

MOST = 50
"""Tasks that one may wait for, and that may wait for one."""


@board_locks.restarted
def add(task_id: int, *, blocker_id: int, actor: Actor, at: datetime) -> int | None:
    """Let a task wait for another one; return the event, None if it does already.

    Raises NotFound (also for a blocker of another project), Forbidden, Archived, TooMany,
    DependencyCircle.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        number = _lock_project(found, blocker_id)
        waits_for = _of_project(found.project_id)
        if blocker_id in waits_for[task_id]:
            return None
        if dependencies.closes_circle(waits_for, task_id, blocker_id):
            own = Task.get_by_id(task_id).number
            raise DependencyCircle(task=_key(found, own), blocker=_key(found, number))
        _check_count(waits_for, task_id, blocker_id)
        board_locks.redraw(task_id, found.column_id)
        TaskDependency.create(task=task_id, blocker=blocker_id)
        told = Told(found, task_id, actor, at)
        return told.append("task.dependency_added", {"blocker": number})


@board_locks.restarted
def remove(task_id: int, *, blocker_id: int, actor: Actor, at: datetime) -> int | None:
    """Let a task wait for another one no longer; return the event, None if it does not.

    Raises NotFound, Forbidden, Archived.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        number = _lock_project(found, blocker_id)
        if blocker_id not in _of_project(found.project_id)[task_id]:
            return None
        board_locks.redraw(task_id, found.column_id)
        unlink(task_id, blocker_id)
        told = Told(found, task_id, actor, at)
        return told.append("task.dependency_removed", {"blocker": number})


def lock(project_id: int) -> None:
    """Lock all dependencies of a project, before any column."""
    locked(Project.select(Project.id).where(Project.id == project_id)).get()


def inherited(project_id: int, source_id: int, target_id: int) -> list[tuple[int, int]]:
    """Return what a task gets from another that is merged into it, as (task, blocker).

    Without what is there already, and without what would close a circle. Raises TooMany.
    """
    waits_for = _of_project(project_id)
    wanted = [(target_id, blocker) for blocker in sorted(waits_for[source_id])]
    wanted += [(task, target_id) for task in sorted(waits_for) if source_id in waits_for[task]]
    found = []
    for task, blocker in wanted:
        if blocker in waits_for[task] or dependencies.closes_circle(waits_for, task, blocker):
            continue
        _check_count(waits_for, task, blocker)
        waits_for[task].add(blocker)
        found.append((task, blocker))
    return found


def link(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Write (task, blocker), under the locks; return each task with the blocker's number."""
    wanted = list(pairs)
    if not wanted:
        return []
    TaskDependency.insert_many([{"task": it, "blocker": other} for it, other in wanted]).execute()
    query = Task.select(Task.id, Task.number).where(Task.id.in_([other for _it, other in wanted]))
    numbers = dict(rows(query))
    return [(it, numbers[other]) for it, other in wanted]


def unlink(task_id: int, blocker_id: int) -> None:
    """Let a task wait no longer for another, under the locks."""
    this = (TaskDependency.task == task_id) & (TaskDependency.blocker == blocker_id)
    TaskDependency.delete().where(this).execute()


def fits(project_id: int, task_id: int, blocker_id: int) -> bool:
    """Tell whether a task may wait for another, under the locks."""
    waits_for = _of_project(project_id)
    return not dependencies.closes_circle(waits_for, task_id, blocker_id)


def _check_count(waits_for: Mapping[int, set[int]], task_id: int, blocker_id: int) -> None:
    waiting = sum(blocker_id in blockers for blockers in waits_for.values())
    if max(len(waits_for.get(task_id, ())), waiting) >= MOST:
        raise TooMany(most=MOST)


def _lock_project(found: access.TaskAccess, blocker_id: int) -> int:
    """Lock the project's row; return the number of the blocker, which must be of the project."""
    lock(found.project_id)
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
