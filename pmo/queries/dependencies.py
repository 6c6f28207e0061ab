"""What a task waits for, and what waits for it."""

from dataclasses import dataclass
from typing import Any

from pmo.db import rows
from pmo.domain import dependencies, folding
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import Invalid, _
from pmo.models import Column, Task, TaskDependency
from pmo.queries import access, cards

MOST_CHOICES = 20

NO_SUCH = _("There is no such card in this project.")
SEVERAL = _("Several cards have this title. Give the number.")


@dataclass(frozen=True, slots=True)
class LinkedTask:
    """A task beside another one. is_open: it is neither done nor in the archive."""

    id: int
    key: str
    title: str
    column_name: str
    is_open: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class DependenciesView:
    """Both directions of a task, each by number."""

    waits_for: tuple[LinkedTask, ...]
    is_awaited_by: tuple[LinkedTask, ...]


def of_task(task_id: int, actor: Actor) -> DependenciesView:
    """Return what a task waits for and what waits for it; three statements. Raises NotFound."""
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    blockers = TaskDependency.select(TaskDependency.blocker).where(TaskDependency.task == task_id)
    waiting = TaskDependency.select(TaskDependency.task).where(TaskDependency.blocker == task_id)
    return DependenciesView(_linked(found.code, blockers), _linked(found.code, waiting))


def named(task_id: int, text: str, actor: Actor) -> int:
    """Return the task of the same project that is meant by a number, a key or a title.

    Raises NotFound, Forbidden, Invalid(blocker).
    """
    found = access.task(task_id, actor, Capability.TASK_EDIT)
    number = dependencies.number_in(text, found.code)
    ids = [] if number is None else _with_number(found.project_id, number)
    if not ids:
        ids = _with_title(found.project_id, folding.fold(text))
    if len(ids) != 1:
        raise Invalid({"blocker": [SEVERAL if ids else NO_SUCH]})
    return ids[0]


def choices(task_id: int, search: str, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return tasks that a task could wait for: key and title. search: words they all have.

    The first `MOST_CHOICES`; done ones and the archive are left out. Raises NotFound, Forbidden.
    """
    found = access.task(task_id, actor, Capability.TASK_EDIT)
    words = folding.words(search)
    fitting = (
        (f"{found.code}-{number}", title)
        for id_, number, title in _titles(found.project_id, only_open=True)
        if id_ != task_id
    )
    shown = [it for it in fitting if all(word in folding.fold(*it) for word in words)]
    return tuple(shown[:MOST_CHOICES])


def _linked(code: str, ids: Any) -> tuple[LinkedTask, ...]:
    query = Task.select(
        Task.id, Task.number, Task.title, Column.name, Column.meaning, Task.archived_at
    )
    query = query.join(Column).where(Task.id.in_(ids)).order_by(Task.number)
    return tuple(
        LinkedTask(
            id_,
            f"{code}-{number}",
            title,
            column,
            meaning is not ColumnMeaning.DONE and archived_at is None,
            archived_at is not None,
        )
        for id_, number, title, column, meaning, archived_at in rows(query)
    )


def _with_number(project_id: int, number: int) -> list[int]:
    own = (Task.project == project_id) & (Task.number == number)
    return [id_ for (id_,) in rows(Task.select(Task.id).where(own))]


def _with_title(project_id: int, wanted: str) -> list[int]:
    titles = _titles(project_id) if wanted else []
    return [id_ for id_, _number, title in titles if folding.fold(title) == wanted]


def _titles(project_id: int, *, only_open: bool = False) -> list[tuple[Any, ...]]:
    query = Task.select(Task.id, Task.number, Task.title).where(Task.project == project_id)
    if only_open:
        query = query.join(Column).where((Column.meaning != ColumnMeaning.DONE) & cards.LIVE)
    return rows(query.order_by(Task.number))
