"""The rules of all boards as a portfolio file holds them: columns by key, in one fixed order."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pmo.db import rows
from pmo.models import MoveRule

Part = dict[str, Any]


class RulesOfBoards:
    """The rules by board. standing: (board, key) of every column, by id, in the file's order."""

    def __init__(self, standing: Mapping[int, tuple[int, str]]) -> None:
        self.keys = {column_id: key for column_id, (_board, key) in standing.items()}
        self.places = {column_id: place for place, column_id in enumerate(standing, start=1)}
        self.moves = self._moves()

    def of(self, board_id: int) -> Part:
        """Return what a board has beside its columns."""
        return {"move_rules": self.moves[board_id]}

    def _moves(self) -> dict[int, list[Part]]:
        found: dict[int, list[Part]] = defaultdict(list)
        query = MoveRule.select(
            MoveRule.board, MoveRule.source, MoveRule.target, MoveRule.least_role
        )
        ways = sorted(
            rows(query), key=lambda row: (self.places.get(row[1], 0), self.places.get(row[2], 0))
        )
        for board_id, source, target, role in ways:
            found[board_id].append(
                {
                    "from": self.keys.get(source),
                    "to": self.keys.get(target),
                    "least_role": role.value,
                }
            )
        return found
