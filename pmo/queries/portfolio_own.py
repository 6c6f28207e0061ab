"""Fields of projects' own in a portfolio file, and what tasks hold in them."""

from collections import defaultdict
from typing import Any

from pmo.db import rows
from pmo.models import OwnField, OwnValue

Part = dict[str, Any]


def fields() -> dict[int, list[Part]]:
    """Return the own fields by project id, in their order; one statement."""
    columns = (OwnField.project, OwnField.key, OwnField.name, OwnField.kind, OwnField.choices)
    query = OwnField.select(*columns).order_by(OwnField.position, OwnField.id)
    found: dict[int, list[Part]] = defaultdict(list)
    for project_id, key, name, kind, choices in rows(query):
        found[project_id].append({"key": key, "name": name, "kind": kind.value, "choices": choices})
    return found


def values() -> dict[int, dict[str, str]]:
    """Return written values by task id and by key, in the order of the fields; one statement."""
    query = OwnValue.select(OwnValue.task, OwnField.key, OwnValue.value).join(OwnField)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for task_id, key, text in rows(query.order_by(OwnField.position, OwnField.id)):
        found[task_id][key] = text
    return found
