"""The rules of all boards as a portfolio file holds them: columns by key, in one fixed order."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.models import AutomationRule, Label, MoveRule, Stage, User, WipRule

Part = dict[str, Any]


class RulesOfBoards:
    """The rules by board. standing: (board, key) of every column, by id, in the file's order."""

    def __init__(self, standing: Mapping[int, tuple[int, str]]) -> None:
        self.keys = {column_id: key for column_id, (_board, key) in standing.items()}
        self.places = {column_id: place for place, column_id in enumerate(standing, start=1)}
        self.moves = self._moves()
        self.limits = self._limits()
        self.automation = self._automation()

    def of(self, board_id: int) -> Part:
        """Return what a board has beside its columns."""
        return {
            "move_rules": self.moves[board_id],
            "wip_rules": self.limits[board_id],
            "automation_rules": self.automation[board_id],
        }

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

    def _limits(self) -> dict[int, list[Part]]:
        found: dict[int, list[Part]] = defaultdict(list)
        outer = pw.JOIN.LEFT_OUTER
        of = pw.fn.COALESCE(User.login, Stage.key, Label.name)
        query = WipRule.select(WipRule.board, WipRule.by, of, WipRule.most, WipRule.kind)
        query = query.join(User, outer).join_from(WipRule, Stage, outer)
        query = query.join_from(WipRule, Label, outer)
        for board_id, by, of_, most, kind in sorted(
            rows(query), key=lambda row: (row[1], row[2] or "")
        ):
            found[board_id].append({"by": by.value, "of": of_, "limit": most, "kind": kind.value})
        return found

    def _automation(self) -> dict[int, list[Part]]:
        found: dict[int, list[Part]] = defaultdict(list)
        it, outer = AutomationRule, pw.JOIN.LEFT_OUTER
        fields = (it.board, it.name, it.is_on, it.trigger, it.column, it.days, it.action)
        query = it.select(*fields, it.target, User.login, Label.name, it.text)
        query = query.join(User, outer).join_from(it, Label, outer)
        for board_id, name, is_on, trigger, column, days, action, *rest in rows(
            query.order_by(it.position, it.id)
        ):
            target, login, label, text = rest
            found[board_id].append(
                {
                    "name": name,
                    "is_on": is_on,
                    "trigger": trigger.value,
                    "column": self.keys.get(column),
                    "days": days,
                    "action": action.value,
                    "target": self.keys.get(target),
                    "user": login,
                    "label": label,
                    "text": text,
                }
            )
        return found
