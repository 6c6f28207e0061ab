"""Writing the rules of a board from a portfolio file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.domain.folding import fold
from pmo.domain.vocabulary import WipBy
from pmo.models import AutomationRule, BoardTemplate, MoveRule, WipRule
from pmo.services import move_rules, wip_rules

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """Ids of what was written already, by the names of the file."""

    columns: Mapping[str, int]
    people: Mapping[str, int]
    stages: Mapping[str, int]
    labels: Mapping[str, int]


def write(board_id: int, board: Part, written: Written) -> None:
    """Write the rules of a board."""
    for rule in board["move_rules"]:
        MoveRule.create(
            board=board_id,
            source=written.columns.get(rule["from"]),
            target=written.columns.get(rule["to"]),
            least_role=rule["least_role"],
        )
    ids = {
        WipBy.PERSON: written.people,
        WipBy.STAGE: written.stages,
        WipBy.LABEL: written.labels,
    }
    for rule in board["wip_rules"]:
        WipRule.create(
            board=board_id,
            by=WipBy(rule["by"]),
            most=rule["limit"],
            kind=rule["kind"],
            **{wip_rules.FIELDS[WipBy(rule["by"])]: ids[WipBy(rule["by"])].get(rule["of"])},
        )
    for position, rule in enumerate(board["automation_rules"], start=1):
        AutomationRule.create(
            board=board_id,
            position=position,
            **{name: rule[name] for name in ("name", "is_on", "trigger", "days", "action", "text")},
            column=written.columns.get(rule["column"]),
            target=written.columns.get(rule["target"]),
            user=written.people.get(rule["user"]),
            label=written.labels.get(rule["label"]),
        )
    move_rules.note(board_id)
    wip_rules.note(board_id)


def write_templates(templates: list[Part], *, at: datetime) -> None:
    """Write the templates of the office; one whose name is there already stays as it is."""
    for template in templates:
        content = {name: value for name, value in template.items() if name != "name"}
        name = template["name"]
        BoardTemplate.insert(
            name=name, folded=fold(name), content=content, created_at=at, version=1
        ).on_conflict_ignore().execute()
