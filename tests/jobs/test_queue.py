"""The queue: what is sent is done by a worker, again after a fault, and noted."""

import pickle
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import peewee as pw
import pytest

from pmo.config import Settings
from pmo.jobs.queue import RETRIES, Background, Carrier
from pmo.models import ClockTurn
from pmo.services import clockwork, errands
from tests.cast import NOW

Step = Callable[[], None]


def lay(*, egg: int) -> None:
    if egg < 0:
        raise ValueError(egg)
    LAID.append(egg)


LAID: list[int] = []
NAME = errands.name_of(lay)


@pytest.fixture
def background(
    db: pw.Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Background]:
    """Open a queue that knows one errand."""
    monkeypatch.setattr(clockwork, "ERRANDS", (lay,))
    LAID.clear()
    made = Background(settings)
    made.huey.storage.read_timeout = 0.1
    yield made
    made.huey.storage.flush_all()
    made.huey.storage.close()


def work(background: Background) -> None:
    """Do one thing of the queue as a worker does: in a thread with its own connection."""

    def one() -> None:
        background.huey.execute(background.huey.dequeue())

    thread = threading.Thread(target=one)
    thread.start()
    thread.join()


def left(background: Background) -> tuple[int, int, int]:
    storage = background.huey.storage
    return storage.queue_size(), storage.schedule_size(), storage.result_store_size()


def test_an_errand_of_another_process_is_done_and_leaves_nothing(
    background: Background, settings: Settings
) -> None:
    Carrier(settings)(NAME, {"egg": 3})

    work(background)

    assert LAID == [3]
    assert left(background) == (0, 0, 0)
    assert ClockTurn.get_by_id(NAME).failures == 0


def test_an_errand_that_fails_waits_to_be_done_again_and_the_log_says_why(
    background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    background.send(NAME, {"egg": -1})

    work(background)

    [waiting] = background.huey.scheduled()
    assert waiting.retries == RETRIES - 1
    assert left(background) == (0, 1, 0)
    assert ClockTurn.get_by_id(NAME).fault == "ValueError: -1"
    assert any(record.exc_info for record in caplog.records)


def test_an_errand_that_no_worker_knows_is_refused(background: Background) -> None:
    with pytest.raises(LookupError):
        background.send("os.system", {"command": "true"})

    assert left(background) == (0, 0, 0)


def test_a_tick_sends_what_is_due_and_another_finds_it_done(
    background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Any] = []

    def breathe(at: Any, _today: Any) -> None:
        done.append(at.utcoffset())

    monkeypatch.setattr(clockwork, "JOBS", (clockwork.daily(breathe),))
    [tick] = background.huey.read_periodic(NOW)
    background.huey.enqueue(tick)
    background.huey.enqueue(tick)  # of the worker on another machine

    for _ in range(4):
        work(background)

    assert len(done) == 1
    assert done[0] is not None
    assert left(background) == (0, 0, 0)


def test_what_is_not_signed_by_this_office_is_not_even_read(
    background: Background, settings: Settings
) -> None:
    forged = pickle.dumps(("id", "errand"))
    background.huey.storage.enqueue(forged)
    with pytest.raises(ValueError, match="Separator"):
        background.huey.dequeue()

    other = Background(replace(settings, secret_key="x" * 40))
    other.send(NAME, {"egg": 3})

    assert background.huey.storage.queue_size() == 0
    assert other.huey.storage.queue_size() == 1
    other.huey.storage.flush_all()
    other.huey.storage.close()
