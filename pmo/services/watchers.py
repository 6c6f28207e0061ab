"""Commands on who watches a task: each for themselves."""

from datetime import datetime

from pmo.db import rows, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.models import TaskWatcher
from pmo.queries import access
from pmo.services.part_events import Told


def watch(task_id: int, *, actor: Actor, at: datetime) -> None:
    """Watch a task; nothing happens if one does already. Raises NotFound, Forbidden, Archived."""
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_WATCH)
        watched = TaskWatcher.insert(task=task_id, user=actor.user_id).on_conflict_ignore()
        if rows(watched.returning(TaskWatcher.task)):
            Told(found, task_id, actor, at).append("task.watched", {})


def unwatch(task_id: int, *, actor: Actor, at: datetime) -> None:
    """Watch a task no longer, also in the archive. Raises NotFound, Forbidden."""
    with transaction():
        found = access.archived_or_live_task(task_id, actor, Capability.TASK_WATCH)
        own = (TaskWatcher.task == task_id) & (TaskWatcher.user == actor.user_id)
        if TaskWatcher.delete().where(own).execute():
            Told(found, task_id, actor, at).append("task.unwatched", {})
