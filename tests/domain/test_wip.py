"""Limits of work in progress."""

import pytest

from pmo.domain import wip
from pmo.domain.vocabulary import WipKind
from pmo.domain.wip import Overrun
from pmo.errors import WipLimitReached


def test_a_column_without_a_limit_takes_any_number():
    assert wip.check(None, WipKind.NONE, count=10_000, column="Бэклог") is None


@pytest.mark.parametrize("kind", [WipKind.SOFT, WipKind.HARD])
def test_the_last_free_place_can_be_taken(kind):
    assert wip.check(3, kind, count=2, column="В работе") is None


def test_a_full_column_with_a_hard_limit_refuses():
    with pytest.raises(WipLimitReached) as refused:
        wip.check(3, WipKind.HARD, count=3, column="В работе")

    assert refused.value.facts == {"column": "В работе", "limit": 3, "count": 3}


def test_a_full_column_with_a_soft_limit_tells_the_overrun():
    assert wip.check(3, WipKind.SOFT, count=3, column="В работе") == Overrun(limit=3, count=4)


@pytest.mark.parametrize(("count", "over"), [(2, False), (3, False), (4, True)])
def test_a_column_is_over_when_it_holds_more_than_agreed(count, over):
    assert wip.is_over(3, WipKind.SOFT, count=count) is over


def test_a_limit_without_a_kind_is_never_over():
    assert not wip.is_over(3, WipKind.NONE, count=4)
