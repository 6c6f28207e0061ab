"""Ranks with gaps."""

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import ordering

ranks = st.integers(min_value=1, max_value=2**62)


def test_the_first_card_of_a_column_leaves_room_above():
    assert ordering.between(None, None) == ordering.GAP


def test_a_card_at_the_end_leaves_a_whole_gap():
    assert ordering.between(5, None) == 5 + ordering.GAP


def test_neighbours_without_room_between_them_give_no_rank():
    assert ordering.between(7, 8) is None


def test_there_is_no_room_above_rank_one():
    assert ordering.between(None, 1) is None


@given(ranks, ranks)
def test_a_new_rank_lies_strictly_between_its_neighbours(one, other):
    low, high = sorted((one, other))

    rank = ordering.between(low, high)

    assert rank is None or low < rank < high
    assert (rank is None) == (high - low < 2)


@given(st.integers(min_value=0, max_value=2000))
def test_an_evenly_ranked_column_has_room_everywhere(count):
    even = ordering.even(count)

    assert len(even) == count
    assert all(
        ordering.between(above, below) is not None
        for above, below in zip([None, *even], [*even, None], strict=True)
    )
