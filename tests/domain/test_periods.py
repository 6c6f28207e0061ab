import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.calendar import HalfYears
from pmo.domain.periods import (
    LONGEST_TEXT,
    Period,
    Precision,
    Recurrence,
    Span,
    from_dict,
    parse,
    shift_years,
    to_dict,
)

ACADEMIC_YEAR = 2021

# Text, spans, and what differs from Period's defaults. «..» joins the days of a span.
WRITTEN_IN_PLANS = [
    ("08.2021- 01.2022", "2021-08-01..2022-01-31", "month"),
    ("до 08.2024", "..2024-08-31", "month deadline"),
    ("2019-2024", "2019-01-01..2024-12-31", "year"),
    ("2021 -2024", "2021-01-01..2024-12-31", "year"),
    ("2020-2021", "2020-01-01..2021-12-31", "year"),
    ("2022-2024", "2022-01-01..2024-12-31", "year"),
    ("2020", "2020-01-01..2020-12-31", "year"),
    ("октябрь 2020", "2020-10-01..2020-10-31", "month"),
    ("в течение года", "2021-09-01..2022-08-31", "academic_year inferred"),
    ("ежегодно, апрель", "2022-04-01..2022-04-30", "month yearly inferred"),
    ("ежегодно, сентябрь-октябрь", "2021-09-01..2021-10-31", "month yearly inferred"),
    ("ежегодно, октябрь-ноябрь", "2021-10-01..2021-11-30", "month yearly inferred"),
    ("ежегодно, ноябрь-декабрь", "2021-11-01..2021-12-31", "month yearly inferred"),
    ("ежегодно, октябрь-февраль", "2021-10-01..2022-02-28", "month yearly inferred"),
    ("ежегодно, декабрь – март", "2021-12-01..2022-03-31", "month yearly inferred"),
    ("сентябрь 2020 – декабрь 2021", "2020-09-01..2021-12-31", "month"),
    ("2022 – 2023", "2022-01-01..2023-12-31", "year"),
    ("2023 – сентябрь 2024", "2023-01-01..2024-09-30", "year"),
    ("Сентябрь", "2021-09-01..2021-09-30", "month inferred"),
    ("Октябрь-ноябрь", "2021-10-01..2021-11-30", "month inferred"),
    ("ноябрь - декабрь", "2021-11-01..2021-12-31", "month inferred"),
    ("январь – март", "2022-01-01..2022-03-31", "month inferred"),
    ("апрель – май", "2022-04-01..2022-05-31", "month inferred"),
    ("июнь – сентябрь", "2022-06-01..2022-09-30", "month inferred"),
    ("декабрь – март", "2021-12-01..2022-03-31", "month inferred"),
    ("2020-2021 учебный год", "2020-09-01..2021-08-31", "academic_year"),
    (
        "2021-2022  и 2022 -2023 учебный год",
        "2021-09-01..2022-08-31 2022-09-01..2023-08-31",
        "academic_year",
    ),
    ("сентябрь 2021 г. – октябрь 2024 г.", "2021-09-01..2024-10-31", "month"),
    ("ноябрь-декабрь 2024 г.", "2024-11-01..2024-12-31", "month"),
    ("ноябрь-декабрь 2024", "2024-11-01..2024-12-31", "month"),
    ("30.09.2021", "2021-09-30..2021-09-30", "day"),
    ("28.12.2021г.", "2021-12-28..2021-12-28", "day"),
    ("регулярно", "", "open continuous"),
    ("непрерывно", "", "open continuous"),
    ("ноябрь 2021-декабрь 2024", "2021-11-01..2024-12-31", "month"),
    ("не менее 1 раза в учебном полугодии", "", "open half_yearly 1"),
    ("4 раза в год", "", "open yearly 4"),
    ("июнь-август 2021", "2021-06-01..2021-08-31", "month"),
    ("сентябрь 2021", "2021-09-01..2021-09-30", "month"),
    ("октябрь-ноябрь 2021", "2021-10-01..2021-11-30", "month"),
    ("22 ноября 2021", "2021-11-22..2021-11-22", "day"),
    ("до 31.10.2025", "..2025-10-31", "day deadline"),
    ("2020-2024 ежегодно", "2020-01-01..2024-12-31", "year yearly"),
    ("2020-2024 постоянно", "2020-01-01..2024-12-31", "year continuous"),
    ("ежегодно до 01.06.", "..2022-06-01", "day yearly deadline inferred"),
    ("2 полугодие 2022 года", "2022-07-01..2022-12-31", "half_year"),
    ("во втором полугодии 2022 года", "2022-07-01..2022-12-31", "half_year"),
    ("с 21 по 26 октября 2019 года", "2019-10-21..2019-10-26", "day"),
    ("с января 2022 года до мая 2024 года", "2022-01-01..2024-05-31", "month"),
    ("на 2021-2024 годы", "2021-01-01..2024-12-31", "year"),
    ("до 2024 года", "..2024-12-31", "year deadline"),
    ("июль-сентябрь 2022г.", "2022-07-01..2022-09-30", "month"),
    ("август 2022г.", "2022-08-01..2022-08-31", "month"),
    ("по отдельному графику", "", "open"),
    ("Май 2022 г. Апрель 2023 г.", "2022-05-01..2022-05-31 2023-04-01..2023-04-30", "month"),
]

