"""What becomes of the unfinished cards of a sprint that closes, as steps of one act.

Inside the transaction of the closing, under the locks of the project and of all its columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from pmo.db import rows
from pmo.domain import done, ordering
from pmo.domain.done import Confirmed
from pmo.domain.permissions import Actor
from pmo.domain.sprint_closing import Decision
from pmo.domain.vocabulary import ColumnMeaning, LeftoverDecision
from pmo.errors import NoColumnForLeftovers
from pmo.models import (
    Board,
    ChecklistItem,
    Column,
    OwnValue,
    Sprint,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.services import copying, ranks, sprint_scope, task_facts, tasks
from pmo.services.board_locks import LockedColumn
from pmo.services.held_cards import Card, Held
from pmo.services.steps import Edit, Place, Shelf, Step
from pmo.services.task_fields import Value
from pmo.services.transfers import ROW

TOP, BOTTOM = LeftoverDecision.BACKLOG_TOP, LeftoverDecision.BACKLOG_BOTTOM
NEXT, SPLIT = LeftoverDecision.NEXT_SPRINT, LeftoverDecision.SPLIT


@dataclass(frozen=True, slots=True)
class Boards:
    """The columns of a project's boards, all of them locked, by board, in their order."""

    columns: Mapping[int, tuple[LockedColumn, ...]]

    @classmethod
    def of(cls, project_id: int, columns: Mapping[int, LockedColumn]) -> "Boards":
        """Gather the locked columns of a project."""
        query = Column.select(Column.id).join(Board).where(Board.project == project_id)
        found: dict[int, list[LockedColumn]] = {}
        for (column_id,) in rows(query.order_by(Board.position, Board.id, Column.position)):
            if column_id in columns:
                found.setdefault(columns[column_id].board_id, []).append(columns[column_id])
        return cls({board_id: tuple(those) for board_id, those in found.items()})

    def first(self, column_id: int, meaning: ColumnMeaning) -> LockedColumn:
        """Return the first column of a meaning on the board of another column.

        Raises NoColumnForLeftovers.
        """
        for columns in self.columns.values():
            if any(column.id == column_id for column in columns):
                for column in columns:
                    if column.meaning is meaning:
                        return column
                raise NoColumnForLeftovers(board=Board.get_by_id(columns[0].board_id).name)
        raise NoColumnForLeftovers(board="")


