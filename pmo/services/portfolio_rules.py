"""Writing the rules of a board from a portfolio file."""

from collections.abc import Mapping
from typing import Any

from pmo.models import MoveRule
from pmo.services import move_rules

Part = dict[str, Any]


def write(board_id: int, board: Part, columns: Mapping[str, int]) -> None:
    """Write the rules of a board. columns: ids by key."""
    for rule in board["move_rules"]:
        MoveRule.create(
            board=board_id,
            source=columns.get(rule["from"]),
            target=columns.get(rule["to"]),
            least_role=rule["least_role"],
        )
    move_rules.note(board_id)
