"""Who may move a card between which columns: the nearest rule decides, the stricter of two."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntFlag

from pmo.domain.vocabulary import MemberRole


@dataclass(frozen=True, slots=True)
class MoveRule:
    """The least part in the project that a move needs; None stands for any column."""

    source: int | None
    target: int | None
    least_role: MemberRole


class Guard(IntFlag):
    """What a column's own rules say, as `Column.guard` keeps it for its head."""

    NONE = 0
    ENTER = 1
    LEAVE = 2


def least_role(
    rules: Collection[MoveRule], *, source: int | None, target: int | None
) -> MemberRole:
    """Return the least role for a move. source: None for a new card; target: for one that goes.

    A rule for exactly this way decides alone; else those for one of its ends, the stricter of
    them; else the one for all ways. Whoever may edit cards may move them without a rule.
    """
    found = [rule for rule in rules if _fits(rule, source, target)]
    nearest = max((_nearness(rule) for rule in found), default=0)
    roles = {rule.least_role for rule in found if _nearness(rule) == nearest}
    return MemberRole.LEAD if MemberRole.LEAD in roles else MemberRole.MEMBER


def allows(
    rules: Collection[MoveRule], *, source: int | None, target: int | None, is_lead: bool
) -> bool:
    """Tell whether a person who may edit cards may make this move."""
    return is_lead or least_role(rules, source=source, target=target) is not MemberRole.LEAD


def guard(rules: Collection[MoveRule], column: int) -> Guard:
    """Tell what the head of a column says: whether only the lead fills it, or empties it."""
    enter = least_role(rules, source=None, target=column) is MemberRole.LEAD
    leave = least_role(rules, source=column, target=None) is MemberRole.LEAD
    return (Guard.ENTER if enter else Guard.NONE) | (Guard.LEAVE if leave else Guard.NONE)


def _fits(rule: MoveRule, source: int | None, target: int | None) -> bool:
    return rule.source in {None, source} and rule.target in {None, target}


def _nearness(rule: MoveRule) -> int:
    return (rule.source is not None) + (rule.target is not None)
