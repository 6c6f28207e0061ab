"""Limits of work in progress by person, stage and label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.vocabulary import WipBy, WipKind
from pmo.domain.wip_rules import Limit, Load, check, limit_of, overloads
from pmo.errors import WipRuleReached

KINDS = st.sampled_from([WipKind.SOFT, WipKind.HARD])
subjects = st.integers(1, 3)
limits = st.lists(
    st.builds(Limit, st.sampled_from(WipBy), st.none() | subjects, st.integers(1, 9), KINDS),
    unique_by=lambda it: (it.by, it.subject),
)
loads = st.lists(
    st.builds(
        Load, st.sampled_from(WipBy), subjects, st.just("key"), st.just("Name"), st.integers(0, 12)
    ),
    unique_by=lambda it: (it.by, it.subject),
)


@given(limits, loads)
def test_a_limit_of_its_own_goes_before_the_one_for_each(some, found):
    for load in found:
        own = [it for it in some if (it.by, it.subject) == (load.by, load.subject)]
        each = [it for it in some if (it.by, it.subject) == (load.by, None)]
        assert limit_of(some, load) == next(iter([*own, *each]), None)


@given(limits, loads)
def test_who_is_within_the_limits_is_never_named(some, found):
    named = {(it.by, it.count) for it in overloads(some, found)}

    for load in found:
        limit = limit_of(some, load)
        if limit is None:
            continue
        if load.count > limit.most:
            assert (load.by, load.count) in named
    assert all(it.count > it.limit for it in overloads(some, found))


@given(limits, loads)
def test_a_hard_limit_refuses_exactly_what_is_beyond_it(some, found):
    hard = [it for it in some if it.kind is WipKind.HARD]
    is_beyond = any(
        (limit := limit_of(some, load)) in hard and load.count > limit.most for load in found
    )

    if is_beyond:
        with pytest.raises(WipRuleReached):
            check(some, found)
    else:
        assert check(some, found) == overloads(some, found)