WRITTEN_ELSEWHERE = [
    ("", "", "open"),
    ("—", "", "open"),
    ("по мере необходимости", "", "open"),
    ("весь период реализации проекта", "", "open continuous"),
    ("на постоянной основе", "", "open continuous"),
    ("не реже одного раза в месяц", "", "open monthly 1"),
    ("2-3 раза в год", "", "open yearly 2"),
    ("раз в квартал", "", "open quarterly 1"),
    ("дважды в год", "", "open yearly 2"),
    ("еженедельно", "", "open weekly"),
    ("ежемесячно с сентября по май", "2021-09-01..2022-05-31", "month monthly inferred"),
    ("регулярно, не менее 2 раз в полугодие", "", "open half_yearly 2"),
    ("сентябрь (ежегодно)", "2021-09-01..2021-09-30", "month yearly inferred"),
    ("сентябрь – октябрь 2021 г.", "2021-09-01..2021-10-31", "month"),
    ("сент.-окт. 2021", "2021-09-01..2021-10-31", "month"),
    ("декабрь – март 2022", "2021-12-01..2022-03-31", "month inferred"),
    ("сентябрь 2021 – май", "2021-09-01..2022-05-31", "month inferred"),
    ("с 1 по 15 марта", "2022-03-01..2022-03-15", "day inferred"),
    ("01-15.03.2022", "2022-03-01..2022-03-15", "day"),
    ("01.06.22", "2022-06-01..2022-06-01", "day"),
    ("до конца октября", "..2021-10-31", "month deadline inferred"),
    ("до конца года", "..2022-08-31", "academic_year deadline inferred"),
    ("не позднее 15 мая 2022 г.", "..2022-05-15", "day deadline"),
    ("к 1 сентября 2022", "..2022-09-01", "day deadline"),
    ("с сентября 2021", "2021-09-01..", "month"),
    ("1 квартал 2022", "2022-01-01..2022-03-31", "quarter"),
    ("I-II кварталы 2022 г.", "2022-01-01..2022-06-30", "quarter"),
    ("II квартал", "2022-04-01..2022-06-30", "quarter inferred"),
    ("1 полугодие", "2021-09-01..2021-12-31", "half_year inferred"),
    ("2 полугодие 2021-2022 учебного года", "2022-01-01..2022-05-31", "half_year"),
    ("первое полугодие 2021/22", "2021-09-01..2021-12-31", "half_year"),
    ("1 и 2 полугодие 2021/22", "2021-09-01..2021-12-31 2022-01-01..2022-05-31", "half_year"),
    ("1 полугодие, 2 полугодие 2022", "2022-01-01..2022-06-30 2022-07-01..2022-12-31", "half_year"),
    ("2 учебное полугодие 2022 года", "2022-01-01..2022-05-31", "half_year"),
    ("1999/00", "1999-09-01..2000-08-31", "academic_year"),
    ("2021-22 уч. г.", "2021-09-01..2022-08-31", "academic_year"),
    ("2021-2024 учебные годы", "2021-09-01..2024-08-31", "academic_year"),
    ("в течение учебного года", "2021-09-01..2022-08-31", "academic_year inferred"),
    ("в течение 2022 года", "2022-01-01..2022-12-31", "year"),
    ("15 и 22 марта 2022", "2022-03-15..2022-03-15 2022-03-22..2022-03-22", "day"),
    ("декабрь, январь 2022", "2021-12-01..2021-12-31 2022-01-01..2022-01-31", "month inferred"),
    ("декабрь 2021, январь", "2021-12-01..2021-12-31 2022-01-01..2022-01-31", "month inferred"),
    ("2 декада мая 2022", "2022-05-11..2022-05-20", "day"),
    ("конец мая", "2022-05-21..2022-05-31", "month inferred"),
    ("сентябрь\nдекабрь", "2021-09-01..2021-09-30 2021-12-01..2021-12-31", "month inferred"),
    ("2020-2021\nучебный год", "2020-09-01..2021-08-31", "academic_year"),
    ("2021-09-30", "2021-09-30..2021-09-30", "day"),
    ("2021-09-30 – 2021-10-15", "2021-09-30..2021-10-15", "day"),
    ("September – October 2021", "2021-09-01..2021-10-31", "month"),
    ("until 1 June 2022", "..2022-06-01", "day deadline"),
    ("Q1 2022", "2022-01-01..2022-03-31", "quarter"),
]

