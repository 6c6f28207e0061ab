"""`pmo tick`, and the timer of `pmo serve`."""

import threading
from collections.abc import Callable
from datetime import timedelta

from click.testing import Result

from pmo import clock
from pmo import db as pmo_db
from pmo.cli.clockwork import start_timer
from pmo.models import Notification, Task
from tests.cast import assemble

Run = Callable[..., Result]
NO_TIME = timedelta(0)


def test_a_tick_reminds_and_a_second_one_only_when_it_is_due(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        assemble()
        Task.update(due_on=clock.now().date()).execute()

    results = [pmo("tick"), pmo("tick", "--if-due")]

    pmo_db.bind(database_url)
    with pmo_db.connection():
        told = Notification.select().count()
    assert [result.exit_code for result in results] == [0, 0]
    assert told == 1


def test_the_timer_goes_on_until_it_is_ended() -> None:
    thrice = threading.Semaphore(0)

    ended = start_timer(thrice.release, first=NO_TIME, every=timedelta(milliseconds=1))

    assert all(thrice.acquire(timeout=10) for _ in range(3))
    ended.set()
