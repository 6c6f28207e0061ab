"""What became of a sprint: committed, added, removed, re-estimated, done, left over.

Everything from the journal, as of any moment from its start on; after its closing nothing changes
any more, whatever happens to its cards. The rules:

- what was committed to is frozen at the start, with its weights;
- a change of weight is a change of scope, never progress, and of a done card no less;
- a card counts as done that stands in the sprint and in a done column, also if it was put away
  then; one that leaves the sprint, or its board unfinished, leaves the scope;
- say–do: committed cards that are done count with what was committed, but for what a split moved
  to another card.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pmo.domain.flow.lives import CardLife, Lives
from pmo.domain.flow.sprint_journal import Ended, SprintJournal, Started
from pmo.domain.sprints import Span
from pmo.domain.vocabulary import ColumnMeaning, LeftoverDecision

ORDER = {
    ColumnMeaning.QUEUE: 0,
    ColumnMeaning.IN_PROGRESS: 1,
    ColumnMeaning.WAITING: 1,
    ColumnMeaning.DONE: 2,
}
"""Which meaning is further on; a step back between equal ones is not told by the journal."""

RESTORED = "restored"
LIMIT = 3
"""So many times carried over, a card is told of to who leads the project."""


class Line(NamedTuple):
    """A card in a list. weight: after what happened; was: before it, of re-estimates.

    reason: as written; or archived, merged, transferred, restored.
    """

    task: int
    weight: int
    at: datetime | None = None
    was: int | None = None
    reason: str = ""


class Left(NamedTuple):
    """A card that was not finished when its sprint closed, and what was decided.

    to: number of the sprint that it, or the rest of it, went to. new_task: the rest of a split.
    times: how often it had been carried over into another sprint, this time included.
    """

    task: int
    weight: int
    decision: LeftoverDecision
    reason: str
    to: int | None
    new_task: int | None
    times: int


class Change(NamedTuple):
    """What the scope and what is done of it changed by, at a moment."""

    at: datetime
    task: int
    scope: int
    done: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A sprint as of a moment: of its closing, if that was before.

    unfinished: what stands in it, not done. back: taken out and put in again. changes: in the
    order of time, from `at_start`, which is scope and done as it began.
    """

    number: int
    span: Span
    as_of: datetime
    started_at: datetime
    closed_at: datetime | None
    goal_met: bool | None
    committed: tuple[Line, ...]
    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    re_estimated: tuple[Line, ...]
    re_estimated_done: tuple[Line, ...]
    done: tuple[Line, ...]
    unfinished: tuple[Line, ...]
    reopened: tuple[Line, ...]
    moved_back: tuple[Line, ...]
    back: tuple[Line, ...]
    left: tuple[Left, ...]
    at_start: tuple[int, int]
    changes: tuple[Change, ...]

    @property
    def said(self) -> int:
        """Return the weight that was committed to."""
        return weight_of(self.committed)

    @property
    def kept(self) -> int:
        """Return how much of what was committed to is done."""
        done = {line.task: line.weight for line in self.done}
        split = {left.task for left in self.left if left.decision is LeftoverDecision.SPLIT}
        return sum(
            min(line.weight, done[line.task]) if line.task in split else line.weight
            for line in self.committed
            if line.task in done
        )

    @property
    def velocity(self) -> int:
        """Return the weight of all that is done, what was added later too."""
        return weight_of(self.done)


def weight_of(lines: tuple[Line, ...]) -> int:
    """Return the weight of a list."""
    return sum(line.weight for line in lines)


def figures(
    number: int, journal: SprintJournal, lives: Lives, *, span: Span, as_of: datetime
) -> Figures | None:
    """Return what became of a sprint by a moment; None if it had not started.

    span: its days as they are planned today.
    """
    started = journal.started.get(number)
    if started is None or started.at > as_of:
        return None
    ended = journal.closed.get(number)
    if ended is not None and ended.at > as_of:
        ended = None
    until = as_of if ended is None else ended.at
    told = _Told(number, journal, started, until, ended)
    first = [
        told.begin(life)
        for task, life in sorted(lives.items())
        if task in started.committed or any(held == number for _, held in life.sprints)
    ]
    committed = tuple(Line(*pair) for pair in sorted(started.committed.items()))
    unknown = sum(line.weight for line in committed if line.task not in lives)
    return Figures(
        number=number,
        span=journal.span(number, span, until),
        as_of=until,
        started_at=started.at,
        closed_at=None if ended is None else ended.at,
        goal_met=None if ended is None else ended.goal_met,
        committed=committed,
        added=told.lines("added"),
        removed=told.lines("removed"),
        re_estimated=told.lines("re_estimated"),
        re_estimated_done=told.lines("re_estimated_done"),
        done=told.lines("done"),
        unfinished=told.lines("unfinished"),
        reopened=told.lines("reopened"),
        moved_back=told.lines("moved_back"),
        back=told.lines("back"),
        left=told.left(lives),
        at_start=(sum(scope for scope, _ in first) + unknown, sum(done for _, done in first)),
        changes=tuple(sorted(told.changes)),
    )