NOT_UNDERSTOOD = [
    "как-нибудь потом",
    "31.02.2021",
    "31.02.",
    "32 марта",
    "13.2021",
    "5 квартал 2022",
    "3 полугодие 2022",
    "октябрь 2021 – май 2021",
    "2024-2021",
    "15-10 октября",
    "15 октября – 10 октября",
    "2021-2023 учебный год",
    "2021/23",
    "октябрь, 2021",
    "сентябрь 2021-2024",
    "2023 – сентябрь",
    "до 1 июня и сентябрь",
    "сентябрь, учебный год",
    "2",
    "1, 2, 3",
    "1.1",
    "0 раз в год",
    "раз в две недели",
    "сентябрь 2021 и что-то ещё",
    "май июнь",
    "1," * 150,
]

TEXTS = [text for text, _, _ in WRITTEN_IN_PLANS + WRITTEN_ELSEWHERE] + NOT_UNDERSTOOD
WORDS = [*sorted({word for text in TEXTS for word in text.split()}), ",", "-", "с", "по", "до"]

SPANS = (
    st.tuples(st.none() | st.dates(), st.none() | st.dates())
    .filter(any)
    .map(
        lambda pair: Span(*sorted(pair)) if all(pair) else Span(*pair)  # type: ignore[type-var]
    )
)
PERIODS = st.builds(
    Period,
    text=st.text() | st.sampled_from(TEXTS),
    spans=st.lists(SPANS, max_size=3).map(tuple),
    precision=st.sampled_from(Precision),
    recurrence=st.sampled_from(Recurrence),
    times=st.integers(0, 12),
    deadline=st.booleans(),
    inferred=st.booleans(),
)


def expected(text: str, spans: str, words: str) -> Period:
    facts = set(words.split())
    times = next((int(word) for word in facts if word.isdigit()), 0)
    return Period(
        text,
        spans=tuple(
            Span(*(date.fromisoformat(day) if day else None for day in pair.split("..")))
            for pair in spans.split()
        ),
        precision=next(it for it in Precision if it.value in facts),
        recurrence=next((it for it in Recurrence if it.value in facts), Recurrence.NONE),
        times=times,
        deadline="deadline" in facts,
        inferred="inferred" in facts,
    )


@pytest.mark.parametrize(("text", "spans", "words"), WRITTEN_IN_PLANS)
def test_every_period_of_the_source_plans_is_understood(text: str, spans: str, words: str) -> None:
    assert parse(text, academic_year=ACADEMIC_YEAR) == expected(text, spans, words)


@pytest.mark.parametrize(("text", "spans", "words"), WRITTEN_ELSEWHERE)
def test_other_ways_to_write_a_period_are_understood(text: str, spans: str, words: str) -> None:
    assert parse(text, academic_year=ACADEMIC_YEAR) == expected(text, spans, words)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_cannot_be_understood_stays_a_text(text: str) -> None:
    assert parse(text, academic_year=ACADEMIC_YEAR) == Period(text, understood=False)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("январь – март", Precision.MONTH),
        ("с 1 по 15 марта", Precision.DAY),
        ("29 февраля", Precision.DAY),
        ("1 полугодие", Precision.HALF_YEAR),
        ("в течение года", Precision.ACADEMIC_YEAR),
        ("конец мая", Precision.MONTH),
    ],
)
def test_without_an_academic_year_bare_months_have_no_spans(
    text: str, precision: Precision
) -> None:
    assert parse(text) == Period(text, precision=precision)


def test_years_in_the_text_win_over_the_academic_year() -> None:
    assert parse("октябрь 2020", academic_year=2023) == parse("октябрь 2020")


def test_half_years_follow_the_settings() -> None:
    halves = HalfYears(first=(9, 1), second=(2, 6))

    period = parse("2 полугодие", academic_year=2021, half_years=halves)

    assert period.spans == (Span(date(2022, 2, 1), date(2022, 6, 30)),)


def test_29_february_needs_a_leap_year() -> None:
    assert not parse("29 февраля", academic_year=2021).understood
    assert parse("29 февраля", academic_year=2023).starts_on == date(2024, 2, 29)


def test_long_text_is_not_a_period() -> None:
    text = "ежегодно, " * LONGEST_TEXT

    assert parse(text) == Period(text, understood=False)


