"""What the journal tells its readers of comments that were removed: no text."""

from collections.abc import Sequence
from typing import Any

from pmo.db import rows
from pmo.models import Comment

EDITED = "comment.edited"

Told = tuple[int | None, str, dict[str, Any]]
"""Task, kind and particulars of an event."""


def left_out(events: Sequence[Told]) -> list[dict[str, Any]]:
    """Return the particulars of events, those of removed comments without what they said.

    One statement more, where comments were edited.
    """
    edited = {(task_id, data["comment"]) for task_id, kind, data in events if kind == EDITED}
    removed = edited & _removed({task_id for task_id, _number in edited}) if edited else set()
    return [
        {"comment": data["comment"]}
        if kind == EDITED and (task_id, data["comment"]) in removed
        else data
        for task_id, kind, data in events
    ]


def _removed(task_ids: set[int | None]) -> set[tuple[int | None, int]]:
    of_tasks = Comment.task.in_(task_ids) & Comment.removed_at.is_null(False)
    return {*rows(Comment.select(Comment.task, Comment.number).where(of_tasks))}
