"""Acts on cards: places, fields and the archive of one or of many, written as one.

Inside the transaction of a command that has checked its actor. Rows are locked in the order of
`board_locks`; the number of statements does not grow with the cards, and every board gets one
revision.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pmo.domain import move_rules, wip
from pmo.domain.acts import Acted
from pmo.domain.board_rules import Rules
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import WipKind
from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload
from pmo.errors import CardsNotAllowed, MoveNotAllowed, TooManyForColumn, WipLimitReached
from pmo.models import Task
from pmo.queries import access
from pmo.queries.move_rules import of_boards
from pmo.services import board_locks, journal, sprint_results, task_fields, wip_rules
from pmo.services.board_locks import LockedColumn
from pmo.services.held_cards import Held
from pmo.services.journal import Entry
from pmo.services.layouts import Layout
from pmo.services.steps import Edit, Place, Shelf, Step
from pmo.services.task_fields import Wanted

MOST_NAMED = 10
"""Cards that one refusal names."""


def leading(*found: access.ProjectAccess) -> frozenset[int]:
    """Return the projects in which the actor moves cards as their lead."""
    lead = Capability.BOARD_CONFIGURE
    return frozenset(one.project_id for one in found if one.may(lead))


def write(
    steps: Iterable[Step],
    held: Held,
    *,
    actor: Actor | None,
    at: datetime,
    leading: frozenset[int] = frozenset(),
) -> Acted:
    """Write all steps and their events, in one revision of each board.

    leading: projects in which the actor is a lead, for rules of moves.
    Raises WipLimitReached, MoveNotAllowed, WipRuleReached, ResultsMissing.
    """
    writing = _Writing(held, at)
    entries = [entry for step in steps if (entry := writing.take(step)) is not None]
    if not entries:
        return Acted(None)
    writing.check_limits()
    writing.check_ways(leading)
    revisions = writing.write()
    writing.check_loads()
    writing.check_results()
    event_id = journal.append_all(entries, actor=actor, at=at)
    task_ids = tuple(dict.fromkeys(it.task_id for it in entries if it.task_id is not None))
    return Acted(event_id, task_ids, revisions, writing.overrun, writing.overloads)


class _Writing:
    """Steps taken one after another in memory, then written together."""

    def __init__(self, held: Held, at: datetime) -> None:
        self.held, self.at = held, at
        self.overrun: Overrun | None = None
        self.overloads: tuple[Overload, ...] = ()
        self._layout: Layout | None = None
        self._columns = {it.id: it.column_id for it in held.cards.values()}
        self._weights = {it.id: it.weight for it in held.cards.values()}
        self._versions = {it.id: it.version for it in held.cards.values()}
        self._shelves = {
            it.id: Shelf(it.archived_at, it.successor_id) for it in held.cards.values()
        }
        self._counts = Counter({it.id: it.task_count for it in held.columns.values()})
        self._entered: list[tuple[int, int | None, int]] = []
        self._changed: list[tuple[int, dict[str, list[Any]]]] = []
        self._ways: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self._added: Counter[int] = Counter()
        self._weighed: Counter[int] = Counter()
        self._touched: set[int] = set()
        self._shelved: set[int] = set()
        self._edits: dict[int, Wanted] = {}

    def take(self, step: Step) -> Entry | None:
        """Take one step; None if the card stands there already."""
        data = dict(step.data)
        if step.place is not None:
            moved = self._move(step.task_id, step.place)
            if moved is None:
                return None
            data = {**moved, **data}
        if step.shelf is not None:
            data = {**self.held.place(self._columns[step.task_id]), **data}
            data |= self._put_away(step.task_id, step.shelf)
        if step.edit is not None:
            data = {**self._edit(step.task_id, step.edit), **data}
        self._touched.add(self._columns[step.task_id])
        project_id = self.held.cards[step.task_id].project_id
        return Entry(step.kind, project_id, step.task_id, data, step.undoes_id)

    def check_limits(self) -> None:
        """Refuse more cards than a hard limit allows, once all have found their places."""
        for column_id, added in self._added.items():
            column = self.held.columns[column_id]
            count = self._counts[column_id]
            hard = column.wip_kind is WipKind.HARD
            if added > 0 and hard and wip.is_over(column.wip_limit, column.wip_kind, count=count):
                facts = {"column": column.name, "limit": column.wip_limit}
                if len(self.held.cards) == 1:
                    raise WipLimitReached(**facts, count=column.task_count)
                raise TooManyForColumn(**facts, count=column.task_count, total=count)

    def check_ways(self, leading: frozenset[int]) -> None:
        """Refuse a move that a rule of the board keeps for others."""
        ruled = {it for it, board in self.held.boards.items() if board.rules & Rules.MOVE}
        ways = {
            way: task_ids
            for way, task_ids in self._ways.items()
            if {self.held.columns[it].board_id for it in way[1:]} & ruled
        }
        if not ways:
            return
        rules = of_boards(*ruled)
        for (project_id, source, target), task_ids in sorted(ways.items()):
            is_lead = project_id in leading
            if not move_rules.allows(rules, source=source, target=target, is_lead=is_lead):
                raise self._not_allowed(source, target, task_ids)

    def _not_allowed(self, source: int, target: int, task_ids: list[int]) -> MoveNotAllowed:
        names = {"source": self.held.columns[source].name}
        names["target"] = self.held.columns[target].name
        if len(self.held.cards) == 1:
            return MoveNotAllowed(**names)
        keys = [self.held.cards[it].key for it in task_ids[:MOST_NAMED]]
        more = ["…"] if len(task_ids) > MOST_NAMED else []
        return CardsNotAllowed(**names, cards=", ".join([*keys, *more]))

    def check_loads(self) -> None:
        """Refuse more than a hard limit of a board allows; its row is locked by now."""
        entered: dict[int, list[int]] = defaultdict(list)
        for task_id, source, target in self._entered:
            column = self.held.columns[target]
            left = None if source is None else self.held.columns[source]
            if wip_rules.begins(column, left):
                entered[column.board_id].append(task_id)
        grew: dict[int, dict[int, set[Any]]] = defaultdict(dict)
        for task_id, changes in self._changed:
            column = self.held.columns[self._columns[task_id]]
            if wip_rules.counts(column) and (more := wip_rules.grown(changes)):
                grew[column.board_id][task_id] = more
        for board_id, board in self.held.boards.items():
            if board.rules & Rules.WIP:
                self.overloads += wip_rules.check_many(board_id, entered[board_id], grew[board_id])

    def check_results(self) -> None:
        """Refuse that a card of a running sprint no longer says what is expected of it."""
        edited = [it for it, values in self._edits.items() if "expected_result" in values]
        if edited:
            sprint_results.check(edited)

    def write(self) -> dict[int, int]:
        """Write everything, and return the revisions of the boards."""
        if self._layout is not None:
            self._layout.write(self.at)
        self._write_shelves()
        _write_edits(self._edits)
        board_ids = {self.held.columns[column_id].board_id for column_id in self._touched}
        revisions = board_locks.next_revisions(board_ids)
        for column_id in sorted(self._touched):
            revision = revisions[self.held.columns[column_id].board_id]
            added, weighed = self._added[column_id], self._weighed[column_id]
            board_locks.count(column_id, added, weighed, revision=revision)
        return revisions

    def _move(self, task_id: int, place: Place) -> dict[str, Any] | None:
        if self._layout is None:
            self._layout = Layout(self.held.columns)
        source, below = self._columns[task_id], self._layout.number_below(task_id)
        if not self._layout.put(task_id, place.column_id, place.before_id):
            return None
        self._touched.add(source)
        self._columns[task_id] = place.column_id
        over = {}
        if source != place.column_id and self._is_live(task_id):
            way = (self.held.cards[task_id].project_id, source, place.column_id)
            self._ways[way].append(task_id)
            self._entered.append((task_id, source, place.column_id))
            self._count(source, -1, -self._weights[task_id])
            over = self._enter(place.column_id, self._weights[task_id])
        from_board, board = self.held.board_key(source), self.held.board_key(place.column_id)
        return {
            "board": board,
            **({} if from_board == board else {"from_board": from_board}),
            **_side("from", self.held.columns[source]),
            **_side("to", self.held.columns[place.column_id]),
            "from_before": below,
            **over,
        }

    def _put_away(self, task_id: int, shelf: Shelf) -> dict[str, Any]:
        was_live = self._is_live(task_id)
        self._shelves[task_id] = shelf
        self._shelved.add(task_id)
        column_id, weight = self._columns[task_id], self._weights[task_id]
        if was_live and shelf.archived_at is not None:
            self._count(column_id, -1, -weight)
        elif not was_live and shelf.archived_at is None:
            self._entered.append((task_id, None, column_id))
            return self._enter(column_id, weight)
        return {}

    def _edit(self, task_id: int, edit: Edit) -> dict[str, Any]:
        self._edits[task_id] = {**self._edits.get(task_id, {}), **edit.values}
        self._versions[task_id] += 1
        if self._is_live(task_id):
            self._changed.append((task_id, edit.changes))
        if "weight" in edit.values:
            by = edit.values["weight"].row - self._weights[task_id]
            self._weights[task_id] += by
            if self._is_live(task_id):
                self._count(self._columns[task_id], 0, by)
        return {"version": self._versions[task_id], "changes": edit.changes}

    def _enter(self, column_id: int, weight: int) -> dict[str, Any]:
        """Count one more card in a column; tell if that passes what was agreed."""
        self._count(column_id, 1, weight)
        column, count = self.held.columns[column_id], self._counts[column_id]
        if not wip.is_over(column.wip_limit, column.wip_kind, count=count):
            return {}
        limit = column.wip_limit or 0
        self.overrun = Overrun(limit, count)
        return {"over_limit": {"limit": limit, "count": count}}

    def _count(self, column_id: int, cards: int, weight: int) -> None:
        self._counts[column_id] += cards
        self._added[column_id] += cards
        self._weighed[column_id] += weight

    def _is_live(self, task_id: int) -> bool:
        return self._shelves[task_id].archived_at is None

    def _write_shelves(self) -> None:
        by_shelf: dict[Shelf, list[int]] = defaultdict(list)
        for task_id in sorted(self._shelved):
            by_shelf[self._shelves[task_id]].append(task_id)
        for shelf, ids in by_shelf.items():
            values = {"archived_at": shelf.archived_at, "successor": shelf.successor_id}
            Task.update(values).where(Task.id.in_(ids)).execute()


def _write_edits(edits: Mapping[int, Wanted]) -> None:
    """Write fields of many cards; cards that get the same values share a statement."""
    alike: dict[str, list[int]] = defaultdict(list)
    for task_id, values in edits.items():
        row = {name: value.portable for name, value in values.items() if name in task_fields.ROW}
        alike[json.dumps(row, sort_keys=True)].append(task_id)
    for ids in alike.values():
        values = edits[ids[0]]
        row = {**task_fields.row_values(values), "version": Task.version + 1}
        Task.update(row).where(Task.id.in_(ids)).execute()
    task_fields.write_lists_of(edits)


def _side(side: str, column: LockedColumn) -> dict[str, str]:
    return {
        side: column.key,
        f"{side}_meaning": column.meaning.value,
        f"{side}_name": column.name,
    }
