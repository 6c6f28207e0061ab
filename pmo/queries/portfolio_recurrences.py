"""Cyclograms in a portfolio file."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.models import (
    Label,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceLabel,
    RecurrenceOccurrence,
    Task,
    User,
)
from pmo.queries.portfolio_values import day_text, moment_text

Part = dict[str, Any]

PLAIN = ("month_from", "month_to", "day", "weekdays", "times")
TEXTS = ("participants", "document", "submitted_to")


def of_projects(
    *,
    logins: Mapping[int, str],
    boards: Mapping[int, str],
    columns: Mapping[int, tuple[int, str]],
    stages: Mapping[int, str],
) -> dict[int, list[Part]]:
    """Return the recurring tasks by project id, in their order; four statements."""
    people = _names(RecurrenceAssignee, User.login, User)
    labels = _names(RecurrenceLabel, Label.name, Label)
    occurrences = _occurrences()
    found: dict[int, list[Part]] = defaultdict(list)
    for row in Recurrence.select().order_by(Recurrence.position, Recurrence.id):
        found[row.project_id].append(
            {
                "key": row.key,
                "is_on": row.is_on,
                "since": day_text(row.since),
                "title": row.title,
                "description": row.description,
                "kind": row.kind.value,
                "board": boards[row.board_id],
                "column": row.column_id and columns[row.column_id][1],
                "stage": row.stage_id and stages[row.stage_id],
                "plan_number": row.plan_number,
                "weight": row.weight,
                "assignees": sorted(people[row.id]),
                "labels": sorted(labels[row.id]),
                "expected_result": row.expected_result,
                "responsible": row.responsible,
                "checklist": row.checklist,
                "rule": row.rule.value,
                **{name: getattr(row, name) for name in PLAIN},
                "starts_on": day_text(row.starts_on),
                "until": day_text(row.until),
                "days_ahead": row.days_ahead,
                **{name: getattr(row, name) for name in TEXTS},
                "created_by": logins[row.created_by_id],
                "occurrences": occurrences[row.id],
            }
        )
    return found


def _occurrences() -> dict[int, list[Part]]:
    it = RecurrenceOccurrence
    query = it.select(
        it.recurrence, it.key, it.starts_on, it.ends_on, it.due_on, it.outcome, Task.number, it.at,
        it.note,
    )  # fmt: skip
    query = query.join(Task, pw.JOIN.LEFT_OUTER).order_by(it.due_on, it.key)
    found: dict[int, list[Part]] = defaultdict(list)
    for recurrence_id, key, starts_on, ends_on, due_on, outcome, number, at, note in rows(query):
        found[recurrence_id].append(
            {
                "key": key,
                "starts_on": day_text(starts_on),
                "ends_on": day_text(ends_on),
                "due_on": day_text(due_on),
                "outcome": outcome.value,
                "task": number,
                "at": moment_text(at),
                "reason": note.get("code", ""),
                "facts": note.get("facts", {}),
                "left": note.get("left", []),
            }
        )
    return found


def _names(model: Any, name: Any, thing: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for recurrence_id, one in rows(model.select(model.recurrence, name).join(thing)):
        found[recurrence_id].append(one)
    return found
