"""`pmo tick` and `pmo work`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pmo import clock
from pmo import db as pmo_db
from pmo.models import ClockTurn, Notification, Task
from pmo.services import clockwork
from tests.cast import assemble

Run = Callable[..., Result]


@pytest.fixture
def reminders(pmo: Run, database_url: str) -> Callable[[], int]:
    """Have a card due today; return what counts the reminders of it."""
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assemble()
        Task.update(due_on=clock.now().date()).execute()
    pmo_db.database.close_all()

    def count() -> int:
        pmo_db.bind(database_url)
        with pmo_db.connection():
            number: int = Notification.select().count()
        pmo_db.database.close_all()
        return number

    return count


def test_a_tick_reminds_and_another_finds_nothing_to_do(
    pmo: Run, reminders: Callable[[], int]
) -> None:
    results = [pmo("tick", "--if-due"), pmo("tick", "--if-due"), pmo("tick")]

    assert [result.exit_code for result in results] == [0, 0, 0]
    assert reminders() == 1


def test_a_tick_that_fails_says_what_failed(pmo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_at: object, _today: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(clockwork, "JOBS", (clockwork.often(break_down),))

    result = pmo("tick")

    assert result.exit_code == 1
    assert result.stderr == "Error: Failed: test_clockwork.break_down.\n"


def test_a_worker_does_what_is_due_at_once_and_ends_when_told(
    pmo: Run, reminders: Callable[[], int], database_url: str
) -> None:
    command = [str(Path(sys.executable).with_name("pmo")), "work"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)  # noqa: S603
    try:
        deadline = time.monotonic() + 30
        while turns(database_url) < len(clockwork.JOBS) and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=15)

    assert reminders() == 1
    assert process.returncode == 0
    assert said == "Background work is done here. Ctrl+C ends it.\n"


def turns(database_url: str) -> int:
    """Count the jobs that were done."""
    pmo_db.bind(database_url)
    with pmo_db.connection():
        number: int = ClockTurn.select().where(ClockTurn.tried_at.is_null(False)).count()
    pmo_db.database.close_all()
    return number
