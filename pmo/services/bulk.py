"""One command on many cards of a board: all of it or nothing, as one act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from pmo.db import rows, transaction
from pmo.domain.acts import Acted
from pmo.domain.bulk import Bulk, BulkAct
from pmo.domain.done import Confirmed
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Archived, CardRefused, NotFound, Sentence, TooMany, _
from pmo.models import Column, Label, Task, TaskAssignee, TaskLabel, User
from pmo.queries import access
from pmo.services import acts, board_locks, held_cards, task_facts, task_fields
from pmo.services.held_cards import Card, Held
from pmo.services.steps import Edit, Place, Shelf, Step
from pmo.services.task_fields import Value

MOST_ON_A_CARD = 50
"""People, and labels, of one card."""


@board_locks.restarted
def bulk(
    board_id: int,
    task_ids: Iterable[int],
    wanted: Bulk,
    *,
    confirmed: Confirmed = False,
    actor: Actor,
    at: datetime,
) -> Acted:
    """Do one thing to many cards of a board; those that are so already stay as they are.

    confirmed: as for `services.tasks.place`.
    Raises NotFound (a card of another board as well), Forbidden, CardRefused, MoveNotAllowed,
    DefinitionOfDoneAsked, WipLimitReached, WipRuleReached.
    """
    with transaction():
        found = access.board(board_id, actor, Capability.TASK_EDIT)
        ids = _in_order(board_id, set(task_ids))
        columns = []
        if wanted.act is BulkAct.MOVE:
            columns = [_column(found, wanted.column_id, actor)]
        held = held_cards.hold(ids, columns)
        cards = [held.cards[task_id] for task_id in ids]
        for card in cards:
            if held.columns[card.column_id].board_id != board_id:
                raise board_locks.MovedMeanwhile
            if card.archived_at is not None:
                raise CardRefused(
                    key=card.key, title=card.title, reason=Sentence(Archived.template)
                )
        steps = _Steps(found, held, wanted, at).of(cards, confirmed)
        return acts.write(steps, held, actor=actor, at=at, leading=acts.leading(found))


def _in_order(board_id: int, task_ids: set[int]) -> list[int]:
    """Return the cards as the board shows them. Raises NotFound for one that is not on it."""
    query = Task.select(Task.id).join(Column)
    query = query.where((Column.board == board_id) & Task.id.in_(task_ids))
    found = [task_id for (task_id,) in rows(query.order_by(Column.position, Task.rank))]
    if len(found) < len(task_ids):
        raise NotFound(kind="task")
    return found


def _column(found: access.BoardAccess, column_id: int | None, actor: Actor) -> int:
    target = access.column(column_id or 0, actor, Capability.TASK_EDIT)
    if target.board_id != found.board_id:
        raise NotFound(kind="column")
    return target.column_id


class _Steps:
    """The steps of an act, card by card."""

    def __init__(self, found: access.BoardAccess, held: Held, wanted: Bulk, at: datetime) -> None:
        self.found, self.held, self.wanted, self.at = found, held, wanted, at

    def of(self, cards: list[Card], confirmed: Confirmed) -> list[Step]:
        """Return what happens to these cards."""
        act = self.wanted.act
        if act is BulkAct.MOVE:
            return self._moves(cards, confirmed)
        if act is BulkAct.ARCHIVE:
            return [Step(card.id, "task.archived", shelf=Shelf(self.at)) for card in cards]
        if act in {BulkAct.ASSIGN, BulkAct.UNASSIGN}:
            return list(self._people(cards))
        if act in {BulkAct.ADD_LABEL, BulkAct.REMOVE_LABEL}:
            return list(self._labels(cards))
        return list(self._days(cards))

    def _moves(self, cards: list[Card], confirmed: Confirmed) -> list[Step]:
        column_id = self.wanted.column_id or 0
        moving = [card for card in cards if card.column_id != column_id]
        column = self.held.columns[column_id]
        data = task_facts.confirmed_data(column, confirmed) if moving else {}
        return [Step(card.id, "task.moved", data, place=Place(column_id)) for card in moving]

    def _people(self, cards: list[Card]) -> Iterator[Step]:
        query = TaskAssignee.select(TaskAssignee.task, User.login, User.id).join(User)
        present = _named(query.where(TaskAssignee.task.in_([card.id for card in cards])))
        user_id = self.wanted.user_id or 0
        if self.wanted.act is BulkAct.UNASSIGN:
            yield from self._without("assignees", cards, present, user_id)
            return
        fields = {"assignee_ids": [user_id]}
        [login] = task_fields.wanted(self.found.project_id, fields, at=self.at)[
            "assignees"
        ].portable
        yield from self._with("assignees", cards, present, (login, user_id))

    def _labels(self, cards: list[Card]) -> Iterator[Step]:
        query = TaskLabel.select(TaskLabel.task, Label.name, Label.id).join(Label)
        present = _named(query.where(TaskLabel.task.in_([card.id for card in cards])))
        label_id = self.wanted.label_id or 0
        fields = {"label_ids": [label_id]}
        [name] = task_fields.wanted(self.found.project_id, fields, at=self.at)["labels"].portable
        if self.wanted.act is BulkAct.REMOVE_LABEL:
            yield from self._without("labels", cards, present, label_id)
        else:
            yield from self._with("labels", cards, present, (name, label_id))

    def _with(
        self, field: str, cards: list[Card], present: "_Named", one: tuple[str, int]
    ) -> Iterator[Step]:
        for card in cards:
            if one[0] in present[card.id]:
                continue
            if len(present[card.id]) >= MOST_ON_A_CARD:
                reason = Sentence(TooMany.template, most=MOST_ON_A_CARD)
                raise CardRefused(key=card.key, title=card.title, reason=reason)
            yield _listed(card, field, present[card.id], {**present[card.id], one[0]: one[1]})

    def _without(
        self, field: str, cards: list[Card], present: "_Named", one: int
    ) -> Iterator[Step]:
        for card in cards:
            left = {name: id_ for name, id_ in present[card.id].items() if id_ != one}
            if len(left) < len(present[card.id]):
                yield _listed(card, field, present[card.id], left)

    def _days(self, cards: list[Card]) -> Iterator[Step]:
        query = Task.select(Task.id, Task.due_on).where(Task.id.in_([card.id for card in cards]))
        due = dict(rows(query))
        for card in cards:
            old, new = due[card.id], self._day(card, due[card.id])
            if old != new:
                pair = [old and old.isoformat(), new and new.isoformat()]
                values = {"due_on": Value(new, pair[1])}
                yield Step(card.id, "task.edited", edit=Edit(values, {"due_on": pair}))

    def _day(self, card: Card, old: date | None) -> date | None:
        if self.wanted.act is BulkAct.SET_DUE:
            return self.wanted.due_on
        try:
            return old and old + timedelta(days=self.wanted.days or 0)
        except OverflowError as error:
            reason = Sentence(_("There is no such day."))
            raise CardRefused(key=card.key, title=card.title, reason=reason) from error


_Named = dict[int, dict[str, int]]


def _named(query: Any) -> _Named:
    """Gather (task, name, id) by task."""
    found: _Named = defaultdict(dict)
    for task_id, name, thing_id in rows(query):
        found[task_id][name] = thing_id
    return found


def _listed(card: Card, field: str, old: dict[str, int], new: dict[str, int]) -> Step:
    values = {field: Value(sorted(new.values()), sorted(new))}
    return Step(card.id, "task.edited", edit=Edit(values, {field: [sorted(old), sorted(new)]}))
