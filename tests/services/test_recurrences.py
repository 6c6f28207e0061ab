"""Recurring tasks: setting them up, and the cards that the clock makes of them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pmo import db as pmo_db
from pmo.domain.recurrences import Occurrence
from pmo.domain.vocabulary import Gate, NotificationKind, OccurrenceOutcome, RecurrenceKind
from pmo.errors import (
    AlreadyRecurring,
    Forbidden,
    Invalid,
    NotFound,
    StaleVersion,
    TooMany,
)
from pmo.models import (
    ChecklistItem,
    Column,
    Event,
    Membership,
    Notification,
    Project,
    Recurrence,
    RecurrenceAssignee,
    RecurrenceOccurrence,
    Task,
    User,
)
from pmo.queries import doctor
from pmo.services import boards, memberships, recurrences, recurring_cards, tasks
from tests.cast import NOW, Cast

TODAY = NOW.date()
TICKS = 8


def add(cast: Cast, login: str = "lev", **values: Any) -> int:
    given = {
        "title": "Совещание",
        "column_id": cast.orchard.columns[0],
        "rule": RecurrenceKind.MONTHLY,
        "starts_on": TODAY,
        **values,
    }
    who = {"actor": cast.actor(login), "at": NOW, "today": TODAY}
    return recurrences.add(cast.orchard.project, values=given, **who).recurrence_id


def tick(day: date) -> None:
    recurring_cards.make_due(NOW + (day - TODAY), day)


def made(recurrence_id: int) -> list[Task]:
    own = RecurrenceOccurrence.recurrence == recurrence_id
    return list(
        Task.select().join(RecurrenceOccurrence).where(own).order_by(RecurrenceOccurrence.due_on)
    )


def outcomes(recurrence_id: int) -> list[tuple[str, str]]:
    own = RecurrenceOccurrence.recurrence == recurrence_id
    found = RecurrenceOccurrence.select().where(own).order_by(RecurrenceOccurrence.due_on)
    return [(it.key, it.outcome.value) for it in found]


def kinds() -> list[str]:
    return [event.kind for event in Event.select().order_by(Event.id)]


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def test_card_carries_all_that_its_recurring_task_says(cast: Cast) -> None:
    recurrence = add(
        cast,
        description="**План**",
        stage_id=cast.orchard.stages[1],
        plan_number="1.2",
        weight=3,
        expected_result="Протокол",
        responsible="методист",
        assignee_ids=[cast.mila.user_id, cast.lev.user_id],
        label_ids=[cast.orchard.labels[0]],
        checklist=["Повестка", "Зал"],
        rule=RecurrenceKind.YEARLY,
        month_from=10,
        month_to=2,
    )

    tick(TODAY)

    [task] = made(recurrence)
    event = Event.get(Event.kind == "task.created")
    assert (task.title, task.number, task.weight, task.plan_number) == ("Совещание", 4, 3, "1.2")
    assert (task.period_text, task.due_on) == ("10.2024 – 02.2025", date(2025, 2, 28))
    assert (task.starts_on, task.ends_on) == (date(2024, 10, 1), date(2025, 2, 28))
    assert (task.expected_result, task.responsible, task.stage_id) == (
        "Протокол",
        "методист",
        cast.orchard.stages[1],
    )
    texts = ChecklistItem.select(ChecklistItem.text).where(ChecklistItem.task == task)
    assert [text for (text,) in texts.order_by(ChecklistItem.position).tuples()] == [
        "Повестка",
        "Зал",
    ]
    assert (task.checklist_total, task.checklist_done) == (2, 0)
    assert (event.actor_id, event.data["recurrence"], event.data["occurrence"]) == (
        None,
        "r1",
        "year:2024",
    )
    assert event.data["assignees"] == ["lev", "mila"]
    assert "rule" not in event.data
    told = Notification.select().where(Notification.kind == NotificationKind.ASSIGNMENT)
    assert {it.user_id for it in told} == {cast.mila.user_id, cast.lev.user_id}
    assert wrong() == []


def test_card_is_made_once_however_often_the_job_runs(cast: Cast) -> None:
    recurrence = add(cast)

    for _ in range(3):
        tick(TODAY)

    assert len(made(recurrence)) == 1
    assert kinds().count("task.created") == 1


def test_card_comes_so_many_days_ahead(cast: Cast) -> None:
    recurrence = add(cast, starts_on=date(2025, 2, 1), days_ahead=5)

    tick(date(2025, 1, 26))
    before = len(made(recurrence))
    tick(date(2025, 1, 27))

    assert before == 0
    assert [task.due_on for task in made(recurrence)] == [date(2025, 2, 28)]


def test_leap_over_months_makes_what_still_runs_and_notes_what_passed(cast: Cast) -> None:
    recurrence = add(cast, until=date(2025, 5, 31))
    tick(TODAY)

    tick(date(2025, 4, 10))
    tick(date(2026, 4, 10))

    assert outcomes(recurrence) == [
        ("month:2025-01", "made"),
        ("month:2025-02", "skipped"),
        ("month:2025-03", "skipped"),
        ("month:2025-04", "made"),
        ("month:2025-05", "skipped"),
    ]
    skipped = Event.select().where(Event.kind == "recurrence.skipped").order_by(Event.id)
    assert [event.data["occurrence"] for event in skipped] == [
        "month:2025-02",
        "month:2025-03",
        "month:2025-05",
    ]
    told = Notification.select().where(Notification.kind == NotificationKind.CYCLOGRAM)
    assert [(it.user_id, it.text) for it in told] == [(cast.lev.user_id, "Совещание")] * 2


@pytest.mark.parametrize("kind", RecurrenceKind)
def test_leap_through_years_leaves_one_row_for_each_time(cast: Cast, kind: RecurrenceKind) -> None:
    needed = {"month_from": 10, "month_to": 2, "times": 2}
    recurrence = add(cast, rule=kind, starts_on=date(2025, 2, 1), **needed)

    for years in range(1, 4):
        tick(TODAY + timedelta(days=365 * years))
    tick(TODAY + timedelta(days=365 * 3))

    found = outcomes(recurrence)
    expected = {"yearly": 4, "weekly": 61, "first_working_day": 15, "monthly": 15}
    assert len(found) == len(set(found))
    assert len(found) == expected.get(kind.value, len(found))
    assert {outcome for _key, outcome in found} <= {"made", "skipped"}


def test_pause_makes_nothing_and_what_was_due_meanwhile_does_not_come(cast: Cast) -> None:
    recurrence = add(cast)
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW}
    recurrences.switch(recurrence, is_on=False, expected_version=1, today=TODAY, **who)
    tick(TODAY)
    tick(date(2025, 2, 10))
    paused = outcomes(recurrence)

    later = date(2025, 4, 10)
    recurrences.switch(recurrence, is_on=True, expected_version=2, today=later, **who)
    tick(later)

    assert paused == []
    assert outcomes(recurrence) == [("month:2025-04", "made")]
    assert kinds()[:3] == ["recurrence.added", "recurrence.paused", "recurrence.resumed"]


@pytest.mark.parametrize("gate", [Gate.SUSPENDED, Gate.CLOSED, Gate.DECLINED])
def test_project_at_rest_gets_no_cards(cast: Cast, gate: Gate) -> None:
    recurrence = add(cast)
    Project.update(gate=gate).where(Project.id == cast.orchard.project).execute()

    tick(TODAY)

    assert outcomes(recurrence) == []


def test_full_column_holds_a_card_until_there_is_room_and_says_why(cast: Cast) -> None:
    recurrence = add(cast, column_id=cast.orchard.columns[1])
    for task in cast.orchard.tasks:
        tasks.place(task, column_id=cast.orchard.columns[1], actor=cast.lev, at=NOW)

    tick(TODAY)
    tick(TODAY)
    held = RecurrenceOccurrence.get()
    tasks.place(cast.orchard.tasks[0], column_id=cast.orchard.columns[0], actor=cast.lev, at=NOW)
    tick(TODAY)

    assert held.outcome is OccurrenceOutcome.HELD
    assert held.note["code"] == "wip_limit_reached"
    assert kinds().count("recurrence.held") == 1
    assert outcomes(recurrence) == [("month:2025-01", "made")]
    assert RecurrenceOccurrence.get().note == {}
    assert wrong() == []


def test_what_was_held_to_the_end_of_its_period_is_noted_with_the_reason(cast: Cast) -> None:
    recurrence = add(cast, until=date(2025, 1, 31))
    others = Column.board == cast.orchard.board
    Column.update(meaning="done").where(others).execute()
    Recurrence.update(column=None).execute()

    tick(TODAY)
    held = outcomes(recurrence)
    tick(date(2025, 2, 1))

    assert held == [("month:2025-01", "held")]
    assert outcomes(recurrence) == [("month:2025-01", "skipped")]
    assert RecurrenceOccurrence.get().note["code"] == "no_column_for_cards"


def test_removed_column_sends_cards_to_the_first_one(cast: Cast) -> None:
    recurrence = add(cast, column_id=cast.orchard.columns[2])
    boards.remove_column(cast.orchard.columns[2], expected_version=None, actor=cast.lev, at=NOW)

    tick(TODAY)

    assert Recurrence.get_by_id(recurrence).column_id is None
    assert [task.column_id for task in made(recurrence)] == [cast.orchard.columns[0]]


def test_who_left_or_was_disabled_gets_no_card_and_is_named(cast: Cast) -> None:
    people = [cast.mila.user_id, cast.olga.user_id, cast.lev.user_id]
    recurrence = add(cast, assignee_ids=people)
    memberships.remove(cast.orchard.project, user_id=cast.mila.user_id, actor=cast.lev, at=NOW)
    User.update(is_active=False).where(User.login == "olga").execute()

    tick(TODAY)

    event = Event.get(Event.kind == "task.created")
    assert event.data["assignees"] == ["lev"]
    assert event.data["left"] == ["mila", "olga"]
    assert RecurrenceOccurrence.get().note == {"left": ["mila", "olga"]}
    assert (
        RecurrenceAssignee.select().where(RecurrenceAssignee.recurrence == recurrence).count() == 3
    )


def test_card_made_recurring_stands_for_its_own_time(cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    Task.update(due_on=date(2025, 2, 28)).where(Task.id == task).execute()
    values = {
        "title": "Task",
        "column_id": cast.orchard.columns[0],
        "rule": RecurrenceKind.YEARLY,
        "month_from": 10,
        "month_to": 2,
        "starts_on": date(2024, 9, 1),
    }
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW, "today": TODAY}

    added = recurrences.add_of_task(task, values=values, **who)
    tick(TODAY)

    assert [it.id for it in made(added.recurrence_id)] == [task]
    event = Event.get(Event.kind == "recurrence.added")
    assert (event.task_id, event.data["occurrence"]) == (task, "year:2024")
    with pytest.raises(AlreadyRecurring):
        recurrences.add_of_task(task, values=values, **who)


def test_edit_is_written_with_its_changes_and_only_over_the_version_seen(cast: Cast) -> None:
    recurrence = add(cast, assignee_ids=[cast.mila.user_id])
    who: dict[str, Any] = {"actor": cast.lev, "at": NOW}
    changes = {
        "title": "Семинар",
        "rule": RecurrenceKind.WEEKLY,
        "weekdays": [5, 1],
        "checklist": ["Зал"],
        "until": date(2025, 5, 31),
        "column_id": cast.orchard.columns[1],
    }

    recurrences.edit(recurrence, changes, expected_version=1, **who)
    recurrences.edit(recurrence, {"title": "Семинар"}, expected_version=2, **who)

    event = Event.get(Event.kind == "recurrence.edited")
    assert event.data["changes"] == {
        "title": ["Совещание", "Семинар"],
        "column": ["c1", "c2"],
        "checklist": [[], ["Зал"]],
        "rule": ["monthly", "weekly"],
        "weekdays": [[], [1, 5]],
        "until": [None, "2025-05-31"],
    }
    assert kinds().count("recurrence.edited") == 1
    assert Recurrence.get_by_id(recurrence).version == 2
    with pytest.raises(StaleVersion):
        recurrences.edit(recurrence, {"title": "X"}, expected_version=1, **who)


def test_who_left_stays_on_the_list_while_it_is_not_edited(cast: Cast) -> None:
    recurrence = add(cast, assignee_ids=[cast.mila.user_id])
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    recurrences.edit(
        recurrence, {"title": "Семинар"}, expected_version=None, actor=cast.lev, at=NOW
    )

    assert RecurrenceAssignee.select().count() == 1


def test_removal_leaves_the_cards(cast: Cast) -> None:
    recurrence = add(cast)
    tick(TODAY)
    task = made(recurrence)[0].id

    recurrences.remove(recurrence, expected_version=1, actor=cast.lev, at=NOW)
    fresh = add(cast)

    assert Task.get_by_id(task).title == "Совещание"
    assert Event.get(Event.kind == "recurrence.removed").data == {
        "recurrence": "r1",
        "title": "Совещание",
        "cards": 1,
    }
    assert Recurrence.get_by_id(fresh).key == "r2"


def test_order_is_that_of_the_table(cast: Cast) -> None:
    first, second, third = (add(cast, title=title) for title in "ABC")

    recurrences.place(third, before_id=first, actor=cast.lev, at=NOW)

    order = [row.title for row in Recurrence.select().order_by(Recurrence.position)]
    assert order == ["C", "A", "B"]
    assert Event.get(Event.kind == "recurrence.edited").data == {
        "recurrence": "r3",
        "before": "r1",
    }
    assert second


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"rule": RecurrenceKind.YEARLY}, Invalid),
        ({"until": TODAY - timedelta(days=1)}, Invalid),
        ({"column_id": "done"}, Invalid),
        ({"column_id": "foreign"}, NotFound),
        ({"stage_id": "foreign"}, NotFound),
        ({"label_ids": "foreign"}, NotFound),
        ({"assignee_ids": "foreign"}, NotFound),
    ],
)
def test_values_that_do_not_fit_are_refused(
    cast: Cast, values: dict[str, Any], error: type[Exception]
) -> None:
    foreign = {
        "column_id": cast.harbour.columns[0],
        "stage_id": cast.harbour.stages[0],
        "label_ids": cast.harbour.labels,
        "assignee_ids": [cast.clea.user_id],
    }
    said = {name: foreign[name] if value == "foreign" else value for name, value in values.items()}
    said |= {"column_id": cast.orchard.columns[3]} if values.get("column_id") == "done" else {}

    with pytest.raises(error):
        add(cast, **said)
    assert Event.select().count() == 0


def test_a_project_has_only_so_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmo.domain.recurrences.MOST_RECURRENCES", 1)
    add(cast)

    with pytest.raises(TooMany):
        add(cast)


@pytest.mark.parametrize("login", ["mila", "olga"])
def test_only_who_edits_the_project_sets_it_up(cast: Cast, login: str) -> None:
    with pytest.raises(Forbidden):
        add(cast, login=login)


def test_stranger_finds_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        add(cast, login="clea")


def at_once(work: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads make cards, each having seen that none is there yet."""
    start = threading.Barrier(TICKS)
    look = recurring_cards._settled

    def look_together() -> Any:
        seen = look()
        start.wait()
        return seen

    monkeypatch.setattr(recurring_cards, "_settled", look_together)

    def one(number: int) -> None:
        with pmo_db.connection():
            work(number)

    with ThreadPoolExecutor(TICKS) as pool:
        list(pool.map(one, range(TICKS)))


def test_eight_at_once_make_each_card_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [add(cast, title=f"Дело {number}") for number in range(3)]

    at_once(lambda _number: tick(TODAY), monkeypatch)

    assert [len(made(recurrence)) for recurrence in several] == [1, 1, 1]
    assert kinds().count("task.created") == 3
    assert RecurrenceOccurrence.select().count() == 3
    assert wrong() == []


def test_without_the_unique_key_eight_at_once_would_make_eight(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: the threads do meet, and only the key parts them."""
    add(cast)
    settle = recurrences.settle

    def settle_apart(recurrence_id: int, occurrence: Occurrence, *args: Any, **values: Any) -> bool:
        own = replace(occurrence, key=f"{occurrence.key}-{threading.get_ident()}"[:32])
        return settle(recurrence_id, own, *args, **values)

    monkeypatch.setattr(recurring_cards, "settle", settle_apart)

    at_once(lambda _number: tick(TODAY), monkeypatch)

    assert kinds().count("task.created") == TICKS
