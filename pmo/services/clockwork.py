"""What time brings, as one list, and who does each of it: one process in each turn.

The worker of `pmo serve` and `pmo work` looks through the list every minute; so does `pmo tick`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pmo.db import alone, rows, transaction
from pmo.domain.rhythms import Rhythm, due_since
from pmo.models import ClockTurn
from pmo.services import (
    automation_runs,
    errands,
    flow_days,
    notifications,
    recurring_cards,
    waiting_cards,
)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_FAULT = 300

log = logging.getLogger("pmo.clock")

Work = Callable[[datetime, date], None]
"""Gets the moment by the clock of the office and its day, opens its own transactions, and does
nothing twice however often it runs: it may be told to by hand, and is again after a fault."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that time brings."""

    name: str
    do: Work
    rhythm: Rhythm


def often(do: Work) -> Job:
    """Have it done every few minutes, PMO_BACKGROUND_MINUTES."""
    return Job(errands.name_of(do), do, Rhythm.OFTEN)


def daily(do: Work) -> Job:
    """Have it done once a day, soon after the office's midnight."""
    return Job(errands.name_of(do), do, Rhythm.DAILY)


JOBS: tuple[Job, ...] = (
    often(waiting_cards.catch_up),
    often(recurring_cards.make_due),
    often(notifications.remind),
    often(automation_runs.run_due),
    daily(flow_days.keep),
    daily(notifications.trim),
    daily(automation_runs.trim),
)
"""In the order in which they are done."""

ERRANDS: tuple[errands.Errand, ...] = (waiting_cards.redraw_again,)
"""What `errands.send` may be given."""


def names() -> set[str]:
    """Return under which names jobs and errands are noted."""
    return {job.name for job in JOBS} | {errands.name_of(errand) for errand in ERRANDS}


def due(at: datetime, *, minutes: int) -> list[Job]:
    """Return the jobs that nobody has done in their present turn; `at` by the office's clock.

    What failed is due again in the next turn of the frequent ones. One statement.
    """
    turns = {name: (done_at, tried_at) for name, done_at, tried_at in rows(_TURNS)}
    again = due_since(Rhythm.OFTEN, at, minutes=minutes)

    def is_due(job: Job) -> bool:
        done_at, tried_at = turns.get(job.name, (NEVER, None))
        since = due_since(job.rhythm, at, minutes=minutes)
        return done_at < since and (tried_at is None or tried_at < again)

    return [job for job in JOBS if is_due(job)]


_TURNS = ClockTurn.select(ClockTurn.name, ClockTurn.done_at, ClockTurn.tried_at)


def run(name: str, at: datetime, *, minutes: int) -> None:
    """Do a job if it is due and nobody else is at it. A fault is logged and noted, not raised."""
    with alone(name) as is_ours:
        for job in due(at, minutes=minutes) if is_ours else ():
            if job.name == name:
                _do(job, at)


def tick(at: datetime) -> list[str]:
    """Do all of it, due or not, after whoever is at it; return the names of what failed."""
    failed = []
    for job in JOBS:
        with alone(job.name, wait=True):
            if not _do(job, at):
                failed.append(job.name)
    return failed


def tick_if_due(at: datetime, *, minutes: int) -> None:
    """Do what is due and nobody else is at."""
    for job in due(at, minutes=minutes):
        run(job.name, at, minutes=minutes)


def _do(job: Job, at: datetime) -> bool:
    try:
        job.do(at, at.date())
    except Exception as fault:
        log.exception("job failed name=%s", job.name)
        note(job.name, at, fault)
        return False
    note(job.name, at)
    return True


def note(name: str, at: datetime, fault: BaseException | None = None) -> None:
    """Note that something was done, or why it failed; `pmo doctor` reads it."""
    done = {"done_at": at, "tried_at": at, "failures": 0, "fault": ""}
    failed = {
        "tried_at": at,
        "failures": ClockTurn.failures + 1,
        "fault": f"{type(fault).__name__}: {fault}"[:LONGEST_FAULT],
    }
    with transaction():
        ClockTurn.insert(name=name, done_at=NEVER).on_conflict_ignore().execute()
        mine = ClockTurn.name == name
        ClockTurn.update(failed if fault else done).where(mine).execute()
