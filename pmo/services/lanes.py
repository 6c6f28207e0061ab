"""Moving a card into another lane of a board: its place and its field, as one act."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import card_lanes
from pmo.domain.card_lanes import LaneKey
from pmo.domain.permissions import Actor
from pmo.domain.placements import Placed
from pmo.domain.vocabulary import Lanes
from pmo.errors import LaneUnclear
from pmo.models import Task, TaskAssignee, TaskLabel
from pmo.services import board_locks, tasks


@board_locks.restarted
def place(task_id: int, *, lane: LaneKey, actor: Actor, at: datetime, **wanted: Any) -> Placed:
    """Move a task as `tasks.place` does, and give it what its new lane stands for.

    lane: where it goes. wanted: of `tasks.place`. Raises what `tasks.place` and `tasks.edit`
    raise, and LaneUnclear when it has, or would get, several people or labels.
    """
    with transaction():
        placed = tasks.place(task_id, actor=actor, at=at, **wanted)
        changes = _changes(task_id, lane)
        version = Task.select(Task.version).where(Task.id == task_id).scalar()
        edited = tasks.edit(
            task_id,
            changes,
            base_version=version,
            act_id=placed.event_id,
            actor=actor,
            at=at,
        )
    return replace(placed, event_id=placed.event_id or edited.event_id)


def _changes(task_id: int, lane: LaneKey) -> dict[str, Any]:
    """Return the change of the lane's field, under the lock of the task's column."""
    if lane.kind is Lanes.STAGE:
        return {"stage_id": int(lane.part) or None}
    field, query = _linked(task_id, lane.kind)
    wanted = card_lanes.after([id_ for (id_,) in rows(query)], lane.part)
    if wanted is None:
        raise LaneUnclear
    return {field: wanted}


def _linked(task_id: int, kind: Lanes) -> tuple[str, Any]:
    """Return the field of people or labels, and the query of those that a task has."""
    if kind is Lanes.ASSIGNEE:
        people = TaskAssignee.select(TaskAssignee.user).where(TaskAssignee.task == task_id)
        return "assignee_ids", people
    labels = TaskLabel.select(TaskLabel.label).where(TaskLabel.task == task_id)
    return "label_ids", labels
