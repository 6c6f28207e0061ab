"""A worker beside the server: a process of its own, started again when it dies."""

import logging
import multiprocessing
import os
import threading
from types import TracebackType

from pmo.config import Settings
from pmo.jobs import worker

PAUSE = 5.0
"""Seconds before a worker that has died is started again."""

log = logging.getLogger("pmo.jobs")


class WorkerBeside:
    """Context in which a worker runs.

    It is forked, as the server's own processes are: so it shares their memory. Whoever opens it
    holds no connection, then or later.
    """

    def __init__(self, settings: Settings, *, pause: float = PAUSE) -> None:
        self._settings, self._pause = settings, pause
        self._ended = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._go_on, name="background", daemon=True)

    def __enter__(self) -> "WorkerBeside":
        self._watch.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._process.terminate()
        self._watch.join(worker.SECONDS_TO_END + 1)
        if self._process.is_alive():
            self._process.kill()

    def _start(self) -> multiprocessing.Process:
        process = multiprocessing.Process(
            target=worker.work, args=(self._settings, os.getpid()), name="background", daemon=True
        )
        process.start()
        return process

    def _go_on(self) -> None:
        while not self._ended.is_set():
            self._process.join()
            if self._ended.wait(self._pause):
                return
            log.error("the worker ended (%s), another is started", self._process.exitcode)
            self._process = self._start()
