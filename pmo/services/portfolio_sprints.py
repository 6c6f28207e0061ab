"""Writing the sprints of a portfolio file."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from pmo.db import rows
from pmo.models import Project, Sprint, SprintNote, SprintPerson, SprintReport
from pmo.services.portfolio_inserts import insert

Part = dict[str, Any]

PARTS = ("people", "notes", "report")
"""Of a sprint, with tables of their own."""

OF_PROJECT = ("sprint_policy", "sprint_count", "weight_unit")


def of_project(project: Part) -> Part:
    """Return what a project's own row says of its sprints."""
    return {name: project[name] for name in OF_PROJECT}


def write(row: Project, project: Part, people: Mapping[str, int]) -> dict[int, int]:
    """Write the sprints of a project; return their ids by number."""
    ids = {}
    for sprint in project["sprints"]:
        own = {name: value for name, value in sprint.items() if name not in PARTS}
        made = Sprint.create(project=row, **own)
        ids[made.number] = made.id
        if sprint["report"] is not None:
            SprintReport.create(sprint=made, data=_plain(sprint["report"]))
        for share in sprint["people"]:
            SprintPerson.insert(
                sprint=made.id,
                user=people[share["login"]],
                percent=share["percent"],
                days_off=share["days_off"],
            ).execute()
    return ids


def write_notes(
    projects: Iterable[Part], tasks: Mapping[tuple[str, int], int], people: Mapping[str, int]
) -> None:
    """Write the notes of retrospectives, once their tasks are there. tasks: ids by code, number."""
    ids = {
        (code, number): sprint_id
        for code, number, sprint_id in rows(
            Sprint.select(Project.code, Sprint.number, Sprint.id).join(Project)
        )
    }
    insert(
        SprintNote,
        (
            {
                "sprint": ids[project["code"], sprint["number"]],
                "column": note["column"],
                "text": note["text"],
                "author": people[note["author"]],
                "created_at": note["created_at"],
                "task": note["task"] and tasks[project["code"], note["task"]],
            }
            for project in projects
            for sprint in project["sprints"]
            for note in sprint["notes"]
        ),
    )


def _plain(value: Any) -> Any:
    """Return a report as it was kept: days, moments and closed lists as texts."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
