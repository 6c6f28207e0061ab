import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.rollup import TaskSums, completion_ratio, percent


def test_completion_is_the_done_weight_over_all_weight():
    assert completion_ratio(3, 4) == 0.75


def test_a_project_without_weight_has_no_completion():
    assert completion_ratio(0, 0) is None
    assert TaskSums(0, 2, 0, 0).completion_percent is None


@pytest.mark.parametrize(("done", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_impossible_sums_are_refused(done, total):
    with pytest.raises(ValueError, match="cannot be done"):
        completion_ratio(done, total)


def test_hundred_per_cent_is_said_only_of_what_is_done_entirely():
    assert percent(999 / 1000) == 99
    assert TaskSums(1, 1, 5, 5).completion_percent == 100


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_percent_grows_with_the_done_weight(total, done):
    done = min(done, total)

    now = percent(completion_ratio(done, total))

    assert 0 <= now <= 100
    assert (now == 100) == (done == total)
    assert now >= percent(completion_ratio(max(done - 1, 0), total))
