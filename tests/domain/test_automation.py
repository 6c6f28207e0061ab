"""What a rule needs, and that every chain of rules ends."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import automation
from pmo.domain.automation import Chain
from pmo.domain.vocabulary import AutomationAction as Act
from pmo.domain.vocabulary import AutomationTrigger as On
from pmo.errors import Invalid

GIVEN = {
    "column_id": 1,
    "days": 2,
    "target_id": 3,
    "user_id": 4,
    "label_id": 5,
    "text": "Look",
}


@given(st.sampled_from(On), st.sampled_from(sorted(automation.OF_ACTION)))
def test_a_rule_keeps_exactly_what_its_kinds_need(trigger, action):
    kept = automation.particulars(trigger, action, GIVEN)
    needed = automation.OF_TRIGGER[trigger] | automation.OF_ACTION[action]

    taken = needed | automation.MAY_HAVE.get(trigger, frozenset())
    assert {name for name, value in kept.items() if value not in {None, ""}} == taken
    for name in needed:
        with pytest.raises(Invalid) as refused:
            automation.particulars(trigger, action, {**GIVEN, name: None})
        assert list(refused.value.fields) == [name]


def test_a_rule_that_moves_a_card_on_the_spot_is_refused():
    with pytest.raises(Invalid):
        automation.particulars(On.MOVED, Act.MOVE, {"column_id": 1, "target_id": 1})


@dataclass(frozen=True)
class Rule:
    """A card that comes into `at` is moved on to `to`."""

    number: int
    at: int
    to: int


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=automation.MOST_RULES),
    st.integers(0, 4),
)
def test_any_set_of_rules_comes_to_an_end(ways, start):
    """Each rule acts once on a task in a chain, and no act is deeper than agreed."""
    rules = [Rule(number, at, to) for number, (at, to) in enumerate(ways)]
    fired: list[Rule] = []
    waiting = [(Chain("event:1"), start)]
    deepest = 0
    while waiting:
        chain, column = waiting.pop()
        woken = [rule for rule in rules if rule.at == column]
        owed, kept = automation.split(chain, woken, fired)
        assert [*owed, *kept] == sorted([*owed, *kept], key=lambda rule: rule in kept)
        fired += owed
        deepest = max(deepest, chain.depth)
        waiting += [(Chain(chain.occasion, chain.depth + 1), rule.to) for rule in owed]

    assert len(fired) == len(set(fired)) <= len(rules)
    assert deepest <= automation.MOST_DEPTH
