"""Who watches a task."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.models import TaskWatcher, User
from pmo.queries import access, cards
from pmo.queries.cards import PersonView


@dataclass(frozen=True, slots=True)
class WatchingView:
    """Whether the actor watches a task, and how many do.

    people: by name; only for who may edit the project, else ().
    """

    is_watching: bool
    count: int
    can_watch: bool
    is_archived: bool
    people: tuple[PersonView, ...]


def of_task(task_id: int) -> tuple[int, ...]:
    """Return the ids of the people who watch a task, for what is to be told them."""
    query = TaskWatcher.select(TaskWatcher.user).where(TaskWatcher.task == task_id)
    return tuple(user_id for (user_id,) in rows(query.order_by(TaskWatcher.user)))


def people(task_id: int, actor: Actor) -> tuple[PersonView, ...]:
    """Return who watches a task, by name. Raises NotFound, Forbidden: only for the lead."""
    access.archived_or_live_task(task_id, actor, Capability.PROJECT_EDIT)
    return _people(task_id)


def watching(task_id: int, actor: Actor) -> WatchingView:
    """Return the actor's own watching, and the others for the lead. Raises NotFound."""
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    all_people = _people(task_id)
    may_see = found.may(Capability.PROJECT_EDIT)
    return WatchingView(
        is_watching=any(person.id == actor.user_id for person in all_people),
        count=len(all_people),
        can_watch=found.may(Capability.TASK_WATCH),
        is_archived=found.archived_at is not None,
        people=all_people if may_see else (),
    )


def _people(task_id: int) -> tuple[PersonView, ...]:
    query = TaskWatcher.select(User.id, User.login, User.name).join(User)
    query = query.where(TaskWatcher.task == task_id).order_by(User.name, User.id)
    return tuple(cards.person(*row) for row in rows(query))
