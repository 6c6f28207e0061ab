"""`pmo demo load`, and what the demo brings into the present."""

import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import peewee as pw
import pytest
from click.testing import Result

from pmo import db as pmo_db
from pmo import demo
from pmo.blobs import Store
from pmo.demo import present
from pmo.documents import portfolio_file
from pmo.domain import calendar, periods
from pmo.domain.vocabulary import NotificationKind, RecurrenceKind, Role, SprintState
from pmo.models import (
    Attachment,
    Event,
    Notification,
    Project,
    Recurrence,
    RecurrenceOccurrence,
    Sprint,
    SprintReport,
    Task,
    TaskAssignee,
    User,
)
from pmo.queries import sprint_reports
from pmo.services import passwords

Run = Callable[..., Result]


def test_the_demo_brings_projects_and_a_sign_in_for_each_role(pmo: Run, office: Path) -> None:
    result = pmo("demo", "load")

    password = (office / "demo_password").read_text()
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "Demo loaded: projects 7, tasks 122.",
        f"Demo sign-ins, password {password}:",
    ]
    assert stat.S_IMODE((office / "demo_password").stat().st_mode) == 0o600
    with pmo_db.connection():
        people = {user.login: user for user in User.select().where(User.is_demo)}
        others = User.select().where(~User.is_demo & (User.password_hash != "")).count()
    assert {login: user.role for login, user in people.items()} == demo.SIGN_INS
    assert set(demo.SIGN_INS.values()) == set(Role)
    assert all(passwords.matches(user.password_hash, password) for user in people.values())
    assert others == 0


@pytest.mark.one_database
def test_a_second_load_is_refused_or_does_nothing(pmo: Run) -> None:
    pmo("demo", "load")

    again, if_empty = pmo("demo", "load"), pmo("demo", "load", "--if-empty")

    assert again.exit_code == 1
    assert "There is a portfolio here already" in again.stderr
    assert (if_empty.exit_code, if_empty.output) == (0, "")


@pytest.mark.one_database
def test_where_somebody_has_begun_the_demo_does_not_come_by_itself(pmo: Run) -> None:
    pmo("user", "add", "anna", "--name", "Anna", "--role", "administrator")

    result = pmo("demo", "load", "--if-empty")

    with pmo_db.connection():
        assert (result.exit_code, Project.select().count()) == (0, 0)


@pytest.mark.one_database
def test_somebodys_own_account_is_not_opened_to_all(pmo: Run) -> None:
    pmo("user", "add", "admin", "--name", "Anna", "--role", "administrator")
    with pmo_db.connection():
        before = User.get(User.login == "admin").password_hash

    result = pmo("demo", "load")

    with pmo_db.connection():
        kept = User.get(User.login == "admin")
    assert result.exit_code == 0
    assert (kept.password_hash, kept.is_demo, kept.name) == (before, False, "Anna")
    assert "admin " not in result.stdout


@pytest.mark.one_database
def test_an_office_that_the_world_can_reach_gets_no_open_sign_ins_by_mistake(
    pmo: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMO_HTTPS", "1")

    refused, wanted = pmo("demo", "load", "--if-empty"), pmo("demo", "load", "--open-to-all")

    assert refused.exit_code == 1
    assert "PMO_HTTPS is on" in refused.stderr
    assert wanted.exit_code == 0


@pytest.mark.one_database
def test_as_written_keeps_the_years(pmo: Run) -> None:
    pmo("demo", "load", "--as-written")

    with pmo_db.connection():
        exported = portfolio_file.load(
            portfolio_file.export_file(format="yaml", actor=None, at=datetime.now(UTC)), "yaml"
        )
    written = portfolio_file.load(demo.FILE.read_bytes(), "yaml")
    assert exported["journal"] == written["journal"]
    assert exported["programmes"] == written["programmes"]


TODAY = (date(2026, 11, 22), date(2027, 9, 1), date(2027, 8, 31), date(2021, 11, 22))


@pytest.mark.parametrize("today", TODAY, ids=str)
@pytest.mark.one_database
def test_the_academic_year_of_the_demo_becomes_the_current_one(
    db: pw.Database, tmp_path: Path, today: date
) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)

    demo.load(today=today, at=now, data_dir=tmp_path, store=Store(tmp_path))

    first, last = calendar.academic_year_span(calendar.academic_year_of(today))
    due = [day for (day,) in Task.select(Task.due_on).tuples() if day is not None]
    latest = Event.select(Event.at).order_by(Event.at.desc()).first().at
    assert sum(first <= day <= last for day in due) >= 20
    assert latest <= now


@pytest.mark.parametrize("today", TODAY, ids=str)
@pytest.mark.one_database
def test_on_any_day_the_demo_has_something_due_late_and_untold(
    db: pw.Database, tmp_path: Path, today: date
) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    store = Store(tmp_path / "attachments")

    demo.load(today=today, at=now, data_dir=tmp_path, store=store)

    methodist = User.get(User.login == "methodist")
    mine = Task.select(Task.due_on).join(TaskAssignee).where(TaskAssignee.user == methodist)
    days = {(due_on - today).days for (due_on,) in mine.tuples() if due_on}
    told = Notification.select().where(Notification.user == methodist)
    assert {-1, 0, 2} <= days
    assert {it.kind for it in told} == {NotificationKind.ASSIGNMENT, NotificationKind.MENTION}
    assert all(store.has(it.sha256, it.size) for it in Attachment.select())
    assert Attachment.select().count() == 4


