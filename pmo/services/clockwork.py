"""What time brings, as one list: `pmo tick`, and `pmo serve` every few minutes, go through it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pmo.db import rows, transaction
from pmo.models import ClockTurn
from pmo.services import automation_runs, notifications, recurring_cards, waiting_cards

Job = Callable[[datetime, date], None]

JOBS: tuple[Job, ...] = (
    waiting_cards.catch_up,
    recurring_cards.make_due,
    notifications.remind,
    notifications.trim,
    automation_runs.run_due,
    automation_runs.trim,
)
"""Each gets the moment by the clock of the office and its day, opens its own transactions, and does
nothing twice however often it runs: several processes may come at once."""

NAME = "tick"


def tick(at: datetime, today: date) -> None:
    """Do all that is due; one job's fault keeps no other from running. Raises ExceptionGroup."""
    faults = []
    for job in JOBS:
        try:
            job(at, today)
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("tick", faults)


def take_turn(at: datetime, *, every: timedelta) -> bool:
    """Tell whether this process is to tick now: of several, the first after each interval."""
    due = (ClockTurn.name == NAME) & (ClockTurn.done_at > at - every)
    if rows(ClockTurn.select(ClockTurn.name).where(due)):
        return False
    with transaction():
        ClockTurn.insert(name=NAME, done_at=at - every).on_conflict_ignore().execute()
        free = (ClockTurn.name == NAME) & (ClockTurn.done_at <= at - every)
        return bool(ClockTurn.update(done_at=at).where(free).execute())
