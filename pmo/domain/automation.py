"""Automation without code: what a rule consists of, and when a chain of rules must end."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pmo.domain.vocabulary import AutomationAction, AutomationTrigger
from pmo.errors import Invalid, _

MOST_RULES = 50
"""Of one board."""

MOST_DEPTH = 8
"""Automatic acts that follow from one another."""

MOST_REFUSALS = 5
"""How often a rule may be kept from going round in a circle before it is switched off."""

MOST_DAYS = 365

OF_TRIGGER: Mapping[AutomationTrigger, frozenset[str]] = {
    AutomationTrigger.MOVED: frozenset({"column_id"}),
    AutomationTrigger.BLOCKED: frozenset(),
    AutomationTrigger.CHECKLIST_DONE: frozenset(),
    AutomationTrigger.DUE: frozenset({"days"}),
    AutomationTrigger.IDLE: frozenset({"days"}),
}
"""What a trigger needs."""

MAY_HAVE: Mapping[AutomationTrigger, frozenset[str]] = {
    AutomationTrigger.IDLE: frozenset({"column_id"}),
}
"""What a trigger takes beside: an idle card of one column; without it, of any that is not done."""

OF_ACTION: Mapping[AutomationAction, frozenset[str]] = {
    AutomationAction.ASSIGN: frozenset({"user_id"}),
    AutomationAction.LABEL: frozenset({"label_id"}),
    AutomationAction.MOVE: frozenset({"target_id"}),
    AutomationAction.COMMENT: frozenset({"text"}),
    AutomationAction.NOTIFY: frozenset({"text"}),
}
"""What an action needs; the closed list of what rules do."""

PARTICULARS = ("column_id", "days", "target_id", "user_id", "label_id", "text")

TIMED = frozenset({AutomationTrigger.DUE, AutomationTrigger.IDLE})
"""Triggers that time brings, not an event."""

NEEDED = _("This rule needs it.")
ENDLESS = _("The rule would move a card to where it comes from.")


def particulars(
    trigger: AutomationTrigger, action: AutomationAction, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the two kinds need of what was given, and nothing for the rest.

    Raises Invalid for what is missing, and for a rule that would only move a card on the spot.
    """
    needed = OF_TRIGGER[trigger] | OF_ACTION[action]
    missing = [name for name in PARTICULARS if name in needed and _is_empty(given.get(name))]
    if missing:
        raise Invalid({name: [NEEDED] for name in missing})
    taken = needed | MAY_HAVE.get(trigger, frozenset())
    kept = {name: given.get(name) if name in taken else None for name in PARTICULARS}
    if "target_id" in needed and kept["target_id"] == kept["column_id"]:
        raise Invalid({"target_id": [ENDLESS]})
    return {**kept, "text": kept["text"] or ""}


@dataclass(frozen=True, slots=True)
class Chain:
    """Automatic acts that follow from one another. occasion: what began it, shared by all."""

    occasion: str
    depth: int = 0


R = TypeVar("R")


def may_fire(chain: Chain, rule: R, fired: Collection[R]) -> bool:
    """Tell whether a rule may act on a task in a chain: once, and not too deep.

    fired: the rules that have acted on this task in this chain.
    """
    return chain.depth < MOST_DEPTH and rule not in fired


def split(chain: Chain, rules: Iterable[R], fired: Collection[R]) -> tuple[list[R], list[R]]:
    """Return the rules that act now, and those kept from going round in a circle."""
    owed: list[R] = []
    kept: list[R] = []
    for rule in rules:
        (owed if may_fire(chain, rule, fired) else kept).append(rule)
    return owed, kept


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
