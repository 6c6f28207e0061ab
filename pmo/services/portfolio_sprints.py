"""Writing the sprints of a portfolio file."""

from collections.abc import Mapping
from typing import Any

from pmo.models import Project, Sprint, SprintPerson

Part = dict[str, Any]

OF_PROJECT = ("sprint_policy", "sprint_count", "weight_unit")


def of_project(project: Part) -> Part:
    """Return what a project's own row says of its sprints."""
    return {name: project[name] for name in OF_PROJECT}


def write(row: Project, project: Part, people: Mapping[str, int]) -> dict[int, int]:
    """Write the sprints of a project; return their ids by number."""
    ids = {}
    for sprint in project["sprints"]:
        own = {name: value for name, value in sprint.items() if name != "people"}
        made = Sprint.create(project=row, **own)
        ids[made.number] = made.id
        for share in sprint["people"]:
            SprintPerson.insert(
                sprint=made.id,
                user=people[share["login"]],
                percent=share["percent"],
                days_off=share["days_off"],
            ).execute()
    return ids
