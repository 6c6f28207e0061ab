"""Turns of the clock: the same for all who look within one, and in order."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.rhythms import Rhythm, due_since

MOSCOW = ZoneInfo("Europe/Moscow")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(MOSCOW))
MINUTES = st.integers(1, 60)


@given(at=MOMENTS, rhythm=st.sampled_from(Rhythm), minutes=MINUTES)
def test_a_turn_has_begun_and_all_within_it_agree(
    at: datetime, rhythm: Rhythm, minutes: int
) -> None:
    begun = due_since(rhythm, at, minutes=minutes)

    assert begun <= at
    assert due_since(rhythm, begun, minutes=minutes) == begun
    assert due_since(rhythm, begun - timedelta(microseconds=1), minutes=minutes) < begun


@given(at=MOMENTS, minutes=MINUTES)
def test_often_is_never_longer_ago_than_its_minutes(at: datetime, minutes: int) -> None:
    assert at - due_since(Rhythm.OFTEN, at, minutes=minutes) < timedelta(minutes=minutes)


def test_a_day_begins_at_the_midnight_of_the_office() -> None:
    at = datetime(2025, 1, 15, 0, 1, tzinfo=MOSCOW)

    assert due_since(Rhythm.DAILY, at, minutes=5) == datetime(2025, 1, 15, tzinfo=MOSCOW)
