"""Writing the saved filters of a portfolio file."""

from collections.abc import Mapping
from typing import Any

from pmo.models import Project, SavedFilter

Part = dict[str, Any]

ALIKE = (
    "search",
    "is_done",
    "is_blocked",
    "is_waiting",
    "is_overdue",
    "own",
    "sprint",
    "mine",
    "unmoved_days",
)


def write(
    row: Project,
    project: Part,
    *,
    people: Mapping[str, int],
    stages: Mapping[str, int],
    labels: Mapping[str, int],
) -> None:
    """Write the filters of a project, with names turned into ids."""
    for saved in project["filters"]:
        asked = {
            "stage_id": _ids(saved["stages"], stages, without=saved["without_stage"]),
            "label_id": _ids(saved["labels"], labels, without=saved["without_label"]),
            "assignee_id": _ids(saved["people"], people, without=saved["without_person"]),
            "kind": [kind.value for kind in saved["kinds"]],
            **{name: saved[name] for name in ALIKE},
        }
        SavedFilter.create(
            project=row,
            owner=people[saved["owner"]],
            name=saved["name"],
            is_shared=saved["is_shared"],
            asked={
                name: value
                for name, value in asked.items()
                if value not in (None, "", []) and (name, value) != ("mine", False)
            },
        )


def _ids(names: list[str], ids: Mapping[str, int], *, without: bool) -> list[int]:
    return [*(ids[name] for name in names), *([0] if without else [])]
