"""Laying out the sprints of a new project, and setting up its cyclogram, as a template plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmo.db import rows
from pmo.domain.plan_rhythm import RecurrencePlan
from pmo.domain.project_templates import Content, Plan
from pmo.domain.recurrences import PARTICULARS
from pmo.domain.vocabulary import RecurrenceKind, SprintPolicy, TaskKind, WeightUnit
from pmo.models import Project, Recurrence, RecurrenceLabel, Sprint
from pmo.services.journal import Entry
from pmo.services.portfolio_inserts import insert
from pmo.services.recurrence_values import OF_TABLE

Named = Mapping[Any, tuple[int, str]]
"""Id and key in the project, by the key within the template."""

OF_CARDS = ("title", "description", "plan_number", "weight", "expected_result", "responsible")


@dataclass(frozen=True, slots=True)
class Places:
    """What of the project recurring tasks can name. columns: by keys of board and column."""

    boards: Named
    columns: Named
    stages: Named
    labels: Mapping[str, int]


def write_sprints(project_id: int, content: Content, plan: Plan) -> list[Entry]:
    """Write unit, policy and sprints; return the event, if there are sprints."""
    policy = SprintPolicy(content["sprint_policy"])
    values = {"weight_unit": WeightUnit(content["weight_unit"]), "sprint_policy": policy}
    values |= {"sprint_count": content["sprint_count"]} if plan.sprints else {}
    Project.update(values).where(Project.id == project_id).execute()
    if not plan.sprints:
        return []
    insert(
        Sprint,
        (
            {
                "project": project_id,
                "number": it.number,
                "starts_on": it.starts_on,
                "ends_on": it.ends_on,
            }
            for it in plan.sprints
        ),
    )
    told = [
        {
            "number": it.number,
            "starts_on": it.starts_on.isoformat(),
            "ends_on": it.ends_on.isoformat(),
        }
        for it in plan.sprints
    ]
    data = {"policy": policy.value, "count": content["sprint_count"], "sprints": told}
    return [Entry("sprint.laid_out", project_id, None, data)]


def write_recurrences(
    project_id: int, plan: Plan, places: Places, *, user_id: int, today: date
) -> list[Entry]:
    """Write the cyclogram, which goes on from today; return its events."""
    if not plan.recurrences:
        return []
    numbered = {f"r{place}": it for place, it in enumerate(plan.recurrences, start=1)}
    own = {"project": project_id, "since": today, "created_by": user_id}
    insert(
        Recurrence,
        (
            {**own, "key": key, "position": place, **_row(it, places)}
            for place, (key, it) in enumerate(numbered.items(), start=1)
        ),
    )
    used = {Project.next_recurrence_number: len(numbered) + 1}
    Project.update(used).where(Project.id == project_id).execute()
    query = Recurrence.select(Recurrence.key, Recurrence.id)
    ids = dict(rows(query.where(Recurrence.project == project_id)))
    insert(
        RecurrenceLabel,
        (
            {"recurrence": ids[key], "label": places.labels[name]}
            for key, it in numbered.items()
            for name in it.content["labels"]
        ),
    )
    return [
        Entry("recurrence.added", project_id, None, {"recurrence": key, **_told(it, places)})
        for key, it in numbered.items()
    ]


def _row(planned: RecurrencePlan, places: Places) -> dict[str, Any]:
    part = planned.content
    board, column, stage = _places(part, places)
    return {
        **{name: part[name] for name in (*OF_CARDS, *PARTICULARS, *OF_TABLE)},
        "is_on": part["is_on"],
        "kind": TaskKind(part["kind"]),
        "rule": RecurrenceKind(part["rule"]),
        "board": board[0],
        "column": column and column[0],
        "stage": stage and stage[0],
        "checklist": part["checklist"],
        "starts_on": planned.starts_on,
        "until": planned.until,
        "days_ahead": part["days_ahead"],
    }


def _told(planned: RecurrencePlan, places: Places) -> dict[str, Any]:
    """Return what the journal keeps, as `recurrence_values.portable` does."""
    part = planned.content
    board, column, stage = _places(part, places)
    return {
        **{name: part[name] for name in (*OF_CARDS, *PARTICULARS, *OF_TABLE)},
        "kind": str(part["kind"]),
        "rule": str(part["rule"]),
        "board": board[1],
        "column": column and column[1],
        "stage": stage and stage[1],
        "assignees": [],
        "labels": part["labels"],
        "checklist": part["checklist"],
        "starts_on": planned.starts_on.isoformat(),
        "until": planned.until and planned.until.isoformat(),
        "days_ahead": part["days_ahead"],
    }


Place = tuple[int, str]


def _places(part: Mapping[str, Any], places: Places) -> tuple[Place, Place | None, Place | None]:
    return (
        places.boards[part["board"]],
        places.columns[part["board"], part["column"]] if part["column"] else None,
        places.stages[part["stage"]] if part["stage"] else None,
    )
