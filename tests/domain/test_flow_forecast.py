"""Forecasts: exact where the past is, monotone, repeatable, and right as often as they say."""

import random
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo.domain.flow import days, forecast
from pmo.domain.flow.forecast import Asked, Refusal
from pmo.domain.flow.percentiles import nearest_rank
from pmo.domain.flow.sampling import Futures
from tests.journals import created, day, edited, lives, moved, put_away, through

ZONE = ZoneInfo("Europe/Moscow")
MONDAY = date(2026, 3, 2)
HISTORIES = st.lists(st.integers(0, 6), min_size=20, max_size=90).filter(any)


@given(st.integers(1, 9), st.integers(1, 200), st.integers(0, 300))
@settings(max_examples=40, deadline=None)
def test_a_steady_past_makes_an_exact_future(steady: int, count: int, ahead: int) -> None:
    futures = Futures([steady] * 20, seed=1, runs=20)

    assert set(futures.days_until(count)) == {-(-count // steady)}
    assert set(futures.finished_within(ahead)) == {ahead * steady}


@given(HISTORIES, st.integers(0, 60), st.integers(0, 120), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_more_cards_never_take_fewer_days_in_any_run(
    history: list[int], count: int, ahead: int, seed: int
) -> None:
    futures = Futures(history, seed=seed, runs=60)

    fewer, more = futures.days_until(count), futures.days_until(count + 1)
    sooner, later = futures.finished_within(ahead), futures.finished_within(ahead + 1)
    assert all(one <= other for one, other in zip(fewer, more, strict=True))
    assert all(0 <= b - a <= max(history) for a, b in zip(sooner, later, strict=True))
    done = futures.finished_within(ahead)
    assert [it >= count for it in done] == [it <= ahead for it in fewer]


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    history = [0, 1, 0, 2, 0, 0, 3] * 5

    first, again, other = (Futures(history, seed=seed).days_until(40) for seed in (7, 7, 8))
    assert first == again != other


@pytest.mark.parametrize("history", [[0, 0, 1] * 10, [0, 5, 0, 0, 2] * 8, [0] * 59 + [1]])
def test_blocks_are_distributed_as_if_every_day_were_drawn(history: list[int]) -> None:
    count, runs = 12, 4_000
    drawing = random.Random(3)  # noqa: S311
    one_by_one = []
    for _run in range(runs):
        done = taken = 0
        while done < count:
            done += drawing.choice(history)
            taken += 1
        one_by_one.append(taken)

    in_blocks = sorted(Futures(history, seed=3).days_until(count))

    for percent in (10, 50, 85, 95):
        expected = nearest_rank(sorted(one_by_one), percent)
        assert nearest_rank(in_blocks, percent) == pytest.approx(expected, rel=0.06, abs=1)


def test_what_is_said_with_85_per_cent_holds_about_so_often() -> None:
    drawing = random.Random(11)  # noqa: S311
    held = tries = 150
    for attempt in range(tries):
        stream = [max(0, round(drawing.gauss(1, 1.2))) for _ in range(400)]
        days_ = sorted(Futures(stream[:90], seed=attempt, runs=400).days_until(25))
        held -= sum(stream[90 : 90 + (nearest_rank(days_, 85) or 0)]) < 25

    assert 0.75 <= held / tries <= 0.95


def test_from_nothing_no_future_is_drawn() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Futures([0] * 30, seed=1)


STEADY = lives(
    *[event for number in range(1, 31) for event in through(number, 0, number - 1, number - 0.8)],
    *[created(1, number) for number in range(31, 36)],
    *[created(1, number, stage="s1") for number in range(36, 39)],
    created(2, 39, stage="s1"),
    put_away(3, 39),
)
"""One card is finished on each of 30 days, from day 0 on; 8 are left, 3 of them of stage s1."""

ASKED = Asked(seed=5, by=MONDAY + timedelta(days=33), runs=200)


def test_a_forecast_by_hand() -> None:
    as_of = days.end_of(MONDAY + timedelta(days=29), ZONE)
    planned = [("s1", MONDAY + timedelta(days=31)), (None, MONDAY + timedelta(days=37))]

    found = forecast.of(STEADY, as_of, ZONE, Asked(5, by=ASKED.by, planned=planned, runs=200))

    assert (found.refusal, found.seed, found.runs) == (None, 5, 200)
    assert (found.sample.first_on, len(found.sample.days), found.sample.count) == (MONDAY, 30, 30)
    assert found.tasks == tuple(range(31, 39))
    assert [(it.percent, it.days) for it in found.when.answers] == [
        (50, 8),
        (70, 8),
        (85, 8),
        (95, 8),
    ]
    assert {it.day for it in found.when.answers} == {MONDAY + timedelta(days=37)}
    assert [it.count for it in found.how_many.answers] == [4, 4, 4, 4]
    assert [(it.tasks, it.likelihood) for it in found.on_time] == [
        ((36, 37, 38), 0.0),
        (tuple(range(31, 39)), 1.0),
    ]


def test_an_unfinished_day_is_no_history_and_the_first_of_the_future() -> None:
    noon = day(29)

    found = forecast.of(STEADY, noon, ZONE, ASKED)

    assert found.sample.last_on == MONDAY + timedelta(days=28)
    assert found.when.answers[0].day == MONDAY + timedelta(days=28 + 9)


def test_likelier_is_later_and_fewer() -> None:
    history = [0, 3, 0, 1, 0, 0, 2] * 6
    futures = Futures(history, seed=2, runs=500)

    when = forecast.when(futures, 20, MONDAY)
    many = forecast.how_many(futures, MONDAY + timedelta(days=30), MONDAY)

    assert [it.days for it in when.answers] == sorted({it.days for it in when.answers})
    counts = [it.count for it in many.answers]
    assert counts == sorted(counts, reverse=True)
    assert many.answers[2].count == nearest_rank(sorted(futures.finished_within(30)), 15)
    for curve in ([it.share for it in when.curve], [it.share for it in many.curve][::-1]):
        assert curve == sorted(curve)
        assert curve[-1] == 1


@pytest.mark.parametrize(
    ("known_to", "refusal"), [(18, Refusal.SHORT_HISTORY), (40, Refusal.NOTHING_FINISHED)]
)
def test_too_little_of_a_past_is_refused(known_to: int, refusal: Refusal) -> None:
    cards = lives(created(0), moved(1, "c2"), edited(2, weight=[1, 2]))
    if refusal is Refusal.SHORT_HISTORY:
        cards = lives(*through(1, 0, 1, 2), created(0, 2))

    found = forecast.of(cards, days.end_of(MONDAY + timedelta(days=known_to), ZONE), ZONE, ASKED)

    assert (found.refusal, found.when, found.how_many) == (refusal, None, None)


def test_what_has_nothing_left_is_done() -> None:
    cards = lives(*[event for n in range(1, 31) for event in through(n, 0, n - 1, n - 0.8)])
    asked = Asked(1, planned=[(None, MONDAY)], runs=50)

    found = forecast.of(cards, days.end_of(MONDAY + timedelta(days=40), ZONE), ZONE, asked)

    assert [it.days for it in found.when.answers] == [0, 0, 0, 0]
    assert found.on_time[0].likelihood == 1.0
