"""What time brings: all of it, in turns."""

from datetime import date, datetime, timedelta

import peewee as pw
import pytest

from pmo.services import clockwork
from tests.cast import NOW

TODAY = date(2025, 1, 15)
EVERY = timedelta(minutes=5)


def test_of_several_processes_one_takes_the_turn(db: pw.Database) -> None:
    taken = [
        clockwork.take_turn(NOW + timedelta(minutes=minutes), every=EVERY)
        for minutes in (0, 0, 4, 5, 6, 10)
    ]

    assert taken == [True, False, False, True, False, True]


def test_one_fault_keeps_no_other_job_from_running(
    db: pw.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[date] = []

    def breaks(_at: datetime, _today: date) -> None:
        raise RuntimeError("broken")

    jobs = (breaks, lambda _at, today: done.append(today))
    monkeypatch.setattr(clockwork, "JOBS", jobs)

    with pytest.raises(ExceptionGroup):
        clockwork.tick(NOW, TODAY)

    assert done == [TODAY]


def test_every_job_runs_on_an_empty_office(db: pw.Database) -> None:
    clockwork.tick(NOW, TODAY)