class Leftovers:
    """Turns decisions into steps, and remembers which cards took the rests of split ones."""

    def __init__(
        self,
        held: Held,
        boards: Boards,
        sprint: Sprint,
        following: Sprint | None,
        decisions: Mapping[int, Decision],
    ) -> None:
        self.held, self.boards = held, boards
        self.sprint, self.following, self.decisions = sprint, following, decisions
        self.rests: dict[int, int] = {}
        """Ids of new cards by the id of the one that was split."""

    def targets(self) -> Iterator[tuple[Sprint | None, list[int]]]:
        """Yield the sprint, None for the backlog, and the cards that go there whole."""
        for target, kinds in ((self.following, {NEXT}), (None, {TOP, BOTTOM})):
            yield target, [it for it, one in self.decisions.items() if one.kind in kinds]

    def check_done(self, confirmed: Confirmed) -> None:
        """Ask once for the definitions of done of all columns that parts of split cards enter.

        Raises DefinitionOfDoneAsked, NoColumnForLeftovers.
        """
        columns = {it.id: it for it in map(self._done_column, self._split_ids())}
        asked = [done.asked(it.meaning, it.definition_of_done) for it in columns.values()]
        together = tuple(dict.fromkeys(line for lines in asked for line in lines))
        names = ", ".join(dict.fromkeys(it.name for it in columns.values()))
        done.check(together, confirmed, column=names)

    def make_rests(self, actor: Actor, at: datetime) -> None:
        """Write the cards that take the rests of split ones, put away until the act counts them."""
        split = self._split_ids()
        number = tasks.next_number(self.sprint.project_id, len(split)) if split else 0
        for place, task_id in enumerate(split):
            self.rests[task_id] = self._rest(task_id, number + place, actor, at)

    def steps(self, held: Held, at: datetime) -> Iterator[Step]:
        """Yield what happens, card by card, what goes to the top first: it needs its neighbour.

        held: with the cards of the rests.
        """
        firsts = self._firsts()
        in_order = sorted(self.decisions.items(), key=lambda it: not _is_top(it[1]))
        for task_id, decision in in_order:
            if decision.kind is SPLIT:
                yield from self._split(held, task_id, decision, firsts)
            elif decision.kind is LeftoverDecision.DROP:
                yield Step(task_id, "task.archived", shelf=Shelf(at))
            else:
                target = self.following if decision.kind is NEXT else None
                way = sprint_scope.way(self.sprint, target)
                data = {**way, "reason": decision.reason, "carried": True}
                yield Step(task_id, "task.sprint_set", data)
                if decision.kind is not NEXT:
                    yield self._placed(held, task_id, decision.kind, firsts)

    def _split_ids(self) -> list[int]:
        return [it for it, decision in self.decisions.items() if decision.kind is SPLIT]

    def _done_column(self, task_id: int) -> LockedColumn:
        return self.boards.first(self.held.cards[task_id].column_id, ColumnMeaning.DONE)

    def _queue(self, column_id: int) -> LockedColumn:
        return self.boards.first(column_id, ColumnMeaning.QUEUE)

    def _firsts(self) -> dict[int, int]:
        """Return the uppermost card of each column that does not go to the top itself."""
        moving = [it for it, decision in self.decisions.items() if _is_top(decision)]
        there = Task.archived_at.is_null() & Task.id.not_in(moving)
        there &= Task.column.in_(list(self.held.columns))
        query = Task.select(Task.column, Task.id).where(there).order_by(Task.rank.desc())
        return dict(rows(query))

    def _placed(
        self, held: Held, task_id: int, kind: LeftoverDecision, firsts: Mapping[int, int]
    ) -> Step:
        """Put a card to the top or the bottom of the first queue column of its board."""
        source = held.cards[task_id].column_id
        queue = self._queue(source)
        event = "task.reordered" if queue.id == source else "task.moved"
        before = None if kind is LeftoverDecision.BACKLOG_BOTTOM else firsts.get(queue.id)
        return Step(task_id, event, place=Place(queue.id, before))

    def _split(
        self, held: Held, task_id: int, decision: Decision, firsts: Mapping[int, int]
    ) -> Iterator[Step]:
        card, rest_id = held.cards[task_id], self.rests[task_id]
        rest = held.cards[rest_id]
        if decision.done_weight != card.weight:
            values = {"weight": Value(decision.done_weight, decision.done_weight)}
            changes = {"weight": [card.weight, decision.done_weight]}
            yield Step(task_id, "task.edited", edit=Edit(values, changes))
        column = self._done_column(task_id)
        confirmed = task_facts.confirmed_data(column, confirmed=True)
        yield Step(task_id, "task.moved", confirmed, place=Place(column.id))
        yield Step(rest_id, "task.created", self._begun(rest, card), shelf=Shelf(None))
        yield self._placed(held, rest_id, decision.rest_to, firsts)
        yield from _move_checklist(task_id, rest_id)

    def _rest(self, task_id: int, number: int, actor: Actor, at: datetime) -> int:
        """Write the card that takes the rest of a split one; return its id."""
        card, decision = self.held.cards[task_id], self.decisions[task_id]
        source = Task.get_by_id(task_id)
        queue = self._queue(card.column_id)
        values = {name: getattr(source, name) for name in ROW}
        values["title"] = decision.rest_title or source.title
        values["weight"] = card.weight - decision.done_weight
        is_onward = decision.rest_to is NEXT and self.following is not None
        task = Task.create(
            **values,
            project=source.project_id,
            number=number,
            column=queue.id,
            rank=ordering.between(ranks.last(queue.id), None),
            stage=source.stage_id,
            sprint=self.following if is_onward else None,
            created_by=actor.user_id,
            created_at=at,
            entered_at=at,
            archived_at=at,
        )
        for model, own in (
            (TaskAssignee, ("user",)),
            (TaskLabel, ("label",)),
            (OwnValue, ("field", "value", "folded", "amount")),
        ):
            copies = [
                {"task": task.id, **{name: row.__data__[name] for name in own}}
                for row in model.select().where(model.task == task_id)
            ]
            if copies:
                model.insert_many(copies).execute()
        return int(task.id)

    def _begun(self, rest: Card, card: Card) -> dict[str, Any]:
        """Return with what a rest begins, as the event of its making keeps it."""
        task = Task.get_by_id(rest.id)
        stage = task.stage.key if task.stage else None
        people = User.select(User.login).join(TaskAssignee).where(TaskAssignee.task == rest.id)
        logins = sorted(login for (login,) in rows(people))
        begun = task_facts.begun(
            weight=rest.weight, stage=stage, blocked_reason=task.blocked_reason
        )
        return {
            "split_of": card.key,
            **begun,
            **({"sprint": task.sprint.number} if task.sprint else {}),
            **({"assignees": logins} if logins else {}),
        }


def _is_top(decision: Decision) -> bool:
    """Tell whether a card, or the rest of it, goes to the top of a queue."""
    kind = decision.rest_to if decision.kind is SPLIT else decision.kind
    return kind is TOP or (kind is NEXT and decision.kind is SPLIT)


def _move_checklist(source_id: int, target_id: int) -> Iterator[Step]:
    """Move what is not ticked to another card, and tell it."""
    query = ChecklistItem.select().where(ChecklistItem.task == source_id)
    items = list(query.order_by(ChecklistItem.position, ChecklistItem.id))
    place = 0
    for item, below in zip_longest(items, items[1:]):
        if item.is_done:
            continue
        place += 1
        values = {"task": target_id, "position": place}
        ChecklistItem.update(values).where(ChecklistItem.id == item.id).execute()
        data = {"item": item.text, "before": below and below.text, "is_done": False}
        yield Step(source_id, "task.checklist_removed", data)
        yield Step(target_id, "task.checklist_added", {"item": item.text})
    if place:
        copying.count(source_id)
        copying.count(target_id)
