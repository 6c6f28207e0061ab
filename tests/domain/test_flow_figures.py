"""Figures of flow, each by hand from a small journal. Day 0 is Monday, 2 March 2026."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo.domain.flow import (
    ageing,
    blocked,
    computing,
    cumulative,
    cycle_times,
    days,
    efficiency,
    little,
    percentiles,
    service_level,
    throughput,
    wip,
)
from pmo.domain.flow.cumulative import Steps
from pmo.domain.flow.figures import CumulativeFlow, FlowStep, Tone, Window
from pmo.domain.flow.lives import Lives
from pmo.domain.vocabulary import ColumnMeaning
from tests.journals import (
    START,
    created,
    day,
    edited,
    lives,
    means,
    moved,
    put_away,
    restored,
    through,
)

ZONE = ZoneInfo("Europe/Moscow")
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def on(number: int) -> date:
    return MONDAY + timedelta(days=number)


def window(cards: Lives, last: int, first: int = 0) -> Window:
    """Return the window from one day to the end of another."""
    as_of = days.end_of(on(last), ZONE)
    return days.window(cards, as_of, ZONE, first_on=on(first))


FIVE = lives(
    *through(1, 0, 1, 3),
    *through(2, 0, 1, 6),
    *through(3, 1, 2),
    created(2, 4),
    *through(5, 0, 0.1, 8),
    put_away(4, 5),
    restored(7, "c2", 5),
)
"""1: in work days 1–3, done. 2: days 1–6, done. 3: in work since day 2. 4: waits in the queue.
5: in work from day 0, away from day 4 to 7, done on day 8."""


def test_work_in_progress_is_what_was_started_and_not_finished_each_evening() -> None:
    counted = wip.by_day(FIVE, window(FIVE, 9), ZONE)

    assert [it.count for it in counted] == [1, 3, 4, 3, 2, 2, 1, 2, 1, 1]
    assert [it.day for it in counted] == [on(number) for number in range(10)]
    assert [len(wip.tasks_at(FIVE, days.end_of(it.day, ZONE))) for it in counted] == [
        it.count for it in counted
    ]
    assert wip.tasks_at(FIVE, day(7.5)) == (3, 5)


def test_a_window_that_begins_later_counts_the_same() -> None:
    whole, part = (wip.by_day(FIVE, window(FIVE, 9, first), ZONE) for first in (0, 4))

    assert part == whole[4:]


def test_throughput_counts_cards_and_keeps_days_without_one() -> None:
    counted = throughput.of(FIVE, window(FIVE, 9), ZONE)

    assert [it.count for it in counted.days] == [0, 0, 0, 1, 0, 0, 1, 0, 1, 0]
    assert [(it.starts_on, it.count, it.tasks, it.is_whole) for it in counted.weeks] == [
        (on(0), 2, (1, 2), True),
        (on(7), 1, (5,), False),
    ]
    assert (counted.count, counted.per_week) == (3, pytest.approx(2.1))


def test_a_card_opened_again_counts_only_where_it_was_finished_last() -> None:
    cards = lives(*through(1, 0, 0, 2), moved(3, "c2"), moved(5, "c4"))

    as_known = [
        [it.count for it in throughput.of(cards, window(cards, last), ZONE).days]
        for last in (2, 4, 5)
    ]
    assert as_known == [[0, 0, 1], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1]]


def test_cycle_and_lead_times_include_both_days() -> None:
    times = cycle_times.of(FIVE, window(FIVE, 9), ZONE)

    assert [(it.number, it.days, it.lead_days) for it in times.cards] == [
        (1, 3, 4),
        (2, 6, 7),
        (5, 9, 9),
    ]
    assert times.cards[0].hours == 48
    assert (times.cycle.p50, times.cycle.p85, times.cycle.p95) == (6, 9, 9)
    assert (times.lead.count, times.lead.p50) == (3, 7)


def test_what_is_finished_on_the_day_of_its_start_took_a_day() -> None:
    cards = lives(*through(1, 0, 1, 1.01), created(2, 2, "c4"))

    assert [it.days for it in cycle_times.of(cards, window(cards, 3), ZONE).cards] == [1, 1]


def test_days_are_those_of_the_office() -> None:
    evening = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)  # half past midnight in Moscow
    cards = lives(
        created(0)._replace(at=START), moved(0, "c2")._replace(at=evening), moved(2, "c4")
    )

    [card] = cycle_times.of(cards, window(cards, 5), ZONE).cards
    assert (card.started_on, card.days) == (on(1), 2)
    [card] = cycle_times.of(cards, window(cards, 5), UTC).cards
    assert (card.started_on, card.days) == (on(0), 3)


def test_percentiles_are_values_of_the_nearest_rank() -> None:
    assert percentiles.nearest_rank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 85) == 9
    assert percentiles.nearest_rank(list(range(1, 21)), 85) == 17  # 0.85 × 20 is 17, not 18
    assert percentiles.nearest_rank([7], 50) == percentiles.nearest_rank([7], 95) == 7
    assert percentiles.nearest_rank([], 50) is None


def of_length(number: int, length: int, ends: int = 30) -> list[object]:
    return through(number, ends - length + 1, ends - length + 1, ends + 0.1)


def test_a_service_level_needs_eleven_finished_cards_of_ninety_days() -> None:
    ten = [event for number in range(1, 11) for event in of_length(number, number)]
    old = of_length(20, 3, -61)
    few, enough = lives(*ten, *old), lives(*ten, *of_length(11, 11), *old)

    at = days.end_of(on(30), ZONE)
    level = service_level.of(few, at, ZONE)
    assert (level.count, level.is_enough, level.days, level.p50) == (10, False, None, None)
    level = service_level.of(enough, at, ZONE)
    assert (level.count, level.is_enough, level.p50, level.days, level.p95) == (11, True, 6, 10, 11)
    assert level.tasks == tuple(range(1, 12))
    assert service_level.of(enough, days.end_of(on(28), ZONE), ZONE).tasks == (20,)


def test_cards_in_work_age_beside_what_was_finished() -> None:
    done = [event for number in range(1, 12) for event in of_length(number, number)]
    cards = lives(
        *done, *through(21, 0, 21), *through(22, 0, 24), *through(23, 0, 29), created(0, 24)
    )
    at = days.end_of(on(30), ZONE)

    aged = ageing.of(cards, at, ZONE, service_level.of(cards, at, ZONE)).cards

    assert [(it.number, it.age_days, it.tone) for it in aged] == [
        (21, 10, Tone.AMBER),
        (22, 7, Tone.AMBER),
        (23, 2, Tone.NONE),
    ]
    later = ageing.of(cards, at + timedelta(days=1), ZONE, service_level.of(cards, at, ZONE))
    assert later.cards[0].tone is Tone.RED


def test_going_back_makes_no_card_younger_and_a_new_column_no_older() -> None:
    cards = lives(created(0), moved(1, "c2"), moved(3, "c1"), moved(5, "c3"))
    cards_meant = lives(created(0), moved(2, "c2"), means(4, "c2", "waiting"))
    at = days.end_of(on(6), ZONE)

    for found, age, column_days in ((cards, 6, 2), (cards_meant, 5, 5)):
        [card] = ageing.of(found, at, ZONE, service_level.of(found, at, ZONE)).cards
        assert (card.age_days, card.column_days) == (age, column_days)


def test_flow_efficiency_is_the_share_of_active_time() -> None:
    cards = lives(
        created(0),
        moved(1, "c2"),  # active from day 1 to 3, but blocked for one of them
        edited(2, blocked_reason=["", "Ill"]),
        moved(3, "c3"),  # waiting to 5, still blocked
        edited(4, blocked_reason=["Ill", ""]),
        moved(5, "c1"),  # back in the queue to 6
        moved(6, "c2"),  # active to 7
        moved(7, "c4"),  # done, opened again on 8
        moved(8, "c2"),  # active to 9, of which the archive takes none
        moved(9, "c4"),
    )

    share = efficiency.of(cards, window(cards, 9), ZONE)

    # active: 1 of 1–3, 6–7, 8–9; waiting: 1 blocked, 3–5, 5–6, 7–8
    assert (share.active_hours, share.waiting_hours) == (3 * 24, 5 * 24)
    assert share.ratio == 3 / 8
    assert efficiency.of(cards, window(cards, 7), ZONE).ratio == 2 / 6


def test_time_in_the_archive_counts_nowhere_and_no_time_is_no_share() -> None:
    away = lives(*through(1, 0, 0, 6), put_away(1), restored(5, "c2"))
    at_once = lives(created(0, column="c4"))

    assert efficiency.of(away, window(away, 6), ZONE).active_hours == 48
    assert efficiency.of(at_once, window(at_once, 6), ZONE).ratio is None


def test_blocked_days_are_all_on_which_a_card_was_blocked() -> None:
    cards = lives(
        created(0),
        moved(1, "c2"),
        edited(2, blocked_reason=["", "Ill"]),
        edited(2.2, blocked_reason=["Ill", "No room"]),
        edited(4, blocked_reason=["No room", ""]),
        edited(4.1, blocked_reason=["", "Ill"]),
        moved(5, "c4"),  # what is done is blocked no longer
        created(0, 2),
        edited(7, 2, blocked_reason=["", "Money"]),
    )

    found = blocked.of(cards, window(cards, 9), ZONE)

    assert [(it.number, it.days, it.reasons, it.is_blocked) for it in found.cards] == [
        (1, 4, ("No room", "Ill"), False),
        (2, 3, ("Money",), True),
    ]
    assert found.days == 7
    assert [it.days for it in blocked.of(cards, window(cards, 8, 4), ZONE).cards] == [2, 2]


def lines(flow: CumulativeFlow) -> dict[str, list[int]]:
    return {
        step.key: [it.reached[index] for it in flow.days] for index, step in enumerate(flow.steps)
    }


def test_cumulative_lines_never_fall_and_keep_the_first_time() -> None:
    cards = lives(
        created(0),
        moved(1, "c3"),
        moved(2, "c2"),  # back: it has reached waiting already
        moved(3, "c4"),
        moved(4, "c2"),  # opened again: it has been done already
        created(1, 2),
        created(1, 3, "c2"),
        put_away(2, 2),  # cancelled in the queue
        put_away(2, 3),
        restored(2.1, "c2", 3),  # on the same day: nothing has happened
    )

    found = cumulative.of(cards, window(cards, 4), ZONE)

    assert lines(found) == {
        "queue": [1, 3, 3, 3, 3],
        "in_progress": [0, 2, 3, 3, 3],
        "waiting": [0, 1, 2, 2, 2],
        "cancelled": [0, 0, 1, 2, 2],
        "done": [0, 0, 0, 1, 1],
    }
    band = {"as_of": days.end_of(on(4), ZONE), "zone": ZONE, "steps": Steps()}
    assert cumulative.between(cards, key="cancelled", day=on(3), **band) == (2,)
    assert cumulative.between(cards, key="in_progress", day=on(3), **band) == (3,)
    assert cumulative.between(cards, key="done", day=on(2), **band) == ()
    later = cumulative.of(cards, window(cards, 4, 3), ZONE)
    assert later.days == found.days[3:]


def test_the_flow_of_a_board_has_its_columns_and_done_comes_last() -> None:
    columns = [
        FlowStep("c4", "Done", ColumnMeaning.DONE),
        FlowStep("c1", "Queue", ColumnMeaning.QUEUE),
        FlowStep("c2", "Work", ColumnMeaning.IN_PROGRESS),
    ]
    cards = lives(
        created(0),
        moved(1, "c3"),  # a column that is gone, of a meaning that is gone: the first
        moved(2, "c4"),
        created(0, 2, "c2"),
        moved(1, "c1", 2, board="b2"),  # to another board
        created(0, 3, "c1", board="b2"),
    )

    found = cumulative.of(cards, window(cards, 2), ZONE, Steps("b1", columns))

    assert lines(found) == {
        "c1": [2, 2, 2],
        "c2": [1, 1, 2],
        "cancelled": [0, 1, 2],
        "c4": [0, 0, 1],
    }


def test_little_s_law_holds_and_warns_when_work_piles_up() -> None:
    cards = lives(*through(1, 0, 0, 2), *through(2, 0, 1), *through(3, 0, 3))

    law = little.of(cards, days.window(cards, day(4), ZONE, first_on=on(0)), ZONE)

    # in work: 2 + 3 + 1 days of a window that began at midnight, nine hours and a half-day later
    assert law.arrivals == 3
    assert law.average_wip == pytest.approx(6 / 4.5)
    assert law.days_in_work == 2
    assert law.average_wip == pytest.approx(law.arrivals_per_day * law.days_in_work)
    assert (law.wip_at_start, law.wip_at_end, law.is_steady) == (0, 2, False)
    assert little.of(cards, window(cards, 6, 4), ZONE).is_steady


MOVES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 4), st.floats(0, 2, allow_nan=False)), max_size=30
)
"""Which card goes to which column, how many days later."""


@given(MOVES, st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_little_s_law_is_exact_and_lines_never_fall(
    moves: list[tuple[int, int, float]], first: int
) -> None:
    at, events = 0.0, [created(0, number) for number in range(1, 5)]
    for number, column, later in moves:
        at += later
        events.append(moved(at, f"c{column}", number))
    cards = lives(*events)
    looked = window(cards, int(at) + 1, first)

    law = little.of(cards, looked, ZONE)
    flow = cumulative.of(cards, looked, ZONE)

    assert law.average_wip == pytest.approx(law.arrivals_per_day * (law.days_in_work or 0))
    begun, ended = days.start_of(looked.first_on, ZONE), days.start_of(looked.last_on, ZONE) + DAY
    moments = sorted({begun, ended, *(it.at for it in events if begun < it.at < ended)})
    area = sum(
        len(wip.tasks_at(cards, one)) * (other - one).total_seconds()
        for one, other in itertools.pairwise(moments)
    )
    assert law.average_wip == pytest.approx(area / (ended - begun).total_seconds(), abs=1e-6)
    for line in lines(flow).values():
        assert line == sorted(line)
    for day_ in flow.days:
        assert list(day_.reached) == sorted(day_.reached, reverse=True)


def test_a_figure_as_of_a_moment_knows_nothing_of_what_came_later() -> None:
    events = [
        *through(1, 0, 1, 3),
        moved(5, "c2"),
        put_away(6),
        created(4, 2),
        edited(6, weight=[1, 9]),
    ]
    early = [event for event in events if event.at <= day(4.5)]

    for at in (day(4.5), days.end_of(on(4), ZONE)):
        now, then = (
            computing.of(found, days.window(found, at, ZONE), ZONE)
            for found in (lives(*events), lives(*early))
        )
        assert now == then


def test_a_project_without_cards_has_figures_of_nothing() -> None:
    found = computing.of({}, days.window({}, day(0), ZONE), ZONE)

    assert found.window.began_on is None
    assert (found.throughput.count, found.little.days_in_work, found.efficiency.ratio) == (
        0,
        None,
        None,
    )
