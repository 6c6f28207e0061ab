"""Writing fields of projects' own, and what tasks hold in them, from a portfolio file."""

from collections.abc import Iterator, Mapping
from typing import Any

from pmo.domain import own_fields
from pmo.models import OwnField, Project

Part = dict[str, Any]


def write_fields(row: Project, project: Part) -> dict[str, int]:
    """Write the own fields of a project; return their ids by key."""
    return {
        field["key"]: OwnField.create(project=row, position=position, **field).id
        for position, field in enumerate(project["own_fields"], start=1)
    }


def values(project: Part, ids: Mapping[str, int], task_ids: Mapping[int, int]) -> Iterator[Part]:
    """Yield the rows of what the tasks of a project hold. task_ids: by number."""
    fields = {field["key"]: field for field in project["own_fields"]}
    for task in project["tasks"]:
        for key, text in task["own"].items():
            value = own_fields.read(fields[key]["kind"], fields[key]["choices"], text)
            yield {
                "task": task_ids[task["number"]],
                "field": ids[key],
                "value": value.text,
                "folded": value.folded,
                "amount": value.amount,
            }
