"""The report of a sprint as plain values: frozen as JSON when it closes, computed until then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from statistics import median
from typing import Any

from pmo.domain.flow.sprint_figures import Figures, Left, Line
from pmo.domain.flow.sprint_series import series
from pmo.domain.workdays import WorkCalendar

Report = dict[str, Any]

LISTS = (
    "committed",
    "added",
    "removed",
    "re_estimated",
    "re_estimated_done",
    "done",
    "unfinished",
    "reopened",
    "moved_back",
    "back",
)
"""Lists of cards in a report, in the order of reading; `left` is one more, of decisions."""

LEAST, MOST = 3, 5
"""Closed sprints that a velocity is said of."""


@dataclass(frozen=True, slots=True)
class Velocity:
    """What the last sprints did: never one number alone. middle: None while there are too few."""

    sprints: tuple[tuple[int, int], ...]
    middle: float | None
    low: int
    high: int


def report(figures: Figures, calendar: WorkCalendar, zone: tzinfo, *, goal: str) -> Report:
    """Return the report; the same journal gives the same report."""
    started, ended = figures.started_at, figures.closed_at
    line = series(figures, calendar, zone)
    return {
        "sprint": figures.number,
        "goal": goal,
        "goal_met": figures.goal_met,
        "starts_on": figures.span.starts_on.isoformat(),
        "ends_on": figures.span.ends_on.isoformat(),
        "started_at": _moment(started),
        "closed_at": ended and _moment(ended),
        "as_of": _moment(figures.as_of),
        "started_late": (started.astimezone(zone).date() - figures.span.starts_on).days,
        "ended_late": (figures.as_of.astimezone(zone).date() - figures.span.ends_on).days,
        "said": figures.said,
        "kept": figures.kept,
        "velocity": figures.velocity,
        **{name: [_line(it) for it in getattr(figures, name)] for name in LISTS},
        "left": [_left(it) for it in figures.left],
        "work_days": line.work_days,
        "days": [it.isoformat() for it in line.all_days],
        "at_start": {"scope": line.first.scope, "done": line.first.done},
        "points": [
            {"day": it.day.isoformat(), "elapsed": it.elapsed, "scope": it.scope, "done": it.done}
            for it in line.points
        ],
    }


def velocity(sprints: Iterable[tuple[int, int]]) -> Velocity:
    """Return the velocity of the last sprints. sprints: number and what it did, in order."""
    last: Sequence[tuple[int, int]] = tuple(sprints)[-MOST:]
    done = [weight for _, weight in last]
    middle = median(done) if len(done) >= LEAST else None
    return Velocity(tuple(last), middle, min(done, default=0), max(done, default=0))


def tasks_of(kept: Mapping[str, Any]) -> set[int]:
    """Return the numbers of all cards that a report tells of."""
    lines = [line for name in LISTS for line in kept[name]]
    new = {left["new_task"] for left in kept["left"]} - {None}
    return {line["task"] for line in [*lines, *kept["left"]]} | new


def _line(line: Line) -> dict[str, Any]:
    return {**line._asdict(), "at": line.at and _moment(line.at)}


def _left(left: Left) -> dict[str, Any]:
    return {**left._asdict(), "decision": left.decision.value}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
