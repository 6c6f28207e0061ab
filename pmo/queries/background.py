"""Whether what time brings is done, for `pmo doctor`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pmo.db import rows
from pmo.errors import _
from pmo.models import ClockTurn

TURNS_MISSED = 3
"""How many turns may pass, and how often a job may fail in a row, before it is a fault."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be done: names of jobs and errands, and after how many minutes often is."""

    names: Collection[str]
    minutes: int


def silence(now: datetime, expected: Expected) -> tuple[str, dict[str, Any]]:
    """Tell that nothing was tried for long; nothing at all, in an office that never served."""
    latest = max((tried_at for (tried_at,) in rows(_TRIED)), default=now)
    if now - latest <= timedelta(minutes=expected.minutes * TURNS_MISSED):
        return "", {}
    passed = int((now - latest) / timedelta(minutes=1))
    return _("nothing was done for {minutes} minutes: does “pmo serve” or “pmo work” run?"), {
        "minutes": passed
    }


_TRIED = ClockTurn.select(ClockTurn.tried_at).where(ClockTurn.tried_at.is_null(False))


def failing(expected: Expected) -> tuple[str, dict[str, Any]]:
    """Tell what failed again and again, of the jobs that there are now, and why."""
    failed = ClockTurn.failures >= TURNS_MISSED
    query = ClockTurn.select(ClockTurn.name, ClockTurn.failures, ClockTurn.fault).where(failed)
    said = [
        f"{name} ({failures}): {fault}"
        for name, failures, fault in rows(query.order_by(ClockTurn.name))
        if name in expected.names
    ]
    fault = _("failed again and again: {said}") if said else ""
    return fault, {"said": "; ".join(said)} if said else {}
