"""The rules that say who may move cards where."""

from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.move_rules import MoveRule as Rule
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import MemberRole
from pmo.models import Column, MoveRule
from pmo.queries import access
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class MoveRuleView:
    """A rule; a column that is None stands for any."""

    id: int
    source_id: int | None
    source_name: str
    target_id: int | None
    target_name: str
    least_role: MemberRole


def of_board(board_id: int, actor: Actor) -> tuple[MoveRuleView, ...]:
    """Return the rules of a board, in the order of its columns. Raises NotFound, Forbidden."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return _views(MoveRule.board == board_id)


def rule(rule_id: int, actor: Actor) -> MoveRuleView:
    """Return one rule. Raises NotFound, Forbidden."""
    access.move_rule(rule_id, actor, Capability.PROJECT_READ)
    [found] = _views(MoveRule.id == rule_id)
    return found


def of_boards(one: int, other: int | None = None) -> tuple[Rule, ...]:
    """Return the rules of one or two boards, for a decision."""
    found = rules_of(one=one, other=one if other is None else other)
    return tuple(Rule(source, target, MemberRole(role)) for source, target, role in found)


def _views(condition: pw.Expression) -> tuple[MoveRuleView, ...]:
    source, target = Column.alias("source"), Column.alias("target")
    outer = pw.JOIN.LEFT_OUTER
    query = MoveRule.select(
        MoveRule.id,
        MoveRule.source,
        pw.fn.COALESCE(source.name, ""),
        MoveRule.target,
        pw.fn.COALESCE(target.name, ""),
        MoveRule.least_role,
    )
    query = query.join(source, outer, on=(MoveRule.source == source.id))
    query = query.join_from(MoveRule, target, outer, on=(MoveRule.target == target.id))
    places = pw.fn.COALESCE(source.position, 0), pw.fn.COALESCE(target.position, 0)
    query = query.where(condition).order_by(*places, MoveRule.id)
    return tuple(MoveRuleView(*row) for row in rows(query))


@Statement
def rules_of(one: Any, other: Any) -> Any:
    """Return the rules of one or two boards: from, to, least role."""
    query = MoveRule.select(MoveRule.source, MoveRule.target, MoveRule.least_role)
    return query.where((MoveRule.board == one) | (MoveRule.board == other))
