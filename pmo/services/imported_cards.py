"""Writing the cards of a board from outside: thousands at once, by the rules of a single one.

Inside the caller's transaction, which holds the project's counter already. The number of
statements does not grow with the cards but in batches.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import ordering, wip
from pmo.domain.board_rules import Rules
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import WipKind
from pmo.models import ChecklistItem, Comment, Task, TaskAssignee, TaskLabel
from pmo.queries.access import BoardDraftAccess, ColumnAccess
from pmo.services import board_locks, journal, move_rules, ranks, task_facts, task_fields, wip_rules
from pmo.services.board_locks import LockedColumn
from pmo.services.journal import Entry
from pmo.services.task_fields import Wanted

BATCH = 500
"""Rows of one INSERT; SQLite takes 32,766 values in a statement."""


Place = BoardDraftAccess | ColumnAccess
"""What names the board."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card to be made. values: of its row, checked; a weight at least. checklist: text, ticked.

    label_ids, people: of the project, checked by the caller; people by id, with their logins.
    """

    column_id: int
    values: Wanted
    label_ids: Sequence[int]
    people: Mapping[int, str]
    checklist: Sequence[tuple[str, bool]]
    comments: Sequence[str]
    is_archived: bool


def write(  # noqa: PLR0913 - what, where, by which rules, who and when
    cards: Sequence[Card],
    found: Place,
    *,
    rules: int,
    first_number: int,
    strict: bool = True,
    actor: Actor,
    at: datetime,
) -> int:
    """Write cards of one board and their events; return the first one, of the whole act.

    rules: kinds of rules that the board has. strict: a hard limit refuses; else it is told of like
    a soft one. Nobody is notified: what others once wrote elsewhere is no news.
    Raises EntryNotAllowed, WipLimitReached, WipRuleReached.
    """
    writing = _Writing(dict(enumerate(cards, start=first_number)), found, rules, actor, at)
    writing.strict = strict
    return writing.run()


class _Writing:
    """One writing: rows first, then what they mean for their columns and for the journal."""

    def __init__(
        self,
        cards: Mapping[int, Card],
        found: Place,
        rules: int,
        actor: Actor,
        at: datetime,
    ) -> None:
        self.cards, self.found, self.rules = cards, found, rules
        self.actor, self.at = actor, at
        self.strict = True
        self.columns = board_locks.lock_many(card.column_id for card in cards.values())
        self.over: dict[int, dict[str, Any]] = {}
        self.ids: dict[int, int] = {}

    def run(self) -> int:
        """Write everything."""
        for column in self.columns.values():
            move_rules.check_entry(self.found, self.rules, column)
        self._check_limits()
        _insert(Task, self._rows())
        mine = Task.number.between(min(self.cards), max(self.cards))
        numbers = Task.select(Task.number, Task.id).where(Task.project == self.found.project_id)
        self.ids = dict(rows(numbers.where(mine)))
        for model, values in self._parts():
            _insert(model, values)
        self._count()
        self._check_loads()
        entries = [*self._created(), *self._archived()]
        return journal.append_all(entries, actor=self.actor, at=self.at, is_quiet=True)

    def _live(self) -> Iterator[tuple[int, Card]]:
        return ((number, card) for number, card in self.cards.items() if not card.is_archived)

    def _check_limits(self) -> None:
        counts = {column.id: column.task_count for column in self.columns.values()}
        for number, card in self._live():
            column, count = self.columns[card.column_id], counts[card.column_id]
            kind, limit = column.wip_kind, column.wip_limit
            if kind is WipKind.HARD and not self.strict:
                kind = WipKind.SOFT
            overrun = wip.check(limit, kind, count=count, column=column.name)
            self.over[number] = task_facts.over(overrun)
            counts[card.column_id] += 1

    def _rows(self) -> Iterator[dict[str, Any]]:
        last = {column_id: ranks.last(column_id) for column_id in self.columns}
        for number, card in self.cards.items():
            last[card.column_id] = ordering.between(last[card.column_id], None)
            yield {
                "project": self.found.project_id,
                "number": number,
                "column": card.column_id,
                "rank": last[card.column_id],
                "created_by": self.actor.user_id,
                "created_at": self.at,
                "entered_at": self.at,
                "archived_at": self.at if card.is_archived else None,
                "checklist_total": len(card.checklist),
                "checklist_done": sum(is_done for _text, is_done in card.checklist),
                "comment_count": len(card.comments),
                **EMPTY,
                **task_fields.row_values(task_fields.with_defaults(card.values)),
            }

    def _parts(self) -> Iterator[tuple[type[pw.Model], Iterable[dict[str, Any]]]]:
        cards = [(self.ids[number], card) for number, card in self.cards.items()]
        people = ((task_id, user_id) for task_id, card in cards for user_id in card.people)
        yield TaskAssignee, ({"task": task_id, "user": user_id} for task_id, user_id in people)
        labels = ((task_id, label_id) for task_id, card in cards for label_id in card.label_ids)
        yield TaskLabel, ({"task": task_id, "label": label_id} for task_id, label_id in labels)
        yield (
            ChecklistItem,
            (
                {
                    "task": task_id,
                    "position": position,
                    "text": text,
                    "is_done": is_done,
                    "done_by": self.actor.user_id if is_done else None,
                    "done_at": self.at if is_done else None,
                }
                for task_id, card in cards
                for position, (text, is_done) in enumerate(card.checklist, start=1)
            ),
        )
        yield (
            Comment,
            (
                {
                    "task": task_id,
                    "number": number,
                    "author": self.actor.user_id,
                    "text": text,
                    "written_at": self.at,
                }
                for task_id, card in cards
                for number, text in enumerate(card.comments, start=1)
            ),
        )

    def _count(self) -> None:
        revision = board_locks.next_revision(self.found.board_id)
        tasks, weights = Counter[int](), Counter[int]()
        for _number, card in self._live():
            tasks[card.column_id] += 1
            weights[card.column_id] += card.values["weight"].row
        for column_id in sorted(self.columns):
            sums = tasks[column_id], weights[column_id]
            board_locks.count(column_id, *sums, revision=revision)

    def _check_loads(self) -> None:
        if self.rules & Rules.WIP:
            begun = (
                self.ids[number]
                for number, card in self._live()
                if wip_rules.counts(self.columns[card.column_id])
            )
            wip_rules.check_many(self.found.board_id, list(begun), {})

    def _created(self) -> Iterator[Entry]:
        held = {it.id: task_facts.confirmed_data(it, True) for it in self.columns.values()}
        for number, card in self.cards.items():
            data = {
                **self._standing(self.columns[card.column_id]),
                **_begun(card.values),
                **held[card.column_id],
                **self.over.get(number, {}),
                **({"assignees": sorted(card.people.values())} if card.people else {}),
                **({"comments": len(card.comments)} if card.comments else {}),
            }
            yield Entry("task.created", self.found.project_id, self.ids[number], data)

    def _archived(self) -> Iterator[Entry]:
        for number, card in self.cards.items():
            if card.is_archived:
                data = self._standing(self.columns[card.column_id])
                yield Entry("task.archived", self.found.project_id, self.ids[number], data)

    def _standing(self, column: LockedColumn) -> dict[str, str]:
        return {
            "board": self.found.board_key,
            "column": column.key,
            "meaning": column.meaning.value,
            "column_name": column.name,
        }


EMPTY = {"period": None, "period_text": "", "starts_on": None, "ends_on": None, "due_on": None}
"""All rows of an INSERT need the same columns."""


def _begun(wanted: task_fields.Wanted) -> dict[str, Any]:
    return task_facts.begun(
        weight=wanted["weight"].portable,
        stage=wanted["stage"].portable if "stage" in wanted else None,
        blocked_reason=wanted["blocked_reason"].portable if "blocked_reason" in wanted else "",
    )


def _insert(model: type[pw.Model], values: Iterable[dict[str, Any]]) -> None:
    for batch in pw.chunked(values, BATCH):
        model.insert_many(batch).execute()
