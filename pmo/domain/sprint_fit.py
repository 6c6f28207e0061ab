"""What of a task does not fit the sprint that it stands in, or is to be put into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pmo.domain.sprints import Span


class Misfit(StrEnum):
    """Why a task does not fit a sprint."""

    NO_RESULT = "no_result"
    WAITS = "waits"
    DUE_BEFORE = "due_before"
    ENDS_BEFORE = "ends_before"
    STARTS_AFTER = "starts_after"


@dataclass(frozen=True, slots=True)
class Blocker:
    """A task that another waits for, neither done nor in the archive. sprint: None for none."""

    key: str
    sprint: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What of a task is looked at. starts_on, ends_on: of its period."""

    has_result: bool
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    blockers: tuple[Blocker, ...] = ()


def misfits(task: Planned, number: int, span: Span) -> tuple[Misfit, ...]:
    """Return what does not fit a sprint of this number and these days, () if all does.

    A due day after the sprint fits: what is due later may well be done now. A period fits as soon
    as it shares a day with the sprint.
    """
    found = []
    if not task.has_result:
        found.append(Misfit.NO_RESULT)
    if late(task.blockers, number):
        found.append(Misfit.WAITS)
    if task.due_on is not None and task.due_on < span.starts_on:
        found.append(Misfit.DUE_BEFORE)
    if task.ends_on is not None and task.ends_on < span.starts_on:
        found.append(Misfit.ENDS_BEFORE)
    if task.starts_on is not None and task.starts_on > span.ends_on:
        found.append(Misfit.STARTS_AFTER)
    return tuple(found)


def late(blockers: Iterable[Blocker], number: int) -> tuple[Blocker, ...]:
    """Return the blockers that will not be done by the end of a sprint: in none, or a later one."""
    return tuple(it for it in blockers if it.sprint is None or it.sprint > number)
