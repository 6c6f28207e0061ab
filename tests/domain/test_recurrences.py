from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo.domain import periods, recurrence_proposals, recurrence_turns, recurrences
from pmo.domain.recurrence_turns import CardState, HalfYear, MarkState, Schedule
from pmo.domain.recurrences import Rule
from pmo.domain.vocabulary import OccurrenceOutcome, RecurrenceKind
from pmo.errors import Invalid

K = RecurrenceKind
DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
MONTHS = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 12))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Any rule that a form can make."""
    kind = draw(st.sampled_from(RecurrenceKind))
    months = draw(MONTHS if kind is not K.YEARLY else MONTHS.filter(bool)) or (None, None)
    given = {
        "month_from": months[0],
        "month_to": months[1],
        "day": draw(st.none() | st.integers(1, 31)),
        "weekdays": draw(st.lists(st.integers(1, 7), max_size=7)),
        "times": draw(st.integers(1, recurrences.MOST_TIMES)),
    }
    kept = recurrences.particulars(kind, given)
    return Rule(kind, **{**kept, "weekdays": tuple(kept["weekdays"])})


def dues(rule: Rule, first: date, last: date) -> list[str]:
    return [f"{it.due_on:%d.%m.%Y}" for it in recurrences.between(rule, first, last)]


@settings(deadline=None)  # the first period that is read builds the parser
@given(rules(), DAYS, st.integers(0, 900), st.integers(0, 900))
def test_occurrences_do_not_depend_on_who_asks_for_which_days(
    rule: Rule, first: date, length: int, more: int
) -> None:
    middle = first + timedelta(days=length)
    last = middle + timedelta(days=more)
    whole = list(recurrences.between(rule, first, last))
    halves = [
        *recurrences.between(rule, first, middle),
        *recurrences.between(rule, middle + timedelta(days=1), last),
    ]
    keys = [it.key for it in whole]

    assert whole == halves == sorted(whole)
    assert len(set(keys)) == len(keys)
    for it in whole:
        assert first <= it.due_on <= last
        assert it.starts_on <= it.opens_on <= it.due_on <= it.ends_on
        assert it.ends_on - it.starts_on < recurrence_turns.LONGEST
        span = periods.parse(recurrences.written(it)).spans
        assert [(one.start, one.end) for one in span] == [(it.starts_on, it.ends_on)]


@given(rules(), DAYS, st.integers(0, 365), st.none() | st.integers(0, 900), st.integers(0, 1500))
def test_days_gone_through_one_by_one_make_what_a_leap_makes_and_skips(
    rule: Rule, start: date, ahead: int, run: int | None, leap: int
) -> None:
    until = None if run is None else start + timedelta(days=run)
    schedule = Schedule(rule, start, until, start, ahead)
    free = recurrences.is_weekend_free
    first = recurrence_turns.turns(schedule, start, (), is_working=free)
    known = {it.key for it in first.to_make}
    today = start + timedelta(days=leap)
    then = recurrence_turns.turns(schedule, today, known, is_working=free)
    settled = known | {it.key for it in (*then.to_make, *then.to_skip)}

    assert all(it.ends_on >= today for it in then.to_make)
    assert all(it.ends_on < today for it in then.to_skip)
    assert not known & {it.key for it in (*then.to_make, *then.to_skip)}
    assert recurrence_turns.turns(schedule, today, settled, is_working=free).to_make == ()
    for it in (*first.to_make, *then.to_make, *then.to_skip):
        assert start <= it.due_on <= (until or it.due_on)
        assert it.opens_on <= today + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(K.YEARLY, 10, 2), ["28.02.2027", "29.02.2028"]),
        (Rule(K.YEARLY, 6, 6, day=1), ["01.06.2027", "01.06.2028"]),
        (Rule(K.YEARLY, 2, 2, day=31), ["28.02.2027", "29.02.2028"]),
        (Rule(K.HALF_YEARLY), ["31.12.2026", "31.05.2027", "31.12.2027", "31.05.2028"]),
    ],
)
def test_two_academic_years_by_hand(rule: Rule, expected: list[str]) -> None:
    assert dues(rule, date(2026, 9, 1), date(2028, 8, 31)) == expected


def test_the_other_kinds_by_hand() -> None:
    september, october = date(2026, 9, 1), date(2026, 10, 31)
    year = date(2027, 8, 31)

    assert dues(Rule(K.QUARTERLY), september, year) == [
        "30.09.2026",
        "31.12.2026",
        "31.03.2027",
        "30.06.2027",
    ]
    assert dues(Rule(K.MONTHLY, 11, 1, day=31), september, year) == [
        "30.11.2026",
        "31.12.2026",
        "31.01.2027",
    ]
    assert dues(Rule(K.WEEKLY, weekdays=(2, 5)), september, date(2026, 9, 12)) == [
        "01.09.2026",
        "04.09.2026",
        "08.09.2026",
        "11.09.2026",
    ]
    assert dues(Rule(K.WEEKLY), september, date(2026, 9, 12)) == ["04.09.2026", "11.09.2026"]
    assert dues(Rule(K.FIRST_WORKING_DAY), september, october) == ["01.09.2026", "01.10.2026"]
    assert dues(Rule(K.TIMES_PER_HALF, times=2), september, year) == [
        "31.10.2026",
        "31.12.2026",
        "16.03.2027",
        "31.05.2027",
    ]


def test_first_working_day_asks_the_calendar_it_is_given() -> None:
    holidays = {date(2027, 1, day) for day in range(1, 9)}

    def is_working(day: date) -> bool:
        return day.weekday() < 5 and day not in holidays

    rule = Rule(K.FIRST_WORKING_DAY, 1, 1)
    [found] = recurrences.between(rule, date(2027, 1, 1), date(2027, 2, 9), is_working=is_working)

    assert found.due_on == date(2027, 1, 11)
    assert found.key == "first:2027-01"


def test_particulars_that_a_kind_needs_are_asked_for_and_others_forgotten() -> None:
    kept = recurrences.particulars(K.QUARTERLY, {"times": 3, "month_from": 2, "weekdays": [1]})

    assert kept == {
        "month_from": None,
        "month_to": None,
        "day": None,
        "weekdays": [],
        "times": None,
    }
    for kind, lacking in (
        (K.YEARLY, {"month_from": 1}),
        (K.TIMES_PER_HALF, {"times": None}),
        (K.MONTHLY, {"month_to": 3}),
    ):
        with pytest.raises(Invalid):
            recurrences.particulars(kind, lacking)


@pytest.mark.parametrize(
    ("text", "rule", "is_said"),
    [
        ("ежегодно, октябрь-февраль", Rule(K.YEARLY, 10, 2), True),
        ("ежегодно до 01.06.", Rule(K.YEARLY, 6, 6, day=1), True),
        ("ежегодно", Rule(K.YEARLY, 9, 8), True),
        ("не менее 1 раза в учебном полугодии", Rule(K.TIMES_PER_HALF, times=1), True),
        ("каждое полугодие", Rule(K.HALF_YEARLY), True),
        ("ежеквартально", Rule(K.QUARTERLY), True),
        ("2 раза в год", Rule(K.HALF_YEARLY), True),
        ("ежемесячно", Rule(K.MONTHLY), True),
        ("ежемесячно, сентябрь-май", Rule(K.MONTHLY, 9, 5), True),
        ("еженедельно", Rule(K.WEEKLY), True),
        ("непрерывно", Rule(K.YEARLY, 9, 8), False),
        ("сентябрь – октябрь 2021 г.", Rule(K.YEARLY, 9, 10), False),
        ("когда получится", Rule(K.YEARLY, 9, 8), False),
    ],
)
def test_written_period_proposes_a_rule(text: str, rule: Rule, is_said: bool) -> None:
    proposal = recurrence_proposals.of_period(periods.parse(text, academic_year=2026))

    assert (proposal.rule, proposal.is_said) == (rule, is_said)


def test_years_of_a_period_bound_what_it_proposes() -> None:
    proposal = recurrence_proposals.of_period(periods.parse("2020-2024 ежегодно"))

    assert proposal.rule == Rule(K.YEARLY, 9, 8)
    assert (proposal.starts_on, proposal.until) == (date(2020, 1, 1), date(2024, 12, 31))


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_proposes_some_rule(text: str) -> None:
    proposal = recurrence_proposals.of_period(periods.parse(text, academic_year=2026))

    recurrences.particulars(proposal.rule.kind, {**vars_of(proposal.rule)})


def vars_of(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in recurrences.PARTICULARS}


def test_card_that_is_there_stands_for_the_occurrence_of_its_day() -> None:
    schedule = Schedule(Rule(K.YEARLY, 10, 2), date(2026, 9, 1), None, date(2026, 9, 1), 0)
    free = recurrences.is_weekend_free

    def key(due_on: date | None, today: date) -> str | None:
        found = recurrence_turns.standing_for(schedule, due_on=due_on, today=today, is_working=free)
        return found and found.key

    assert key(date(2027, 2, 28), date(2026, 9, 1)) == "year:2026"
    assert key(None, date(2026, 11, 1)) == "year:2026"
    assert key(None, date(2027, 4, 1)) is None


@pytest.mark.parametrize(
    ("outcome", "card", "state"),
    [
        (None, None, MarkState.PLANNED),
        ("skipped", None, MarkState.SKIPPED),
        ("held", None, MarkState.HELD),
        ("made", CardState(True, True, date(2026, 1, 1)), MarkState.DONE),
        ("made", CardState(False, True, None), MarkState.ARCHIVED),
        ("made", CardState(False, False, date(2026, 9, 1)), MarkState.LATE),
        ("made", CardState(False, False, date(2026, 9, 2)), MarkState.OPEN),
        ("made", CardState(False, False, None), MarkState.OPEN),
    ],
)
def test_mark_says_how_the_card_stands(
    outcome: str | None, card: CardState | None, state: MarkState
) -> None:
    made = outcome and OccurrenceOutcome(outcome)

    assert recurrence_turns.state_of(made or None, card, today=date(2026, 9, 2)) is state


def test_promise_counts_what_was_finished_inside_its_half() -> None:
    half = recurrence_turns.half_at(date(2026, 11, 22))
    days = [None, date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1)]

    def done(as_of: date) -> tuple[int, bool, bool]:
        found = recurrence_turns.kept(half, days, 2, as_of=as_of)
        return found.done, found.is_kept, found.is_broken

    assert half == HalfYear(2026, 1)
    assert done(date(2026, 11, 22)) == (1, False, False)
    assert done(date(2026, 12, 31)) == (2, True, False)
    assert done(date(2027, 1, 5)) == (2, True, False)
    assert recurrence_turns.kept(half, [], 1, as_of=date(2027, 1, 5)).is_broken


@pytest.mark.parametrize(
    ("day", "half", "before"),
    [
        (date(2026, 9, 1), HalfYear(2026, 1), HalfYear(2025, 2)),
        (date(2027, 1, 1), HalfYear(2026, 2), HalfYear(2026, 1)),
        (date(2027, 7, 1), HalfYear(2026, 2), HalfYear(2026, 1)),
    ],
)
def test_half_of_a_day(day: date, half: HalfYear, before: HalfYear) -> None:
    assert recurrence_turns.half_at(day) == half
    assert half.before() == before
