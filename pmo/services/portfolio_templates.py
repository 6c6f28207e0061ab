"""Writing the templates of projects of a portfolio file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pmo.domain import periods
from pmo.domain.folding import fold
from pmo.domain.periods import Period
from pmo.models import ProjectTemplate
from pmo.services.project_templates import held

Part = dict[str, Any]


def write(templates: list[Part], people: Mapping[str, int]) -> None:
    """Write the templates; one whose name is there already stays as it is."""
    for template in templates:
        content = _plain(template["content"])
        ProjectTemplate.insert(
            name=template["name"],
            folded=fold(template["name"]),
            source=template["source"],
            saved_by=people[template["saved_by"]],
            saved_at=template["saved_at"],
            holds=held(content),
            content=content,
            version=1,
        ).on_conflict_ignore().execute()


def _plain(value: Any) -> Any:
    """Return a part of the file as JSON keeps it."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Period):
        return periods.to_dict(value)
    return value.isoformat() if isinstance(value, date) else value
