"""Who may move what where."""

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.move_rules import Guard, MoveRule, allows, guard, least_role
from pmo.domain.vocabulary import MemberRole

LEAD, MEMBER = MemberRole.LEAD, MemberRole.MEMBER
columns = st.integers(1, 4)
ends = st.none() | columns
rules = st.lists(
    st.builds(MoveRule, ends, ends, st.sampled_from([LEAD, MEMBER])),
    unique_by=lambda rule: (rule.source, rule.target),
)


@given(columns, columns)
def test_without_rules_everybody_moves_everywhere(source, target):
    assert allows([], source=source, target=target, is_lead=False)


@given(rules, columns, columns)
def test_the_lead_is_never_refused(some, source, target):
    assert allows(some, source=source, target=target, is_lead=True)


@given(rules, columns, columns, st.sampled_from([LEAD, MEMBER]))
def test_the_rule_for_exactly_this_way_decides_alone(some, source, target, role):
    others = [rule for rule in some if (rule.source, rule.target) != (source, target)]

    assert least_role([*others, MoveRule(source, target, role)], source=source, target=target) is (
        role
    )


@given(rules, columns, columns)
def test_the_order_of_the_rules_means_nothing(some, source, target):
    assert least_role(some, source=source, target=target) is least_role(
        list(reversed(some)), source=source, target=target
    )


@given(rules, columns, columns)
def test_one_more_lead_only_rule_never_opens_a_way(some, source, target):
    before = allows(some, source=source, target=target, is_lead=False)
    for added in (MoveRule(None, None, LEAD), MoveRule(source, None, LEAD)):
        present = [rule for rule in some if (rule.source, rule.target) != (added.source, None)]
        if len(present) == len(some) and not before:
            exact = [r for r in some if (r.source, r.target) == (source, target)]
            assert exact or not allows([*some, added], source=source, target=target, is_lead=False)


def test_of_two_ends_the_stricter_counts():
    both = [MoveRule(1, None, MEMBER), MoveRule(None, 2, LEAD)]

    assert least_role(both, source=1, target=2) is LEAD


def test_the_head_of_a_column_says_what_its_own_rules_say():
    done_column = [MoveRule(None, 4, LEAD), MoveRule(4, None, LEAD)]

    assert guard(done_column, 4) == Guard.ENTER | Guard.LEAVE
    assert guard(done_column, 1) == Guard.NONE
