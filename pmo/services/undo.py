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
from pmo.domain.undoing import CardState, EditBack, Inverse, MoveBack, PutAway, Unfit
from pmo.errors import NoLongerFits, NotUndoable, Sentence, Sentences, _
from pmo.models import Board, Column, Event, Project, Task
from pmo.queries import access
from pmo.services import acts, board_locks, held_cards, own_values, portable_fields, task_fields
from pmo.services.held_cards import Held
from pmo.services.steps import Edit, Place, Shelf, Step

MOST_TOLD = 10
"""Cards that no longer fit which one refusal names."""

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
def undo(event_id: int, *, actor: Actor, at: datetime) -> Acted:
    """Take back the act that an event belongs to.

    Raises NotFound, Forbidden (a project of the act), NotUndoable, NoLongerFits, WipLimitReached.
    """
    with transaction():
        found = access.event(event_id, actor, Capability.TASK_EDIT)
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
        self.held = held_cards.hold({event.task_id for event in done}, known)
        ids = [event.id for event in done]
        if Event.select().where(Event.undoes.in_(ids)).exists():
            raise NotUndoable
        self.numbers = self._numbers()
        self.states = _states(self.held, self._with_own_fields())
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
        if isinstance(back, PutAway):
            successor = self._task_of(back.successor)
            data = {"successor": back.successor} if back.successor else {}
            shelf = Shelf(self.at, successor)
            return Step(event.task_id, "task.archived", data, shelf=shelf, undoes_id=event.id)
        key = self.states[event.task_id].successor
        data = {"successor": key} if key else {}
        shelf = Shelf(None)
        return Step(event.task_id, "task.restored", data, shelf=shelf, undoes_id=event.id)

    def _move(self, event: _Done, back: MoveBack) -> Step:
        column_id = self.columns.get((event.project_id, back.board, back.column))
        if column_id is None:
            name = back.column_name
            raise Unfit(Sentence(_("The column “{name}” is not there any more."), name=name))
        before_id = self.numbers.get((event.project_id, back.before or 0))
        place = Place(column_id, before_id)
        return Step(event.task_id, event.kind, place=place, undoes_id=event.id)

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


def _states(held: Held, with_own_fields: set[int | None]) -> dict[int, CardState]:
    fields = task_fields.portable_of(held.cards)
    for card in held.cards.values():
        if card.id in with_own_fields:
            fields[card.id] |= own_values.present(card.id, card.project_id)
    successors = {card.successor_id for card in held.cards.values()} - {None}
    keys: dict[int | None, str] = {None: ""}
    if successors:
        query = Task.select(Task.id, Project.code, Task.number).join(Project)
        found = rows(query.where(Task.id.in_(successors)))
        keys |= {task_id: f"{code}-{number}" for task_id, code, number in found}
    return {
        card.id: CardState(
            board=held.board_key(card.column_id),
            column=held.columns[card.column_id].key,
            column_name=held.columns[card.column_id].name,
            is_archived=card.archived_at is not None,
            successor=keys[card.successor_id] or None,
            fields=fields[card.id],
        )
        for card in held.cards.values()
    }
