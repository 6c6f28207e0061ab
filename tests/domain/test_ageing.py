from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.ageing import Age, age, is_order

DAYS = st.integers(min_value=0, max_value=4000)
LIMITS = st.none() | st.integers(min_value=1, max_value=3650)


@given(DAYS, LIMITS, LIMITS)
def test_a_card_is_tinted_by_the_last_limit_it_has_reached(
    days: int, amber: int | None, red: int | None
) -> None:
    found = age(days, amber_days=amber, red_days=red)

    assert (found is Age.RED) == (red is not None and days >= red)
    assert (found is None) == all(limit is None or days < limit for limit in (amber, red))


@given(DAYS, LIMITS, LIMITS)
def test_a_card_never_grows_younger(days: int, amber: int | None, red: int | None) -> None:
    order = [None, Age.AMBER, Age.RED]

    today, tomorrow = (age(passed, amber_days=amber, red_days=red) for passed in (days, days + 1))

    assert order.index(today) <= order.index(tomorrow)


def test_red_comes_after_amber() -> None:
    assert is_order(7, 14)
    assert is_order(None, 1)
    assert is_order(7, None)
    assert not is_order(7, 7)
