"""What changed in a sprint since its start, as the journal tells it: who, when and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pmo.domain.vocabulary import ColumnMeaning

KINDS = frozenset(
    {
        "task.archived",
        "task.created",
        "task.edited",
        "task.merged",
        "task.restored",
        "task.sprint_set",
        "task.transferred",
    }
)
"""What `changes` needs to be given."""


class ChangeKind(StrEnum):
    """How the scope of a sprint changed."""

    ADDED = "added"
    REMOVED = "removed"
    ESTIMATED = "estimated"


class Told(NamedTuple):
    """An event of the project. task: number of its task. actor: name, '' for the product."""

    at: datetime
    kind: str
    task: int
    actor: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of scope. was, weight: before and after; of an added card `was` is 0.

    reason: as written; of what is no `task.sprint_set` its kind, '' of an edit.
    """

    kind: ChangeKind
    at: datetime
    task: int
    actor: str
    reason: str
    was: int
    weight: int


def changes(
    number: int, committed: Mapping[int, int], weights: Mapping[int, int], told: Iterable[Told]
) -> list[Change]:
    """Return what changed in the scope of a sprint, the oldest first.

    committed: weights at its start, by number of the task. weights: the present ones, of tasks
    whose weight no event tells. told: events since the start, in their order.
    """
    events = list(told)
    scope = _Scope(number, dict(committed), {**weights, **_first_weights(events), **committed})
    found = (scope.take(event) for event in events)
    return [change for change in found if change is not None]


class _Scope:
    """What a sprint holds while its events are read. held: weights by number of the task."""

    def __init__(self, number: int, held: dict[int, int], known: dict[int, int]) -> None:
        self.number, self.held, self.known = number, held, known
        self.away: set[int] = set()

    def take(self, event: Told) -> Change | None:
        """Take one event; None if it changes nothing of the scope."""
        if event.kind == "task.edited":
            return self._edited(event)
        task = event.task
        if self._comes(event):
            self.away.discard(task)
            self.held[task] = self.known.get(task, 0)
            return _change(ChangeKind.ADDED, event, 0, self.held[task])
        if task in self.held and self._goes(event):
            if event.kind != "task.sprint_set":
                self.away.add(task)
            return _change(ChangeKind.REMOVED, event, self.held.pop(task), 0)
        return None

    def _edited(self, event: Told) -> Change | None:
        pair = event.data["changes"].get("weight")
        if pair is None:
            return None
        self.known[event.task] = pair[1]
        if event.task not in self.held:
            return None
        was, self.held[event.task] = self.held[event.task], pair[1]
        return _change(ChangeKind.ESTIMATED, event, was, pair[1])

    def _comes(self, event: Told) -> bool:
        if event.task in self.held:
            return False
        if event.kind == "task.restored":
            return event.task in self.away
        if event.kind == "task.created":
            return event.data.get("sprint") == self.number
        return event.kind == "task.sprint_set" and bool(event.data["to"] == self.number)

    def _goes(self, event: Told) -> bool:
        """Tell whether a card leaves; one that is put away when it is done stays done."""
        data = event.data
        if event.kind == "task.sprint_set":
            return bool(data["from"] == self.number)
        merged = event.kind in {"task.merged", "task.transferred"} and "to" in data
        away = merged or event.kind == "task.archived"
        return away and data.get("meaning") != ColumnMeaning.DONE


def _change(kind: ChangeKind, event: Told, was: int, weight: int) -> Change:
    is_set = event.kind == "task.sprint_set"
    reason = str(event.data["reason"]) if is_set else event.kind
    reason = "" if event.kind == "task.edited" else reason
    return Change(kind, event.at, event.task, event.actor, reason, was, weight)


def _first_weights(events: Iterable[Told]) -> dict[int, int]:
    """Return what tasks weighed before their first change of weight, or at their making."""
    found: dict[int, int] = {}
    for it in events:
        if it.kind == "task.edited" and "weight" in it.data["changes"]:
            found.setdefault(it.task, it.data["changes"]["weight"][0])
        elif it.kind == "task.created" and "weight" in it.data:
            found.setdefault(it.task, it.data["weight"])
    return found
