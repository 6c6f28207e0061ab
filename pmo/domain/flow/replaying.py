"""From the events of a project to the lives of its cards.

Events are taken in the order of their ids. A moment of a card never runs backwards: an event that
says that it came before the last one of its card counts from that one on. Nothing here looks at
what is true today, but for what old events do not tell (`Replay.lives`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pmo.domain.flow.lives import CardLife, Lives, Reasoned, Spell
from pmo.domain.vocabulary import ColumnMeaning

MEANINGS: Mapping[Any, ColumnMeaning] = {it.value: it for it in ColumnMeaning}


class Happened(NamedTuple):
    """An event of a project. task: number of its card; None for one of the project itself."""

    at: datetime
    kind: str
    task: int | None
    data: Mapping[str, Any]


class Begun(NamedTuple):
    """What a card holds today, for events that do not tell with what it began."""

    weight: int
    stage: str | None
    blocked_reason: str


def replay(events: Iterable[Happened], present: Mapping[int, Begun] | None = None) -> Lives:
    """Replay the events of one project, in the order of their ids. present: see `Replay.lives`."""
    replaying = Replay()
    for event in events:
        replaying.take(*event)
    return replaying.lives(present or {})


class Replay:
    """Takes events one by one."""

    def __init__(self) -> None:
        self._lives: dict[int, CardLife] = {}
        self._standing: dict[tuple[str, str], set[int]] = {}
        self._untold: dict[int, set[str]] = {}

    def take(self, at: datetime, kind: str, task: int | None, data: Mapping[str, Any]) -> None:
        """Take the next event; those that tell nothing of lives are passed over."""
        if kind == "column.edited":
            self._column_edited(at, data)
        elif task is not None and (take := _TAKES.get(kind)) is not None:
            life = self._lives.get(task)
            if life is None:
                if kind not in BEGINNINGS:
                    return
                life = self._lives[task] = CardLife(task, at, at)
                self._untold[task] = {"weight", "stage", "blocked_reason"}
            life.last_at = max(life.last_at, at)
            take(self, life, data)

    @property
    def is_untold(self) -> bool:
        """Tell whether events of some card leave open with what it began."""
        return any(self._untold.values())

    def lives(self, present: Mapping[int, Begun]) -> Lives:
        """Return the lives so far.

        present: what cards hold today, by number: it held from the beginning where neither the
        event of its making nor an edit says otherwise, as in journals of older releases.
        """
        for number, names in self._untold.items():
            now = present.get(number, Begun(1, None, ""))
            for name in names:
                self._begin(self._lives[number], name, getattr(now, name))
            names.clear()
        return self._lives

    def _created(self, life: CardLife, data: Mapping[str, Any]) -> None:
        self._enter(life, data["board"], data["column"], MEANINGS[data["meaning"]])
        if "weight" in data:
            for name, value in (
                ("weight", data["weight"]),
                ("stage", data.get("stage")),
                ("blocked_reason", data.get("blocked_reason")),
            ):
                if name in self._untold[life.number]:
                    self._begin(life, name, value)
            self._untold[life.number] = set()
        if isinstance(data.get("sprint"), int):
            life.sprints.append((life.last_at, data["sprint"]))
        if data.get("assignees"):
            life.assigned.append((life.last_at, tuple(data["assignees"])))

    def _moved(self, life: CardLife, data: Mapping[str, Any]) -> None:
        if not life.away or life.away[-1].until is not None:
            self._enter(life, data["board"], data["to"], MEANINGS[data["to_meaning"]])

    def _edited(self, life: CardLife, data: Mapping[str, Any]) -> None:
        untold = self._untold[life.number]
        for name, (old, new) in data["changes"].items():
            if name in untold:
                self._begin(life, name, old)
                untold.discard(name)
            if name in _CHANGES:
                _CHANGES[name](life, old, new)

    def _archived(self, life: CardLife, _data: Mapping[str, Any]) -> None:
        self._leave(life, "archived")

    def _merged(self, life: CardLife, data: Mapping[str, Any]) -> None:
        if "to" in data:
            self._leave(life, "merged")

    def _transferred(self, life: CardLife, data: Mapping[str, Any]) -> None:
        if "to" in data:
            self._leave(life, "transferred")

    def _restored(self, life: CardLife, data: Mapping[str, Any]) -> None:
        _end(life.away, life.last_at)
        self._enter(life, data["board"], data["column"], MEANINGS[data["meaning"]])

    def _sprint_set(self, life: CardLife, data: Mapping[str, Any]) -> None:
        if not life.sprints and data.get("from") is not None:
            life.sprints.append((life.created_at, data["from"]))
        life.sprints.append((life.last_at, data.get("to")))

    def _column_edited(self, at: datetime, data: Mapping[str, Any]) -> None:
        """Let all cards that stand in a column enter what it now means."""
        change = data.get("changes", {}).get("meaning")
        if not change or change[1] not in MEANINGS:
            return
        board, column = data.get("board", ""), data.get("column", "")
        for number in self._standing.get((board, column), ()):
            life = self._lives[number]
            life.last_at = max(life.last_at, at)
            self._enter(life, board, column, MEANINGS[change[1]])

    def _enter(self, life: CardLife, board: str, column: str, meaning: ColumnMeaning) -> None:
        spells, at = life.spells, life.last_at
        if spells and spells[-1].until is None:
            last = spells[-1]
            if last.column == column and last.board == board:
                if last.meaning is meaning:
                    return
            else:
                self._standing[last.board, last.column].discard(life.number)
            spells[-1] = Spell(last.since, at, last.board, last.column, last.meaning)
        spells.append(Spell(at, None, board, column, meaning))
        self._standing.setdefault((board, column), set()).add(life.number)

    def _leave(self, life: CardLife, reason: str) -> None:
        if life.spells and (last := life.spells[-1]).until is None:
            life.spells[-1] = last._replace(until=life.last_at)
            self._standing[last.board, last.column].discard(life.number)
        if not life.away or life.away[-1].until is not None:
            life.away.append(Reasoned(life.last_at, None, reason))

    def _begin(self, life: CardLife, name: str, value: Any) -> None:
        """Let a value hold from the beginning."""
        if name == "weight":
            life.weights.insert(0, (life.created_at, value))
        elif name == "stage":
            life.stages.insert(0, (life.created_at, value))
        elif value:
            life.blocked.insert(0, Reasoned(life.created_at, None, value))


def _weighed(life: CardLife, _old: Any, new: Any) -> None:
    life.weights.append((life.last_at, new))


def _staged(life: CardLife, _old: Any, new: Any) -> None:
    life.stages.append((life.last_at, new))


def _assigned(life: CardLife, old: Any, new: Any) -> None:
    if not life.assigned and old:
        life.assigned.append((life.created_at, tuple(old)))
    life.assigned.append((life.last_at, tuple(new)))


def _blocked(life: CardLife, _old: Any, new: Any) -> None:
    _end(life.blocked, life.last_at)
    if new:
        life.blocked.append(Reasoned(life.last_at, None, new))


_CHANGES = {
    "weight": _weighed,
    "stage": _staged,
    "assignees": _assigned,
    "blocked_reason": _blocked,
}

_TAKES: Mapping[str, Any] = {
    "task.archived": Replay._archived,
    "task.created": Replay._created,
    "task.edited": Replay._edited,
    "task.merged": Replay._merged,
    "task.moved": Replay._moved,
    "task.restored": Replay._restored,
    "task.sprint_set": Replay._sprint_set,
    "task.transferred": Replay._transferred,
}

BEGINNINGS = frozenset({"task.created", "task.moved", "task.restored"})
"""Kinds that tell where a card stands: a journal without the making of a card begins with one."""

KINDS = frozenset(_TAKES) | {"column.edited"}
"""What a replay needs to be given."""


def _end(spells: list[Reasoned], at: datetime) -> None:
    if spells and spells[-1].until is None:
        spells[-1] = Reasoned(spells[-1].since, at, spells[-1].reason)
