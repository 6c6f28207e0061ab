"""What keeps a running sprint free of cards that do not say what is expected of them."""

from collections.abc import Collection
from datetime import datetime

from pmo.db import rows
from pmo.domain import sprints as rules
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import SprintState
from pmo.models import Project, Sprint, Task
from pmo.services import journal
from pmo.services.journal import Entry


def check(task_ids: Collection[int]) -> None:
    """Refuse that written cards stand in a running sprint without a result. ResultsMissing."""
    query = Task.select(Project.code, Task.number).join(Project).join_from(Task, Sprint)
    query = query.where(
        Task.id.in_(list(task_ids))
        & (Task.expected_result == "")
        & (Sprint.state == SprintState.ACTIVE)
    )
    found = rows(query.order_by(Task.number))
    rules.check_results([f"{code}-{number}" for code, number in found])


def leave_archived(sprint: Sprint, *, actor: Actor, at: datetime) -> None:
    """Take archived cards without a result out of a sprint that starts; its project is locked.

    They could come back into it later, when nobody would ask.
    """
    mine = (Task.sprint == sprint.id) & Task.archived_at.is_null(is_null=False)
    query = Task.select(Task.id).where(mine & (Task.expected_result == "")).order_by(Task.id)
    ids = [task_id for (task_id,) in rows(query)]
    if not ids:
        return
    Task.update(sprint=None).where(Task.id.in_(ids)).execute()
    data = {
        "from": sprint.number,
        "to": None,
        "from_state": sprint.state.value,
        "to_state": None,
        "reason": "",
        "carried": False,
    }
    entries = [Entry("task.sprint_set", sprint.project_id, task_id, data) for task_id in ids]
    journal.append_all(entries, actor=actor, at=at)