class _Standing(NamedTuple):
    """A card at a moment."""

    is_in: bool
    weight: int
    is_done: bool

    @property
    def sums(self) -> tuple[int, int]:
        """Return what it adds to the scope and to what is done."""
        scope = self.weight if self.is_in else 0
        return scope, scope if self.is_done else 0


class _Told:
    """The walk through the lives of all cards, from the start of a sprint to a moment."""

    def __init__(
        self,
        number: int,
        journal: SprintJournal,
        started: Started,
        until: datetime,
        ended: Ended | None,
    ) -> None:
        self.number, self.journal, self.until = number, journal, until
        self.start, self.committed = started
        self.decisions = {} if ended is None else ended.decisions
        self.changes: list[Change] = []
        self._lists: dict[str, list[Line]] = {}

    def lines(self, name: str) -> tuple[Line, ...]:
        """Return a list, in the order of time."""
        found = self._lists.get(name, [])
        return tuple(sorted(found, key=lambda line: (line.at or self.start, line.task)))

    def left(self, lives: Lives) -> tuple[Left, ...]:
        """Return what was decided on the cards that were not finished."""
        return tuple(self._left(task, lives.get(task)) for task in sorted(self.decisions))

    def begin(self, life: CardLife) -> tuple[int, int]:
        """Tell all that happened to a card; return what it held of scope and done at the start."""
        moments = sorted(self._moments(life))
        is_done = life.finished_at(self.start) is not None
        weight = self.committed.get(life.number)
        first = before = _Standing(weight is not None, weight or 0, is_done)
        was_out = False
        for at in moments:
            now = self._standing(life, at)
            if before.is_in and not now.is_in:
                self._add(
                    "removed", Line(life.number, before.weight, at, None, self._why_gone(life, at))
                )
                was_out = True
            elif now.is_in and not before.is_in:
                self._add(
                    "added", Line(life.number, now.weight, at, None, self._why_came(life, at))
                )
                if was_out:
                    self._add(
                        "back", Line(life.number, now.weight, at, None, self._why_came(life, at))
                    )
            elif now.is_in:
                self._inside(life, before, now, at)
            self._change(life.number, before, now, at)
            before = now
        if before.is_in:
            finished = life.finished_at(self.until) if before.is_done else None
            name = "done" if before.is_done else "unfinished"
            self._add(name, Line(life.number, before.weight, finished))
        return first.sums

    def _inside(self, life: CardLife, before: _Standing, now: _Standing, at: datetime) -> None:
        """Tell what happened to a card that was in the sprint and stayed."""
        if before.weight != now.weight:
            self._add("re_estimated", Line(life.number, now.weight, at, before.weight))
            if before.is_done:
                self._add("re_estimated_done", Line(life.number, now.weight, at, before.weight))
        if before.is_done and not now.is_done:
            self._add("reopened", Line(life.number, now.weight, at))
        elif _went_back(life, at):
            self._add("moved_back", Line(life.number, now.weight, at))

    def _standing(self, life: CardLife, at: datetime) -> _Standing:
        finished = life.finished_at(at) is not None
        is_in = life.sprint(at) == self.number and (finished or not life.is_away(at))
        stayed = at == self.until and life.number in self.decisions
        return _Standing(is_in or stayed, life.weight(at), finished)

    def _moments(self, life: CardLife) -> Iterator[datetime]:
        found = {at for at, _ in life.sprints} | {at for at, _ in life.weights}
        found |= {spell.since for spell in life.spells} | {life.created_at}
        for since, until, _reason in life.away:
            found |= {since} if until is None else {since, until}
        if life.number in self.decisions:
            found.add(self.until)
        yield from (at for at in found if self.start <= at <= self.until)

    def _why_came(self, life: CardLife, at: datetime) -> str:
        if any(since == at for since, _ in life.sprints):
            return self.journal.reason(life, at)
        return RESTORED

    def _why_gone(self, life: CardLife, at: datetime) -> str:
        if any(since == at for since, _ in life.sprints):
            return self.journal.reason(life, at)
        return life.away_for(at) or ""

    def _add(self, name: str, line: Line) -> None:
        self._lists.setdefault(name, []).append(line)

    def _change(self, task: int, before: _Standing, now: _Standing, at: datetime) -> None:
        scope, done = (new - old for new, old in zip(now.sums, before.sums, strict=True))
        if scope or done:
            self.changes.append(Change(at, task, scope, done))

    def _left(self, task: int, life: CardLife | None) -> Left:
        told = self.decisions[task]
        weight = self.committed.get(task, 0) if life is None else life.weight(self.until)
        ways = self.journal.ways.get(task, [])
        carried = [way for way in ways if way.carried and way.target is not None]
        times = next(
            (nth for nth, way in enumerate(carried, start=1) if way.source == self.number), 0
        )
        decision = LeftoverDecision(told["decision"])
        return Left(task, weight, decision, told["reason"], told["to"], told["new_task"], times)


def _went_back(life: CardLife, at: datetime) -> bool:
    """Tell whether a card came to a meaning further back at a moment."""
    for before, now in zip(life.spells, life.spells[1:], strict=False):
        if now.since == at and before.until == at and ORDER[now.meaning] < ORDER[before.meaning]:
            return True
    return False
