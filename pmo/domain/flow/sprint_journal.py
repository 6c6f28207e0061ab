"""What the journal of a project tells of its sprints: starts, closings, and why cards came or went.

Moves, weights and places of cards are told by their lives (`pmo.domain.flow.lives`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pmo.domain.flow.lives import CardLife
from pmo.domain.flow.replaying import Happened
from pmo.domain.sprints import Span

KINDS = frozenset({"sprint.started", "sprint.closed", "sprint.edited", "task.sprint_set"})
"""What `tell` needs to be given."""


class Started(NamedTuple):
    """A sprint was started. committed: what each of its cards weighed, by number."""

    at: datetime
    committed: Mapping[int, int]


class Ended(NamedTuple):
    """A sprint was closed. decisions: on what was not finished, by number of the card."""

    at: datetime
    goal_met: bool
    decisions: Mapping[int, Mapping[str, Any]]


class Way(NamedTuple):
    """A card was put into a sprint or taken out of one. carried: by the closing of a sprint."""

    reason: str
    carried: bool
    source: int | None
    target: int | None


@dataclass(slots=True)
class SprintJournal:
    """By number of the sprint; ways by number of the card, in their order.

    spans: edits of days, as (moment, sprint, field, former value), in their order.
    """

    started: dict[int, Started] = field(default_factory=dict)
    closed: dict[int, Ended] = field(default_factory=dict)
    ways: dict[int, list[Way]] = field(default_factory=lambda: defaultdict(list))
    spans: list[tuple[datetime, int, str, date]] = field(default_factory=list)

    def span(self, number: int, present: Span, moment: datetime) -> Span:
        """Return the days of a sprint as they were planned at a moment. present: as of today."""
        days = {"starts_on": present.starts_on, "ends_on": present.ends_on}
        for at, sprint, name, former in reversed(self.spans):
            if at <= moment:
                break
            if sprint == number:
                days[name] = former
        return Span(**days)

    def reason(self, life: CardLife, moment: datetime) -> str:
        """Return what was said when a card last came into a sprint or left one by a moment."""
        ways = self.ways.get(life.number, [])
        told = zip(reversed(life.sprints), reversed(ways), strict=False)
        return next((way.reason for (at, _), way in told if at <= moment), "")

    def carried(self, number: int) -> int:
        """Return how often a card was carried over into another sprint."""
        return sum(way.carried and way.target is not None for way in self.ways.get(number, ()))


def tell(events: Iterable[Happened]) -> SprintJournal:
    """Read the events of `KINDS` of one project, in the order of their ids."""
    told = SprintJournal()
    for at, kind, task, data in events:
        if kind == "task.sprint_set" and task is not None:
            carried = bool(data.get("carried"))
            told.ways[task].append(Way(data.get("reason", ""), carried, data["from"], data["to"]))
        elif kind == "sprint.started":
            weights = {it["task"]: it["weight"] for it in data["committed"]}
            told.started[data["sprint"]] = Started(at, weights)
        elif kind == "sprint.closed":
            decisions = {it["task"]: it for it in data["decisions"]}
            told.closed[data["sprint"]] = Ended(at, bool(data["goal_met"]), decisions)
        elif kind == "sprint.edited":
            for name in ("starts_on", "ends_on"):
                if name in data["changes"]:
                    former = date.fromisoformat(data["changes"][name][0])
                    told.spans.append((at, data["sprint"], name, former))
    return told
