"""The yearly table of a project, and the promises of its half-years."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pmo import db as pmo_db
from pmo.domain.recurrence_turns import HalfYear, MarkState
from pmo.domain.vocabulary import ColumnMeaning, Gate, OccurrenceOutcome, RecurrenceKind
from pmo.errors import NotFound
from pmo.models import Column, Project, RecurrenceOccurrence, Task, User
from pmo.queries import cyclograms, half_year_promises, recurrences
from pmo.queries.half_year_promises import Promise
from pmo.services import archive, boards, recurring_cards, tasks
from pmo.services import recurrences as services
from tests.cast import NOW, Cast

TODAY = NOW.date()
ZONE = ZoneInfo("Europe/Moscow")


def add(cast: Cast, **values: Any) -> int:
    given = {
        "title": "Семинар",
        "column_id": cast.orchard.columns[0],
        "rule": RecurrenceKind.MONTHLY,
        "starts_on": TODAY,
        **values,
    }
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW, "today": TODAY}
    return services.add(cast.orchard.project, values=given, **who).recurrence_id


def tick(day: date) -> None:
    recurring_cards.make_due(NOW + (day - TODAY), day)


def table(cast: Cast, today: date = TODAY, year: int | None = None) -> cyclograms.Cyclogram:
    return cyclograms.of_project(cast.orchard.project, cast.olga, year=year, today=today)


def marks(cast: Cast, today: date = TODAY) -> list[tuple[str, str]]:
    [entry] = table(cast, today).entries
    return [(mark.key, mark.state.value) for mark in entry.marks]


def finish(cast: Cast, task_id: int, at: datetime) -> None:
    done = cast.orchard.columns[3]
    tasks.place(task_id, column_id=done, confirmed=True, actor=cast.lev, at=at)


def test_table_tells_of_each_card_how_it_stands(cast: Cast) -> None:
    add(cast)
    for month in (1, 2, 3, 4):
        tick(date(2025, month, 10))
    made = list(RecurrenceOccurrence.select().order_by(RecurrenceOccurrence.due_on))
    finish(cast, made[0].task_id, NOW)
    archive.archive(made[1].task_id, actor=cast.lev, at=NOW)
    tick(date(2025, 6, 10))

    found = marks(cast, date(2025, 6, 10))

    assert found == [
        ("month:2025-01", "done"),
        ("month:2025-02", "archived"),
        ("month:2025-03", "late"),
        ("month:2025-04", "late"),
        ("month:2025-05", "skipped"),
        ("month:2025-06", "open"),
        ("month:2025-07", "planned"),
        ("month:2025-08", "planned"),
    ]


def test_year_runs_from_september_to_august_and_marks_stand_in_their_months(cast: Cast) -> None:
    add(cast, rule=RecurrenceKind.YEARLY, month_from=10, month_to=2, starts_on=date(2024, 9, 1))
    tick(TODAY)

    found = table(cast)
    [entry] = found.entries
    [mark] = entry.marks

    assert (found.year, found.months[0], found.months[-1]) == (
        2024,
        date(2024, 9, 1),
        date(2025, 8, 1),
    )
    assert [len(cell.marks) for cell in entry.cells] == [0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert [bool(cell.begun) for cell in entry.cells[1:6]] == [False, True, True, True, True]
    assert (mark.state, mark.task_key) == (MarkState.OPEN, "ШШ-4")


def test_next_year_shows_what_is_planned_and_a_pause_nothing(cast: Cast) -> None:
    recurrence = add(cast, rule=RecurrenceKind.TIMES_PER_HALF, times=2)

    planned = table(cast, year=2025).entries[0]
    services.switch(
        recurrence, is_on=False, expected_version=None, actor=cast.lev, at=NOW, today=TODAY
    )

    assert [mark.key for mark in planned.marks] == [
        "half:2025/1#1",
        "half:2025/1#2",
        "half:2025/2#1",
        "half:2025/2#2",
    ]
    assert [number for number, cell in enumerate(planned.cells) if cell.marks] == [1, 3, 6, 8]
    assert table(cast, year=2025).entries[0].marks == ()


def test_whatever_needs_care_is_counted(cast: Cast) -> None:
    add(cast)
    gone = add(cast, column_id=cast.orchard.columns[2])
    held = add(cast)
    people = add(cast, assignee_ids=[cast.mila.user_id])
    Column.delete().where(Column.id == cast.orchard.columns[2]).execute()
    User.update(is_active=False).where(User.login == "mila").execute()
    days = {"starts_on": TODAY, "ends_on": TODAY, "due_on": TODAY}
    note = {"code": "wip_limit_reached", "facts": {"column": "X"}}
    RecurrenceOccurrence.create(
        recurrence=held, key="k", outcome=OccurrenceOutcome.HELD, at=NOW, note=note, **days
    )

    found = table(cast)

    assert found.troubles == 3
    cared = {it.recurrence.id for it in found.entries if it.recurrence.needs_care}
    assert cared == {gone, people}
    [person] = recurrences.recurrence(people, cast.olga).left
    assert person.login == "mila"


@pytest.mark.one_database
def test_table_takes_as_many_statements_for_many_rows_as_for_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = pmo_db.database.obj
    usual, count = database.execute_sql, 0

    def execute_sql(*args: Any, **kwargs: Any) -> Any:
        nonlocal count
        count += 1
        return usual(*args, **kwargs)

    def statements() -> int:
        nonlocal count
        count = 0
        table(cast)
        return count

    add(cast, assignee_ids=[cast.mila.user_id])
    tick(TODAY)
    monkeypatch.setattr(database, "execute_sql", execute_sql)
    one = statements()
    for number in range(5):
        add(cast, title=str(number), label_ids=[cast.orchard.labels[0]])
    tick(TODAY)

    assert statements() == one


def test_project_at_rest_plans_nothing(cast: Cast) -> None:
    add(cast)
    Project.update(gate=Gate.SUSPENDED).execute()

    found = table(cast)

    assert found.is_at_rest
    assert found.entries[0].marks == ()


def test_stranger_sees_no_table(cast: Cast) -> None:
    with pytest.raises(NotFound):
        cyclograms.of_project(cast.orchard.project, cast.clea, year=None, today=TODAY)
    with pytest.raises(NotFound):
        half_year_promises.of_project(cast.orchard.project, cast.clea, at=NOW, zone=ZONE)


def test_card_suggests_what_its_period_says(cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    changes = {"period": "ежегодно, октябрь-февраль"}
    tasks.edit(task, changes, base_version=1, actor=cast.lev, at=NOW)

    found = recurrences.suggestion(task, cast.lev, today=TODAY)

    wanted = ("title", "rule", "month_from", "month_to", "assignee_ids")
    assert found.proposal.is_said
    assert [found.values[name] for name in wanted] == [
        "Task 1 of Orchard",
        RecurrenceKind.YEARLY,
        10,
        2,
        [cast.mila.user_id],
    ]


def test_cards_that_say_they_recur_are_offered_until_they_do(cast: Cast) -> None:
    first, second, third = cast.orchard.tasks
    for task, period in (
        (first, "ежегодно, апрель"),
        (second, "май 2025 г."),
        (third, "в течение года, непрерывно"),
    ):
        tasks.edit(task, {"period": period}, base_version=1, actor=cast.lev, at=NOW)
    before = recurrences.candidates(cast.orchard.project, cast.lev)
    found = recurrences.suggestion(first, cast.lev, today=TODAY)
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW, "today": TODAY}

    services.add_of_task(first, values=found.values, **who)

    assert [(it.task_key, it.period) for it in before] == [("ШШ-1", "ежегодно, апрель")]
    assert recurrences.candidates(cast.orchard.project, cast.lev) == ()


def promises(cast: Cast, at: datetime) -> tuple[Promise, ...]:
    return half_year_promises.of_project(cast.orchard.project, cast.olga, at=at, zone=ZONE)


def counts(promise: Promise) -> list[tuple[HalfYear, int, bool, bool]]:
    return [
        (it.kept.half, it.kept.done, it.kept.is_kept, it.kept.is_broken) for it in promise.halves
    ]


def test_task_promises_what_its_period_says_and_cards_of_its_title_keep_it(cast: Cast) -> None:
    """Made in September, done in October, again in March and in the following September."""
    autumn, first, second = HalfYear(2024, 1), HalfYear(2024, 2), HalfYear(2025, 1)
    period = {"period": "не менее 2 раз в учебном полугодии"}
    column = cast.orchard.columns[0]
    made_at = NOW - timedelta(days=130)

    def make(title: str, at: datetime, **fields: Any) -> int:
        given = {"title": title, **fields}
        return tasks.create(column, fields=given, actor=cast.lev, at=at).task_id

    plan = make("Интенсив", made_at, **period)
    finish(cast, plan, datetime(2024, 10, 5, tzinfo=ZONE))
    finish(cast, make("ИНТЕНСИВ", made_at), datetime(2024, 12, 31, 23, tzinfo=ZONE))
    finish(cast, make("Интенсив", made_at), datetime(2025, 1, 1, 1, tzinfo=ZONE))
    again = make("Интенсив", made_at)
    finish(cast, again, datetime(2025, 3, 1, tzinfo=ZONE))
    make("Другое", made_at)

    winter = promises(cast, datetime(2025, 1, 10, tzinfo=ZONE))
    spring = promises(cast, datetime(2025, 3, 2, tzinfo=ZONE))
    tasks.place(again, column_id=column, actor=cast.lev, at=datetime(2025, 3, 3, tzinfo=ZONE))
    summer = promises(cast, datetime(2025, 7, 1, tzinfo=ZONE))
    next_autumn = promises(cast, datetime(2025, 9, 2, tzinfo=ZONE))

    [promise] = winter
    assert (promise.title, promise.times, promise.task_id) == ("Интенсив", 2, plan)
    assert counts(promise) == [(first, 1, False, False), (autumn, 2, True, False)]
    assert [card.key for card in promise.halves[1].cards] == ["ШШ-4", "ШШ-5"]
    assert counts(spring[0])[0] == (first, 2, True, False)
    assert counts(summer[0])[0] == (first, 1, False, True)
    assert counts(next_autumn[0]) == [(second, 0, False, False), (first, 1, False, True)]
    assert counts(promises(cast, datetime(2025, 3, 2, tzinfo=ZONE))[0]) == counts(spring[0])


def test_promise_goes_by_what_columns_meant_at_the_time(cast: Cast) -> None:
    recurrence = add(cast, rule=RecurrenceKind.TIMES_PER_HALF, times=1)
    tick(TODAY)
    task = RecurrenceOccurrence.get(RecurrenceOccurrence.recurrence == recurrence).task_id
    waiting = cast.orchard.columns[2]
    tasks.place(task, column_id=waiting, actor=cast.lev, at=NOW + timedelta(days=1))
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW + timedelta(days=2)}
    boards.edit_column(
        waiting, changes={"meaning": ColumnMeaning.DONE}, expected_version=None, **who
    )

    before, after = (promises(cast, NOW + timedelta(days=days))[0] for days in (1.5, 3))

    assert (before.halves[0].kept.done, after.halves[0].kept.done) == (0, 1)


def test_recurring_task_promises_its_times_and_only_since_it_is_there(cast: Cast) -> None:
    recurrence = add(cast, rule=RecurrenceKind.TIMES_PER_HALF, times=2)
    tick(TODAY)
    [task] = Task.select().where(Task.title == "Семинар")
    finish(cast, task.id, NOW + timedelta(days=2))

    [promise] = promises(cast, NOW + timedelta(days=3))

    assert (promise.recurrence_id, promise.times) == (recurrence, 2)
    assert counts(promise) == [(HalfYear(2024, 2), 1, False, False)]
    assert promises(cast, NOW + timedelta(days=3)) == (promise,)


def test_project_without_promises_has_none(cast: Cast) -> None:
    add(cast)

    assert promises(cast, NOW) == ()
