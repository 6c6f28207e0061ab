"""What time brings: each of it in its turn, again after a fault, and noted."""

import threading
from datetime import date, datetime, timedelta

import peewee as pw
import pytest

from pmo import db as pmo_db
from pmo.models import ClockTurn
from pmo.queries import background
from pmo.services import clockwork
from pmo.services.clockwork import Job, daily, often
from tests.cast import NOW

MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
Calls = list[tuple[str, datetime]]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Put two jobs in place of the real ones, and note their calls."""
    calls: Calls = []

    def breathe(at: datetime, _today: date) -> None:
        calls.append(("breathe", at))

    def sweep(at: datetime, _today: date) -> None:
        calls.append(("sweep", at))

    monkeypatch.setattr(clockwork, "JOBS", (often(breathe), daily(sweep)))
    return calls


def tick_at(*moments: timedelta) -> None:
    for moment in moments:
        clockwork.tick_if_due(MIDNIGHT + moment, minutes=5)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def broken(at: datetime, today: date) -> None:
    raise RuntimeError("no such thing")


def test_each_is_done_once_in_its_turn_and_what_was_missed_as_soon_as_it_can(
    db: pw.Database, done: Calls
) -> None:
    tick_at(*map(minutes, (1, 1.5, 4.9, 5, 6, 60 * 30, 60 * 30 + 1)))

    told = [(name, (at - MIDNIGHT) / minutes(1)) for name, at in done]
    assert told == [
        ("breathe", 1),
        ("sweep", 1),
        ("breathe", 5),
        ("breathe", 1800),
        ("sweep", 1800),
    ]


def test_a_clock_that_runs_behind_does_nothing_again(db: pw.Database, done: Calls) -> None:
    tick_at(minutes(5.1), minutes(4.9), minutes(5.2))

    assert [name for name, _ in done] == ["breathe", "sweep"]


def test_what_another_is_at_is_left_to_it(db: pw.Database, done: Calls) -> None:
    def run() -> None:
        with pmo_db.connection():
            clockwork.run("test_clockwork.breathe", NOW, minutes=5)

    with pmo_db.alone("test_clockwork.breathe"):
        other = threading.Thread(target=run)
        other.start()
        other.join()
    before = list(done)
    clockwork.run("test_clockwork.breathe", NOW, minutes=5)

    assert (before, done) == ([], [("breathe", NOW)])


def test_one_fault_keeps_no_other_job_from_running_and_is_noted(
    db: pw.Database,
    done: Calls,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(clockwork, "JOBS", (daily(broken), *clockwork.JOBS))

    tick_at(*map(minutes, (1, 2, 5, 6, 10)))  # three turns of five minutes

    row = ClockTurn.get_by_id("test_clockwork.broken")
    expected = background.Expected(clockwork.names(), 5)
    assert [name for name, _ in done] == ["breathe", "sweep", "breathe", "breathe"]
    assert (row.failures, row.fault) == (3, "RuntimeError: no such thing")
    assert [record.message for record in caplog.records] == [
        "job failed name=test_clockwork.broken"
    ] * 3
    assert background.failing(expected)[1] == {
        "said": "test_clockwork.broken (3): RuntimeError: no such thing"
    }


def test_what_goes_well_again_is_forgiven(
    db: pw.Database, done: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    clockwork.note("test_clockwork.sweep", MIDNIGHT - minutes(9), RuntimeError("no"))

    tick_at(minutes(1))

    row = ClockTurn.get_by_id("test_clockwork.sweep")
    assert (row.failures, row.fault, row.done_at) == (0, "", MIDNIGHT + minutes(1))


@pytest.mark.parametrize(("passed", "told"), [(15, {}), (16, {"minutes": 16})])
def test_silence_is_told_after_three_turns(
    db: pw.Database, done: Calls, passed: int, told: dict[str, int]
) -> None:
    expected = background.Expected(clockwork.names(), 5)
    assert background.silence(NOW, expected) == ("", {})  # an office that never served

    tick_at(minutes(5))

    assert background.silence(MIDNIGHT + minutes(5 + passed), expected)[1] == told


def test_every_job_runs_on_an_empty_office_also_twice(db: pw.Database) -> None:
    assert clockwork.tick(NOW) == clockwork.tick(NOW) == []


def test_the_names_of_the_background_are_its_own_and_fit_their_column() -> None:
    jobs: list[Job] = list(clockwork.JOBS)

    assert len(clockwork.names()) == len(jobs) + len(clockwork.ERRANDS)
    assert max(map(len, clockwork.names())) <= ClockTurn.name.max_length
