"""Writing the tasks of a portfolio file."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pmo.db import rows
from pmo.domain import ordering
from pmo.domain.periods import Period
from pmo.models import Attachment, Column, Comment, OwnValue, Project, Task, TaskAssignee, TaskLabel
from pmo.services import (
    portfolio_attachments,
    portfolio_comments,
    portfolio_own,
    portfolio_task_parts,
)
from pmo.services.portfolio_inserts import insert, period_columns
from pmo.services.portfolio_numbers import Used
from pmo.services.portfolio_places import Places

Part = dict[str, Any]
TASK_TEXTS = ("title", "description", "plan_number", "expected_result", "responsible")


def write(
    row: Project, project: Part, places: Places, *, used: Used, people: Mapping[str, int]
) -> dict[int, int]:
    """Write the tasks of a project, with all that hangs on them; return their ids by number."""
    standing = defaultdict(list)
    for task in project["tasks"]:
        standing[places.columns[task["board"], task["column"]]].append(task)
    insert(
        Task,
        (
            {
                **_values(row, task, places, used=used, people=people),
                "column": column_id,
                "rank": rank,
            }
            for column_id, tasks in standing.items()
            for task, rank in zip(tasks, ordering.even(len(tasks)), strict=True)
        ),
    )
    for column_id, tasks in standing.items():
        weights = [task["weight"] for task in tasks if task["archived_at"] is None]
        sums = {Column.task_count: len(weights), Column.task_weight: sum(weights)}
        Column.update(sums).where(Column.id == column_id).execute()
    numbers = dict(rows(Task.select(Task.number, Task.id).where(Task.project == row)))
    _lists(project, numbers, places, people)
    return numbers


def write_successors(projects: list[Part], ids: Mapping[tuple[str, int], int]) -> None:
    """Write where tasks went on, once all of them are there. ids: by code and number."""
    onward = defaultdict(list)
    for project in projects:
        for task in project["tasks"]:
            if task["successor"] is not None:
                code, _dash, number = task["successor"].rpartition("-")
                onward[code, int(number)].append(ids[project["code"], task["number"]])
    for key, gone in onward.items():
        Task.update(successor=ids[key]).where(Task.id.in_(gone)).execute()


def _values(
    row: Project, task: Part, places: Places, *, used: Used, people: Mapping[str, int]
) -> Part:
    period: Period | None = task["period"]
    return {
        **{name: task[name] for name in TASK_TEXTS},
        "project": row.id,
        "number": task["number"],
        "kind": task["kind"],
        "stage": places.stages.get(task["stage"]),
        **period_columns(period),
        "period_text": period.text if period else "",
        "due_on": task["due_on"],
        "weight": task["weight"],
        "sprint": places.sprints.get(task["sprint"]),
        "blocked_reason": task["blocked_reason"] or "",
        "created_by": people[task["created_by"]],
        "created_at": task["created_at"],
        "entered_at": used.entered_at(row.code, task),
        "archived_at": task["archived_at"],
        **portfolio_task_parts.counters(task),
        "version": used.version(row.code, task["number"]),
        "comment_count": portfolio_comments.standing(task),
        "attachment_count": len(task["attachments"]),
    }


def _lists(
    project: Part, numbers: Mapping[int, int], places: Places, people: Mapping[str, int]
) -> None:
    insert(
        TaskAssignee,
        (
            {"task": numbers[task["number"]], "user": people[login]}
            for task in project["tasks"]
            for login in task["assignees"]
        ),
    )
    insert(
        TaskLabel,
        (
            {"task": numbers[task["number"]], "label": places.labels[name]}
            for task in project["tasks"]
            for name in task["labels"]
        ),
    )
    insert(Comment, portfolio_comments.rows_of(project, numbers, people))
    insert(OwnValue, portfolio_own.values(project, places.own_fields, numbers))
    insert(Attachment, portfolio_attachments.rows_of(project, numbers, people))
    parts = portfolio_task_parts.rows_of(project["tasks"], numbers, people)
    for model, values in parts:
        insert(model, values)
