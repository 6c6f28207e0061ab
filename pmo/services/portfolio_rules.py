"""Writing the rules of a board from a portfolio file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pmo.domain.vocabulary import WipBy
from pmo.models import MoveRule, WipRule
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
            by=rule["by"],
            most=rule["limit"],
            kind=rule["kind"],
            **{wip_rules.FIELDS[rule["by"]]: ids[rule["by"]].get(rule["of"])},
        )
    move_rules.note(board_id)
    wip_rules.note(board_id)
