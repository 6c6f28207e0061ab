"""The queue: huey's, in a file of the data directory, or on the server of the database.

Three tasks in all. `tick` comes every minute in every worker and sends each job that is due; `job`
does one, in one process in each turn (`clockwork.run`); `errand` is what a request left to do.
"""

import hashlib
from datetime import datetime
from typing import Any

from huey import CySqliteHuey, PostgresHuey
from huey.api import Huey, Task
from huey.serializer import SignedSerializer
from huey.signals import SIGNAL_ERROR

from pmo import clock, db
from pmo.config import Settings
from pmo.services import clockwork, errands

FILE = "jobs.sqlite3"
RETRIES = 5
PAUSE = 10
"""Seconds before the first retry; each further pause is twice as long: five minutes in all."""

STALE = 50
"""Seconds after which a tick that nobody took is forgotten: the next one is there."""

LAYING_OUT = 0x6C6179
"""Key of the lock that lets one process at a time make huey's tables."""


class Background:
    """An office's queue with its tasks; makes huey's tables if they are missing.

    Offices of several machines share it if they share their secret key: what is in it is signed.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known = {errands.name_of(do): do for do in clockwork.ERRANDS}
        self.huey = queue = _open(settings)
        self._job = queue.task(name="job")(self._do_job)
        self._errand = queue.task(
            name="errand", retries=RETRIES, retry_delay=PAUSE, retry_backoff=2, priority=1
        )(self._do_errand)
        queue.periodic_task(_every_minute, name="tick", expires=STALE)(self._send_due)
        queue.signal(SIGNAL_ERROR)(self._note_fault)

    def send(self, name: str, facts: dict[str, Any]) -> None:
        """Put an errand into the queue. Raises LookupError for one that no worker knows."""
        if name not in self._known:
            raise LookupError(name)
        self._errand(name, facts)

    def _send_due(self) -> None:
        with db.connection():
            due = clockwork.due(self._now(), minutes=self._settings.background_minutes)
        for job in due:
            self._job(job.name)

    def _do_job(self, name: str) -> None:
        with db.connection():
            clockwork.run(name, self._now(), minutes=self._settings.background_minutes)

    def _do_errand(self, name: str, facts: dict[str, Any]) -> None:
        with db.connection():
            self._known[name](**facts)
            clockwork.note(name, self._now())

    def _note_fault(self, _signal: str, task: Task, fault: BaseException) -> None:
        """Note an errand that failed; huey logs it, and does it again."""
        if task.name == "errand":
            with db.connection():
                clockwork.note(task.args[0], self._now(), fault)

    def _now(self) -> datetime:
        return clock.now().astimezone(self._settings.timezone)


def _every_minute(_moment: datetime) -> bool:
    return True


def _open(settings: Settings) -> Huey:
    key = hashlib.sha256(settings.secret_key.encode()).hexdigest()[:8]
    common: dict[str, Any] = {
        "name": f"pmo-{key}",
        "results": False,
        "serializer": SignedSerializer(secret=settings.secret_key, salt="pmo.jobs"),
    }
    if settings.database_url.startswith("sqlite:"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        return CySqliteHuey(filename=str(settings.data_dir / FILE), **common)
    queue = PostgresHuey(dsn=settings.database_url, create_tables=False, **common)
    _lay_out(queue)
    return queue


def _lay_out(queue: Huey) -> None:
    """Make huey's tables, which two processes at once may not."""
    storage = queue.storage
    with storage.db(commit=True) as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LAYING_OUT,))
        for statement in storage.ddl:
            cursor.execute(statement)


class Carrier:
    """Puts errands into the queue, which it opens when the first one comes.

    It keeps no connection: errands are rare, and the process may be forked.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._background: Background | None = None

    def __call__(self, name: str, facts: dict[str, Any]) -> None:
        """Send one."""
        if self._background is None:
            self._background = Background(self._settings)
        try:
            self._background.send(name, facts)
        finally:
            self._background.huey.storage.close()
