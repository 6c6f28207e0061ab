"""Writing what hangs on the tasks of a portfolio file, inside the caller's transaction."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pmo.db import BaseModel, rows
from pmo.models import Attachment, ChecklistItem, Evidence, TaskDependency, TaskWatcher

Part = dict[str, Any]
Ids = Mapping[Any, int]


def counters(task: Part) -> dict[str, int]:
    """Return what the row of a task counts of its parts."""
    return {
        "checklist_total": len(task["checklist"]),
        "checklist_done": sum(item["is_done"] for item in task["checklist"]),
        "evidence_count": len(task["evidence"]),
    }


def rows_of(
    tasks: list[Part], numbers: Ids, people: Ids
) -> Iterator[tuple[type[BaseModel], list[Part]]]:
    """Yield tables with their rows; the files of the tasks are there already.

    numbers: task ids by number. people: user ids by login.
    """
    yield ChecklistItem, [it for task in tasks for it in _items(task, numbers, people)]
    yield Evidence, [it for task in tasks for it in _evidence(task, numbers, people)]
    yield (
        TaskDependency,
        [
            {"task": numbers[task["number"]], "blocker": numbers[number]}
            for task in tasks
            for number in task["waits_for"]
        ],
    )
    yield (
        TaskWatcher,
        [
            {"task": numbers[task["number"]], "user": people[login]}
            for task in tasks
            for login in task["watchers"]
        ],
    )


def moments(place: str, task: Part) -> Iterator[tuple[str, datetime]]:
    """Yield every moment of a task's parts, by its place."""
    for index, item in enumerate(task["checklist"]):
        if item["done_at"] is not None:
            yield f"{place}.checklist[{index}].done_at", item["done_at"]
    for index, piece in enumerate(task["evidence"]):
        yield f"{place}.evidence[{index}].added_at", piece["added_at"]


def _items(task: Part, numbers: Ids, people: Ids) -> Iterator[Part]:
    for position, item in enumerate(task["checklist"], start=1):
        yield {
            "task": numbers[task["number"]],
            "position": position,
            "text": item["text"],
            "is_done": item["is_done"],
            "done_by": people.get(item["done_by"]),
            "done_at": item["done_at"],
            "became": numbers.get(item["became"]),
        }


def _evidence(task: Part, numbers: Ids, people: Ids) -> Iterator[Part]:
    task_id = numbers[task["number"]]
    files = _files(task_id) if any(piece["file"] for piece in task["evidence"]) else {}
    for piece in task["evidence"]:
        yield {
            **{name: piece[name] for name in ("title", "url", "presentation", "note", "added_at")},
            "attachment": files.get(piece["file"]),
            "task": task_id,
            "added_by": people[piece["added_by"]],
        }


def _files(task_id: int) -> dict[str, int]:
    query = Attachment.select(Attachment.sha256, Attachment.id)
    return dict(rows(query.where(Attachment.task == task_id)))
