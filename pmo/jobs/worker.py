"""The worker: takes from the queue what is in it, one after another, until it is told to end."""

import os
import signal

from huey.consumer import Consumer, ConsumerStopped

from pmo import db
from pmo.config import Settings
from pmo.jobs.queue import Background
from pmo.services import errands

LONGEST_PAUSE = 1.0
"""Seconds between two looks into a queue in a file."""

LONGEST_SILENCE = 20.0
"""PostgreSQL tells by itself: seconds between two tries to reach it after it has gone."""

SECONDS_TO_END = 4
"""A job that has not ended by then is broken off: its transaction is undone, its lock is free."""


def work(settings: Settings, parent: int | None = None) -> None:
    """Work until SIGTERM or Ctrl+C; beside a server, whose number is `parent`, until that ends.

    Binds the office's database; one thread, hence one thing at a time in each worker.
    """
    db.bind(settings.database_url)
    background = Background(settings)
    errands.carry_by(background.send)
    try:
        _Worker(background, parent).run()
    finally:
        background.huey.storage.close()
        db.database.close_all()


class _Worker(Consumer):
    """Ends in order on either signal, and never restarts itself by its command line."""

    def __init__(self, background: Background, parent: int | None) -> None:
        super().__init__(
            background.huey,
            workers=1,
            max_delay=LONGEST_SILENCE if background.huey.storage.blocking else LONGEST_PAUSE,
            shutdown_timeout=SECONDS_TO_END,
        )
        self._parent = parent
        self._signal_actions = {signal.SIGTERM: (False, True), signal.SIGINT: (False, True)}
        self._stop_flag_timeout = 0.25

    def _set_signal_handlers(self) -> None:
        super()._set_signal_handlers()
        if self._parent is not None:  # Ctrl+C reaches all of them; the server tells its own
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def loop(self, health_check_ts: float | None = None) -> float | None:
        """Look around; end with the server, however that ended."""
        if self._parent is not None and os.getppid() != self._parent:
            self.stop(graceful=True)
            raise ConsumerStopped
        checked_at: float | None = super().loop(health_check_ts)
        return checked_at
