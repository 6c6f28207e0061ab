"""Undo: a new act that does the opposite of an earlier one, so that the journal stays true.

An act is undone as a whole or not at all. Whoever may do the opposite now may undo; a hard limit
of the column that a card returns to holds as for any other move.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import undoing
from pmo.domain.acts import Acted
from pmo.domain.own_fields import PREFIX
from pmo.domain.permissions import Actor, Capability
from pmo.domain.undoing import (
    EditBack,
    Inverse,
    MoveBack,
    PutAway,
    TakeApart,
    TakeOut,
    Unfit,
    Unite,
    Wait,
)
from pmo.errors import NoLongerFits, NotUndoable, Sentence, Sentences, _
from pmo.models import Board, Column, Event, Project, Task
from pmo.queries import access
from pmo.services import (
    acts,
    board_locks,
    card_states,
    copying,
    dependencies,
    held_cards,
    part_undo,
    portable_fields,
)
from pmo.services.attachments import Keeping
from pmo.services.steps import Edit, Place, Shelf, Step

MOST_TOLD = 10
"""Cards that no longer fit which one refusal names."""

WAITING = frozenset({"task.dependency_added", "task.dependency_removed"})

WORKED_ON = _(
    "What hangs on the card has changed since. Take {key} out of the archive instead: it has kept"
    " all that it had."
)

ColumnName = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _Done:
    """One event of the act that is to be undone."""

    id: int
    at: datetime
    kind: str
    task_id: int
    project_id: int
    data: dict[str, Any]


@board_locks.restarted
def undo(event_id: int, *, keeping: Keeping | None = None, actor: Actor, at: datetime) -> Acted:
    """Take back the act that an event belongs to.

    keeping: where the bytes of a removed file may still be.
    Raises NotFound, Forbidden (a project of the act), NotUndoable, NoLongerFits, WipLimitReached,
    and what the command that does the opposite to a part of a card refuses.
    """
    with transaction():
        found = access.event(event_id, actor, Capability.TASK_EDIT)
        event = Event.get_by_id(event_id)
        if event.kind in undoing.PARTS:
            return part_undo.undo(event, keeping=keeping, actor=actor, at=at)
        done = _act(found.act_id)
        others = sorted({event.project_id for event in done} - {found.project_id})
        allowed = [access.project(it, actor, Capability.TASK_EDIT) for it in others]
        lead = acts.leading(found, *allowed)
        undoer = _Undoer(done, at)
        steps = undoer.steps()
        acted = acts.write(steps, undoer.held, actor=actor, at=at, leading=lead)
        if acted.event_id is None:
            raise NotUndoable
    return acted


def _act(act_id: int) -> list[_Done]:
    """Return the events of an act, the first one first. Raises NotUndoable."""
    fields = (Event.id, Event.at, Event.kind, Event.task, Event.project, Event.data)
    query = Event.select(*fields).where((Event.id == act_id) | (Event.act == act_id))
    done = rows(query.order_by(Event.id))
    kinds, task_ids = {row[2] for row in done}, {row[3] for row in done}
    if None in task_ids or not kinds <= undoing.UNDOABLE:
        raise NotUndoable
    return [_Done(*row) for row in done]


class _Undoer:
    """Finds the opposite of every event of an act, the last one first, under the locks."""

    def __init__(self, done: list[_Done], at: datetime) -> None:
        self.done, self.at = done, at
        self.columns = _columns({event.project_id for event in done})
        left = {
            (event.project_id, data.get("from_board", data["board"]), data["from"])
            for event in done
            if event.kind in {"task.moved", "task.reordered"} and (data := event.data)
        }
        known = {self.columns[name] for name in left if name in self.columns}
        for project_id in sorted({it.project_id for it in done if it.kind in WAITING}):
            dependencies.lock(project_id)
        self.held = held_cards.hold({event.task_id for event in done}, known)
        ids = [event.id for event in done]
        if Event.select().where(Event.undoes.in_(ids)).exists():
            raise NotUndoable
        self.numbers = self._numbers()
        self.states = card_states.read(self.held, self._with_own_fields())
        self.fields = portable_fields.Reader()
        self.reasons: dict[int, list[Sentence]] = defaultdict(list)

    def steps(self) -> list[Step]:
        """Return what takes the act back. Raises NoLongerFits, telling of every card."""
        steps = [step for event in reversed(self.done) for step in self._steps(event)]
        if self.reasons:
            raise NoLongerFits(what=self._told())
        return steps

    def _steps(self, event: _Done) -> Iterable[Step]:
        if undoing.is_companion(event.kind, event.data):
            self._check_untouched(event)
            return
        if event.task_id in self.reasons:
            return
        try:
            state = self.states[event.task_id]
            back = undoing.inverse(event.kind, event.data, state)
            yield self._step(event, back)
            self.states[event.task_id] = undoing.after(state, back)
        except Unfit as unfit:
            self.reasons[event.task_id] += unfit.reasons

    def _check_untouched(self, event: _Done) -> None:
        """Note it if the card that another went on as has a life of its own by now."""
        later = (Event.task == event.task_id) & (Event.id > self.done[-1].id)
        if Event.select().where(later).exists():
            reason = Sentence(_("The card has been worked on in the other project."))
            self.reasons[event.task_id].append(reason)

    def _step(self, event: _Done, back: Inverse) -> Step:
        if isinstance(back, MoveBack):
            return self._move(event, back)
        if isinstance(back, EditBack):
            return self._edit(event, back)
        if isinstance(back, Wait):
            return self._wait(event, back)
        if isinstance(back, TakeApart | Unite):
            return self._hang(event, back)
        return self._shelve(event, back)

    def _shelve(self, event: _Done, back: PutAway | TakeOut) -> Step:
        if isinstance(back, PutAway):
            kind, key = "task.archived", back.successor
            shelf = Shelf(self.at, self._task_of(key))
        else:
            kind, key = "task.restored", self.states[event.task_id].successor
            shelf = Shelf(None)
        data = {"successor": key} if key else {}
        return Step(event.task_id, kind, data, shelf=shelf, undoes_id=event.id)

    def _hang(self, event: _Done, back: TakeApart | Unite) -> Step:
        """Move what hangs on a merged card, as long as it has not changed since."""
        later = (Event.task == event.task_id) & (Event.id > self.done[-1].id)
        if Event.select().where(later & Event.kind.not_in(undoing.BESIDE)).exists():
            raise Unfit(Sentence(WORKED_ON, key=back.other))
        if isinstance(back, TakeApart):
            kind, came = "task.parted", back.came
            copying.take_back(event.task_id, came)
        else:
            kind = "task.merged"
            came = copying.everything(self._task_of(back.other) or 0, event.task_id)
        data = {"from": back.other, "came": came}
        return Step(event.task_id, kind, data, undoes_id=event.id)

    def _move(self, event: _Done, back: MoveBack) -> Step:
        column_id = self.columns.get((event.project_id, back.board, back.column))
        if column_id is None:
            name = back.column_name
            raise Unfit(Sentence(_("The column “{name}” is not there any more."), name=name))
        before_id = self.numbers.get((event.project_id, back.before or 0))
        place = Place(column_id, before_id)
        return Step(event.task_id, event.kind, place=place, undoes_id=event.id)

    def _wait(self, event: _Done, back: Wait) -> Step:
        """Write or remove what the card waits for, under the lock of its project."""
        number = Task.select(Task.id).where(
            (Task.project == event.project_id) & (Task.number == back.blocker)
        )
        [(blocker_id,)] = rows(number)
        data = {"blocker": back.blocker}
        if not back.is_wanted:
            dependencies.unlink(event.task_id, blocker_id)
            return Step(event.task_id, "task.dependency_removed", data, undoes_id=event.id)
        if not dependencies.fits(event.project_id, event.task_id, blocker_id):
            raise Unfit(Sentence(_("They would wait for each other now.")))
        dependencies.link([(event.task_id, blocker_id)])
        return Step(event.task_id, "task.dependency_added", data, undoes_id=event.id)

    def _edit(self, event: _Done, back: EditBack) -> Step:
        values = self.fields.read(event.task_id, event.project_id, back, at=event.at)
        data = portable_fields.period_was(event.task_id) if "period" in back.changes else {}
        edit = Edit(values, back.changes)
        return Step(event.task_id, event.kind, data, edit=edit, undoes_id=event.id)

    def _with_own_fields(self) -> set[int | None]:
        """Return the cards of which fields of the project's own were edited."""
        return {
            event.task_id
            for event in self.done
            if any(name.startswith(PREFIX) for name in event.data.get("changes", {}))
        }

    def _numbers(self) -> dict[tuple[int, int], int]:
        """Return the ids of the cards that others stood before, by project and number."""
        wanted = {event.data.get("from_before") for event in self.done} - {None}
        projects = {event.project_id for event in self.done}
        if not wanted:
            return {}
        query = Task.select(Task.project, Task.number, Task.id)
        query = query.where(Task.project.in_(projects) & Task.number.in_(wanted))
        return {(project_id, number): task_id for project_id, number, task_id in rows(query)}

    def _task_of(self, key: str | None) -> int | None:
        if key is None:
            return None
        code, _dash, number = key.rpartition("-")
        query = Task.select(Task.id).join(Project)
        found = rows(query.where((Project.code == code) & (Task.number == int(number))))
        if not found:
            raise Unfit(Sentence(_("There is no card {key} any more."), key=key))
        return int(found[0][0])

    def _told(self) -> Sentences:
        if len(self.held.cards) == 1:
            return Sentences(*self.reasons.values())
        told = [
            Sentence(_("{key}: {reason}"), key=self.held.cards[task_id].key, reason=reasons[0])
            for task_id, reasons in list(self.reasons.items())[:MOST_TOLD]
        ]
        more = len(self.reasons) - len(told)
        if more:
            told.append(Sentence(_("And {count} more."), count=more))
        return Sentences(told)


def _columns(project_ids: set[int]) -> dict[ColumnName, int]:
    query = Column.select(Board.project, Board.key, Column.key, Column.id).join(Board)
    found = rows(query.where(Board.project.in_(project_ids)))
    return {(project_id, board, column): id_ for project_id, board, column, id_ in found}