def test_period_reaches_from_its_earliest_start_to_its_latest_end() -> None:
    period = parse("Апрель 2023 г. Май 2022 г.")

    assert period.starts_on == date(2022, 5, 1)
    assert period.ends_on == date(2023, 4, 30)


def test_open_side_of_a_period_is_not_known() -> None:
    assert parse("до 08.2024").starts_on is None
    assert parse("с сентября 2021").ends_on is None
    assert parse("регулярно").starts_on is None


@pytest.mark.parametrize(("start", "end"), [(None, None), (date(2022, 1, 2), date(2022, 1, 1))])
def test_span_holds_at_least_one_day(start: date | None, end: date | None) -> None:
    with pytest.raises(ValueError, match="a span"):
        Span(start, end)


def test_dict_of_a_period_has_every_key_in_order() -> None:
    assert list(to_dict(parse("до 08.2024")).items()) == [
        ("text", "до 08.2024"),
        ("spans", [[None, "2024-08-31"]]),
        ("precision", "month"),
        ("recurrence", "none"),
        ("times", 0),
        ("deadline", True),
        ("inferred", False),
        ("understood", True),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": None}, "text of a period must be str"),
        ({"colour": "red"}, "no colour"),
        ({"spans": "2021"}, "spans of a period must be a list"),
        ({"spans": [["2021-01-01"]]}, "a span must be"),
        ({"spans": [[None, None]]}, "needs a start or an end"),
        ({"spans": [["2021-01-02", "2021-01-01"]]}, "cannot end"),
        ({"spans": [["20210101", None]]}, "must be YYYY-MM-DD"),
        ({"spans": [["2021-02-31", None]]}, "day is out of range"),
        ({"precision": "hour"}, "not a valid Precision"),
        ({"recurrence": 1}, "recurrence of a period must be str"),
        ({"times": True}, "times of a period must be int"),
        ({"times": -1}, "cannot be -1"),
        ({"deadline": 1}, "deadline of a period must be bool"),
        ({"understood": False}, "has no spans"),
    ],
)
def test_dict_that_is_no_period_is_refused(changes: dict[str, Any], message: str) -> None:
    record = to_dict(parse("октябрь 2021")) | changes

    with pytest.raises(ValueError, match=message):
        from_dict(record)


@pytest.mark.parametrize("record", [None, [], "октябрь", {}])
def test_period_needs_a_record_with_its_text(record: Any) -> None:
    with pytest.raises(ValueError, match="a period"):
        from_dict(record)


@pytest.mark.parametrize(
    ("text", "shifted"),
    [
        ("2020-2021 учебный год", "2021-2022 учебный год"),
        ("2021/22", "2022/23"),
        ("2021-22 уч. г.", "2022-23 уч. г."),
        ("1999/00", "2000/01"),
        ("08.2021- 01.2022", "08.2022- 01.2023"),
        ("28.12.2021г.", "28.12.2022г."),
        ("01.06.22", "01.06.23"),
        ("2021-09-30 – 2021-10-15", "2022-09-30 – 2022-10-15"),
        ("Май 2022 г. Апрель 2023 г.", "Май 2023 г. Апрель 2024 г."),
        ("ежегодно, октябрь-февраль", "ежегодно, октябрь-февраль"),
        ("приказ № 12021", "приказ № 12021"),
    ],
)
def test_shifting_moves_every_year_that_the_text_names(text: str, shifted: str) -> None:
    assert shift_years(parse(text), 1).text == shifted


@pytest.mark.parametrize("text", [text for text, _, _ in WRITTEN_IN_PLANS])
def test_shifted_text_means_the_shifted_days(text: str) -> None:
    shifted = shift_years(parse(text, academic_year=2021), 4)

    assert parse(shifted.text, academic_year=2025) == shifted


@given(
    PERIODS.filter(lambda period: not any("02-29" in str(it) for it in to_dict(period)["spans"]))
)
def test_shifting_back_restores_the_spans(period: Period) -> None:
    try:
        there = shift_years(period, 7)
    except ValueError:
        return

    assert shift_years(there, -7).spans == period.spans


@given(PERIODS)
def test_dict_keeps_everything(period: Period) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(period)))) == period


@given(
    st.text() | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.none() | st.integers(1990, 2050) | st.integers(),
)
def test_no_text_makes_the_parser_fail(text: str, academic_year: int | None) -> None:
    period = parse(text, academic_year=academic_year)

    assert period.text == text
    assert all(it.start is None or it.end is None or it.start <= it.end for it in period.spans)
    assert period.understood or period == Period(text, understood=False)
