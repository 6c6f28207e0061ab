"""Writing the cyclograms of a portfolio file."""

from collections.abc import Mapping
from typing import Any

from pmo.models import (
    Board,
    Project,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
)
from pmo.services.portfolio_inserts import insert
from pmo.services.portfolio_places import Places

Part = dict[str, Any]

ELSEWHERE = (
    "board",
    "column",
    "stage",
    "assignees",
    "labels",
    "created_by",
    "occurrences",
)
"""Keys that name other things, or have tables of their own."""


def write(
    row: Project,
    project: Part,
    places: Places,
    *,
    people: Mapping[str, int],
    task_ids: Mapping[int, int],
) -> None:
    """Write the recurring tasks of a project. task_ids: by number."""
    boards = {board.key: board.id for board in Board.select().where(Board.project == row)}
    for position, part in enumerate(project["recurrences"], start=1):
        plain = {name: value for name, value in part.items() if name not in ELSEWHERE}
        made = Recurrence.create(
            project=row,
            position=position,
            board=boards[part["board"]],
            column=part["column"] and places.columns[part["board"], part["column"]],
            stage=part["stage"] and places.stages[part["stage"]],
            created_by=people[part["created_by"]],
            **plain,
        )
        own = {"recurrence": made.id}
        insert(RecurrenceAssignee, ({**own, "user": people[it]} for it in part["assignees"]))
        insert(RecurrenceLabel, ({**own, "label": places.labels[it]} for it in part["labels"]))
        insert(
            RecurrenceOccurrence,
            ({**own, **_occurrence(it, task_ids)} for it in part["occurrences"]),
        )


def _occurrence(part: Part, task_ids: Mapping[int, int]) -> Part:
    plain = ("key", "starts_on", "ends_on", "due_on", "outcome", "at")
    note = {"code": part["reason"], "facts": part["facts"]} if part["reason"] else {}
    note |= {"left": part["left"]} if part["left"] else {}
    task = part["task"] and task_ids[part["task"]]
    return {**{name: part[name] for name in plain}, "task": task, "note": note}