@pytest.mark.parametrize("today", TODAY, ids=str)
@pytest.mark.one_database
def test_on_any_day_a_sprint_of_the_demo_runs_after_three_that_are_closed(
    db: pw.Database, tmp_path: Path, today: date
) -> None:
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)

    demo.load(today=today, at=now, data_dir=tmp_path, store=Store(tmp_path))

    found = list(Sprint.select().order_by(Sprint.number))
    assert [(it.number, it.state.value) for it in found] == [
        (0, "closed"),
        (1, "closed"),
        (2, "closed"),
        (3, "active"),
        (4, "planned"),
        (5, "planned"),
    ]
    assert found[3].starts_on <= today <= found[3].ends_on
    assert all(it.starts_on.weekday() == 0 for it in found)
    reports = [SprintReport.get_by_id(it.id).data for it in found[:3]]
    assert [(it["said"], it["kept"], it["velocity"]) for it in reports] == [
        (17, 12, 16),
        (27, 16, 20),
        (27, 14, 14),
    ]
    assert [it["times"] for kept in reports for it in kept["left"]] == [1, 2, 0, 3, 0, 0]
    for sprint, kept in zip(found, reports, strict=False):
        later = sprint_reports.computed(sprint, as_of=now, zone=demo.ZONE)
        assert later == kept
    running = sprint_reports.computed(found[3], as_of=now, zone=demo.ZONE)
    assert running is not None
    assert (running["said"], running["velocity"]) == (23, 6)
    acts = Event.select().where(Event.kind == "sprint.closed")
    assert all(Event.get_by_id(it.act_id).at == it.at for it in acts)


@pytest.mark.one_database
def test_the_reports_of_the_file_are_what_the_product_computes(pmo: Run) -> None:
    pmo("demo", "load", "--as-written")

    with pmo_db.connection():
        for sprint in Sprint.select().where(Sprint.state == SprintState.CLOSED):
            kept = SprintReport.get_by_id(sprint.id).data
            at = sprint.closed_at
            assert sprint_reports.computed(sprint, as_of=at, zone=demo.ZONE) == kept


def test_what_is_planned_moves_by_whole_years_and_what_is_at_hand_by_days() -> None:
    """A task without a period is at hand: it lives by the day."""
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    planned = {
        "number": 1,
        "sprint": None,
        "text": "весной 2021 г.",
        "day": date(2024, 2, 29),
        "past": datetime(2021, 6, 15, 9, tzinfo=UTC),
        "ahead": datetime(2021, 12, 1, 9, tzinfo=UTC),
        "period": periods.parse("сентябрь – октябрь 2021 г."),
        "own": {"f1": "2021-11-22", "f2": "ИМЦ"},
    }
    at_hand = {**planned, "number": 2, "period": None}
    changes = {"due_on": [None, "2021-10-31"], "period": ["", "до 08.2022"]}
    journal = [
        event(2, datetime(2021, 11, 21, 9, tzinfo=UTC)),
        event(1, datetime(2021, 11, 21, 9, tzinfo=UTC), changes=changes),
    ]

    project = {"code": "A", "sprints": [], "tasks": [planned, at_hand]}
    moved = present.moved(
        {"projects": [project], "journal": journal},
        today=date(2026, 11, 23),
        now=now,
    )

    planned, at_hand = moved["projects"][0]["tasks"]
    assert planned == {
        "number": 1,
        "sprint": None,
        "text": "весной 2021 г.",
        "day": date(2029, 2, 28),
        "past": datetime(2026, 6, 15, 9, tzinfo=UTC),
        "ahead": now,
        "period": periods.parse("сентябрь – октябрь 2026 г."),
        "own": {"f1": "2026-11-22", "f2": "ИМЦ"},
    }
    assert at_hand["day"] == date(2029, 3, 1)
    assert at_hand["own"] == {"f1": "2026-11-23", "f2": "ИМЦ"}
    assert [told["task"] for told in moved["journal"]] == [1, 2]
    assert [told["at"].day for told in moved["journal"]] == [21, 22]
    assert moved["journal"][0]["data"]["changes"] == {
        "due_on": [None, "2026-10-31"],
        "period": ["", "до 08.2027"],
    }


def event(task: int, at: datetime, **data: Any) -> dict[str, Any]:
    return {"project": "A", "task": task, "kind": "task.edited", "at": at, "data": data}


def test_the_plan_of_every_year_comes_round_and_none_of_its_cards_twice(pmo: Run) -> None:
    pmo("demo", "load")

    assert pmo("tick").exit_code == 0

    with pmo_db.connection():
        yearly = Recurrence.select().where(Recurrence.rule == RecurrenceKind.YEARLY).count()
        of_plan = RecurrenceOccurrence.select().join(Recurrence)
        of_plan = of_plan.where(Recurrence.rule == RecurrenceKind.YEARLY)
        added = Event.select().where(Event.kind == "recurrence.added").count()
        assert (yearly, added) == (7, 8)
        assert 0 < of_plan.count() <= 14
        assert not of_plan.where(RecurrenceOccurrence.task.is_null()).exists()
