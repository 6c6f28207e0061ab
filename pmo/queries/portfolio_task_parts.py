"""What hangs on tasks, as portfolio files write it."""

from collections import defaultdict
from typing import Any

from pmo.db import rows
from pmo.models import Attachment, ChecklistItem, Evidence, Task, TaskDependency, TaskWatcher
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]
Lists = dict[int, list[Any]]


class TaskParts:
    """The parts of all tasks, by task id; six statements. logins: of all people, by id."""

    def __init__(self, logins: dict[int, str]) -> None:
        self._logins = logins
        self._numbers = dict(rows(Task.select(Task.id, Task.number)))
        self._checklists = self._gather_checklists()
        self._evidence = self._gather_evidence()
        self._blockers = self._gather_blockers()
        self._watchers = self._gather_watchers()

    def of(self, task_id: int) -> Part:
        """Return the parts of a task, each in the order of the file."""
        return {
            "checklist": self._checklists[task_id],
            "evidence": self._evidence[task_id],
            "waits_for": sorted(self._blockers[task_id]),
            "watchers": sorted(self._watchers[task_id]),
        }

    def _gather_checklists(self) -> Lists:
        found: Lists = defaultdict(list)
        query = ChecklistItem.select().order_by(ChecklistItem.position, ChecklistItem.id)
        for item in query:
            found[item.task_id].append(
                {
                    "text": item.text,
                    "is_done": item.is_done,
                    "done_by": item.done_by_id and self._logins[item.done_by_id],
                    "done_at": item.done_at and moment_text(item.done_at),
                    "became": item.became_id and self._numbers[item.became_id],
                }
            )
        return found

    def _gather_evidence(self) -> Lists:
        found: Lists = defaultdict(list)
        hashes = dict(rows(Attachment.select(Attachment.id, Attachment.sha256)))
        for piece in Evidence.select().order_by(Evidence.id):
            found[piece.task_id].append(
                {
                    "title": piece.title,
                    "url": piece.url,
                    "file": piece.attachment_id and hashes[piece.attachment_id],
                    "presentation": piece.presentation,
                    "note": piece.note,
                    "added_by": self._logins[piece.added_by_id],
                    "added_at": moment_text(piece.added_at),
                }
            )
        return found

    def _gather_blockers(self) -> Lists:
        found: Lists = defaultdict(list)
        for task_id, blocker_id in rows(TaskDependency.select()):
            found[task_id].append(self._numbers[blocker_id])
        return found

    def _gather_watchers(self) -> Lists:
        found: Lists = defaultdict(list)
        for task_id, user_id in rows(TaskWatcher.select()):
            found[task_id].append(self._logins[user_id])
        return found
