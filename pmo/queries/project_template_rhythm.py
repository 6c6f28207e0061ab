"""What of a project's sprints and recurring tasks goes into a template."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pmo.db import rows
from pmo.models import Board, Label, Project, Recurrence, RecurrenceLabel, Sprint, Stage
from pmo.queries.portfolio_recurrences import PLAIN, TEXTS
from pmo.queries.portfolio_values import day_text

Part = dict[str, Any]


def of_project(
    project_id: int, standing: Mapping[int, tuple[str, str]], *, descriptions: bool
) -> Part:
    """Return policy, sprints and recurring tasks. standing: keys of board and column by column."""
    project = Project.get_by_id(project_id)
    sprints = Sprint.select(Sprint.number, Sprint.starts_on, Sprint.ends_on)
    laid_out = rows(sprints.where(Sprint.project == project_id).order_by(Sprint.number))
    return {
        "weight_unit": project.weight_unit.value,
        "sprint_policy": project.sprint_policy.value,
        "sprint_count": project.sprint_count,
        "sprints": [
            {"number": number, "starts_on": day_text(first), "ends_on": day_text(last)}
            for number, first, last in laid_out
        ],
        "recurrences": _recurrences(project_id, standing, descriptions=descriptions),
    }


def _recurrences(
    project_id: int, standing: Mapping[int, tuple[str, str]], *, descriptions: bool
) -> list[Part]:
    """Return the recurring tasks, without people; the column of one that has none stays open."""
    mine = Recurrence.project == project_id
    labels: dict[int, list[str]] = defaultdict(list)
    named = RecurrenceLabel.select(RecurrenceLabel.recurrence, Label.name).join(Label)
    named = named.join_from(RecurrenceLabel, Recurrence).where(mine)
    for recurrence_id, name in rows(named):
        labels[recurrence_id].append(name)
    stages = dict(rows(Stage.select(Stage.id, Stage.key).where(Stage.project == project_id)))
    found = (
        Recurrence.select(Recurrence, Board)
        .join(Board)
        .where(mine)
        .order_by(Recurrence.position, Recurrence.id)
    )
    return [
        {
            "key": f"r{place}",
            "is_on": row.is_on,
            "title": row.title,
            "description": row.description if descriptions else "",
            "kind": row.kind.value,
            "board": row.board.key,
            "column": standing[row.column_id][1] if row.column_id else None,
            "stage": stages.get(row.stage_id),
            "plan_number": row.plan_number,
            "weight": row.weight,
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
        }
        for place, row in enumerate(found, start=1)
    ]
