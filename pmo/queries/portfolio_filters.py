"""The saved filters of projects in a portfolio file: ids become names, what is gone is left out."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pmo.db import rows
from pmo.models import SavedFilter

Part = dict[str, Any]

PERHAPS = ("is_done", "is_blocked", "is_waiting", "is_overdue")


def of_projects(
    logins: Mapping[int, str], stages: Mapping[int, str], labels: Mapping[int, str]
) -> dict[int, list[Part]]:
    """Return the filters by project id, by owner and name; one statement."""
    columns = (
        SavedFilter.project,
        SavedFilter.name,
        SavedFilter.owner,
        SavedFilter.is_shared,
        SavedFilter.asked,
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for project_id, name, owner, is_shared, asked in rows(SavedFilter.select(*columns)):
        found[project_id].append(
            {
                "name": name,
                "owner": logins[owner],
                "is_shared": is_shared,
                "search": asked.get("search", ""),
                **_named("stages", "without_stage", asked.get("stage_id", ()), stages),
                **_named("labels", "without_label", asked.get("label_id", ()), labels),
                **_named("people", "without_person", asked.get("assignee_id", ()), logins),
                "kinds": asked.get("kind", []),
                **{flag: asked.get(flag) for flag in PERHAPS},
                "own": asked.get("own", []),
                "sprint": asked.get("sprint", ""),
                "mine": asked.get("mine", False),
                "unmoved_days": asked.get("unmoved_days"),
            }
        )
    for filters in found.values():
        filters.sort(key=lambda it: (it["owner"], it["name"]))
    return found


def _named(name: str, without: str, ids: Any, names: Mapping[int, str]) -> Part:
    return {name: [names[id_] for id_ in ids if id_ in names], without: 0 in ids}
