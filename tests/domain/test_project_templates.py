"""How a plan moves to another academic year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import periods
from pmo.domain import project_templates as domain
from pmo.domain.project_templates import Doubt, DoubtKind
from pmo.domain.vocabulary import ColumnMeaning, WipKind

pytestmark = pytest.mark.one_database

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
TEXTS = st.sampled_from(
    (
        "октябрь 2021 г.",
        "сентябрь 2021 – март 2022",
        "до 30.09.21",
        "ежегодно, октябрь-февраль",
        "2021/22 учебный год",
        "1 полугодие 2022 года",
        "февраль 2023",
        "регулярно",
        "после дождичка в четверг 2021",
        "",
    )
)


def column(key, meaning=ColumnMeaning.QUEUE, limit=None):
    kind = WipKind.NONE if limit is None else WipKind.HARD
    return {"key": key, "name": key, "meaning": meaning, "wip_limit": limit, "wip_kind": kind}


def task(number=1, *, title="Task", text="", due_on=None, year=2021, column_key=None):
    period = periods.parse(text, academic_year=year) if text else None
    return {
        "number": number,
        "title": title,
        "board": "b1",
        "column": column_key,
        "stage": None,
        "period": period and periods.to_dict(period),
        "due_on": due_on and due_on.isoformat(),
    }


def content(*tasks, columns=None, year=2021):
    columns = columns or [column("c1"), column("c2", ColumnMeaning.DONE)]
    return {
        "academic_year": year,
        "stages": [],
        "boards": [{"key": "b1", "columns": columns}],
        "tasks": list(tasks),
        **domain.LATER,
    }


def moved(text="", due_on=None, *, to=2024, **more):
    return domain.plan(content(task(text=text, due_on=due_on, **more)), to)


@given(text=TEXTS, due_on=DAYS, years=st.integers(-40, 40))
def test_there_and_back_are_the_same_days(text, due_on, years):
    there = moved(text, due_on, to=2021 + years)
    first = there.tasks[0]
    written = content(task(), year=2021 + years)
    written["tasks"][0] |= {
        "period": first.period and periods.to_dict(first.period),
        "due_on": first.due_on.isoformat(),
    }
    [back] = domain.plan(written, 2021).tasks

    assert back.period == first.was
    if (due_on.month, due_on.day) != (2, 29):
        assert back.due_on == due_on


@given(due_on=DAYS, years=st.integers(-40, 40))
def test_a_day_stays_in_its_month_and_its_part_of_the_academic_year(due_on, years):
    [made] = moved(due_on=due_on, to=2021 + years).tasks

    assert made.due_on.month == due_on.month
    assert made.due_on.year == due_on.year + years


def test_a_period_that_was_never_understood_stays_as_it_is_written():
    plan = moved("после дождичка в четверг 2021")

    assert plan.tasks[0].period.text == "после дождичка в четверг 2021"
    assert plan.doubts == (
        Doubt(DoubtKind.PERIOD_UNKNOWN, "Task", "после дождичка в четверг 2021"),
    )


def test_29_february_is_told_of_where_there_is_none():
    plan = moved(due_on=date(2024, 2, 29), to=2022)
    assert plan.tasks[0].due_on == date(2025, 2, 28)
    assert plan.doubts == (Doubt(DoubtKind.LEAP_DAY, "Task", "2024-02-29", "2025-02-28"),)

    assert moved(due_on=date(2024, 2, 29), to=2025).doubts == ()
    [doubt] = moved("29.02.2024", to=2022).doubts
    assert (doubt.kind, doubt.becomes) == (DoubtKind.LEAP_DAY, "29.02.2025")


def test_a_february_keeps_its_last_day_whichever_that_is():
    plan = moved("февраль 2023", date(2023, 2, 28), to=2022)

    assert plan.tasks[0].period.ends_on == plan.tasks[0].due_on == date(2024, 2, 29)
    assert plan.doubts == ()


def test_a_day_off_is_told_of_and_not_avoided():
    plan = domain.plan(
        content(task(due_on=date(2024, 10, 31))), 2023, is_working=lambda day: day.weekday() < 5
    )

    assert plan.tasks[0].due_on == date(2026, 10, 31)
    assert [doubt.kind for doubt in plan.doubts] == [DoubtKind.DAY_OFF]


def test_a_title_that_names_a_year_is_told_of_only_if_the_year_changes():
    assert [it.kind for it in moved(title="План на 2021/22").doubts] == [DoubtKind.NAMES_YEAR]
    assert moved(title="План на 2021/22", to=2021).doubts == ()
    assert moved(title="Приказ № 120210").doubts == ()


def test_a_date_that_would_leave_the_calendar_stays():
    plan = moved(due_on=date(9999, 1, 1))

    assert plan.tasks[0].due_on == date(9999, 1, 1)
    assert [doubt.kind for doubt in plan.doubts] == [DoubtKind.OUT_OF_RANGE]


def test_tasks_begin_in_the_first_queue_and_columns_over_their_limit_are_told_of():
    columns = [column("c1", ColumnMeaning.WAITING), column("c2", limit=1)]
    tasks = (task(1), task(2), task(3, column_key="c1"))
    plan = domain.plan(content(*tasks, columns=columns), 2021)

    assert [it.column for it in plan.tasks] == ["c2", "c2", "c1"]
    assert plan.doubts == (Doubt(DoubtKind.OVER_LIMIT, "c2", "1", "2"),)


def test_sprints_begin_on_their_day_of_the_week_and_keep_their_length():
    spans = [("2021-09-06", "2021-09-12"), ("2021-09-13", "2021-10-10")]
    sprints = [
        {"number": number, "starts_on": first, "ends_on": last}
        for number, (first, last) in enumerate(spans)
    ]
    for years in range(-7, 8):
        made = domain.plan({**content(), "sprints": sprints}, 2021 + years).sprints
        assert [it.starts_on.weekday() for it in made] == [0, 0]
        assert [(it.ends_on - it.starts_on).days for it in made] == [6, 27]
        assert abs((made[0].starts_on - date(2021 + years, 9, 6)).days) <= 3


def test_a_recurring_task_goes_on_as_many_years_later():
    part = {"title": "Monthly 2021", "starts_on": "2021-09-01", "until": "2024-02-29"}

    plan = domain.plan({**content(), "recurrences": [part]}, 2022)

    [made] = plan.recurrences
    assert (made.starts_on, made.until) == (date(2022, 9, 1), date(2025, 2, 28))
    assert [it.kind for it in plan.doubts] == [DoubtKind.NAMES_YEAR]
