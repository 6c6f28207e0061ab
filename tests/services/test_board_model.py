"""A board against a plain model: any sequence of acts leaves both alike, and the journal true."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from pmo.domain.vocabulary import WipKind
from pmo.errors import WipLimitReached
from pmo.models import Column, Event, Task
from pmo.queries import boards as board_queries
from pmo.services import boards, projects, tasks
from pmo.services.projects import Proposal
from tests.cast import NOW

codes = (f"M{number}" for number in itertools.count())
places = st.integers(min_value=0, max_value=4)


class BoardMachine(RuleBasedStateMachine):
    """The model is a list of task ids for each column, and the limits."""

    cards = Bundle("cards")
    actor = None

    @initialize()
    def board(self):
        self.project = projects.propose(
            Proposal(code=next(codes), name="Model"), actor=self.actor, at=NOW
        )
        [board] = board_queries.of_project(self.project, self.actor)
        self.board_id = board.id
        self.columns = [head.id for head in board_queries.column_heads(board.id)]
        self.model = {column: [] for column in self.columns}
        self.limits = dict.fromkeys(self.columns)
        for column in self.columns:
            self._set_limit(column, None)
        self.weights = {}
        self.at = NOW

    @rule(target=cards, place=places, weight=st.integers(min_value=0, max_value=9))
    def create(self, place, weight):
        column = self.columns[place]
        if self._is_full(column):
            with pytest.raises(WipLimitReached):
                self._create(column, weight)
            return None
        created = self._create(column, weight)
        self.model[column].append(created.task_id)
        self.weights[created.task_id] = weight
        return created.task_id

    @rule(card=cards, place=places, before=cards)
    def place_before(self, card, place, before):
        self._place(card, self.columns[place], before)

    @rule(card=cards, place=places)
    def place_at_the_end(self, card, place):
        self._place(card, self.columns[place], None)

    @rule(card=cards, weight=st.integers(min_value=0, max_value=9))
    def weigh(self, card, weight):
        if card is None:
            return
        version = Task.get_by_id(card).version
        tasks.edit(card, {"weight": weight}, base_version=version, actor=self.actor, at=self._now())
        self.weights[card] = weight

    @rule(place=places, limit=st.none() | st.integers(min_value=1, max_value=4))
    def limit(self, place, limit):
        self._set_limit(self.columns[place], limit)

    @rule(card=consumes(cards))
    def squeeze(self, card):
        """Leave no gap above a card, so that the next insertion must rank the column anew."""
        if card is None:
            return
        column = Task.get_by_id(card).column_id
        for rank, task in enumerate(self.model[column], start=1):
            Task.update(rank=-rank).where(Task.id == task).execute()
        Task.update(rank=Task.rank * -1).where(Task.column == column).execute()

    @invariant()
    def board_and_model_are_alike(self):
        for column in board_queries.columns(self.board_id, today=NOW.date()):
            ids = [card.id for card in column.cards]
            assert ids == self.model[column.head.id]
            assert column.head.count == len(ids)
            assert column.head.weight == sum(self.weights[card] for card in ids)

    @invariant()
    def journal_tells_where_every_card_stands(self):
        keys = dict(
            Column.select(Column.id, Column.key).where(Column.board == self.board_id).tuples()
        )
        told = {}
        events = Event.select().where(Event.project == self.project).order_by(Event.id)
        for event in events:
            if event.kind == "task.created":
                told[event.task_id] = event.data["column"]
            elif event.kind == "task.moved":
                assert told[event.task_id] == event.data["from"]
                told[event.task_id] = event.data["to"]
        assert told == {
            card: keys[column] for column in self.columns for card in self.model[column]
        }

    def _create(self, column, weight):
        fields = {"title": "A card", "weight": weight}
        return tasks.create(column, fields=fields, actor=self.actor, at=self._now())

    def _place(self, card, column, before):
        if card is None:
            return
        source = next(key for key, held in self.model.items() if card in held)
        if source != column and self._is_full(column):
            with pytest.raises(WipLimitReached):
                self._move(card, column, before)
            return
        self._move(card, column, before)
        if card == before:
            if source == column:
                return
            before = None
        self.model[source].remove(card)
        held = self.model[column]
        held.insert(held.index(before) if before in held else len(held), card)

    def _move(self, card, column, before):
        tasks.place(card, column_id=column, before_id=before, actor=self.actor, at=self._now())

    def _set_limit(self, column, limit):
        kind = WipKind.NONE if limit is None else WipKind.HARD
        boards.edit_column(
            column,
            changes={"wip_limit": limit, "wip_kind": kind},
            expected_version=None,
            actor=self.actor,
            at=NOW,
        )
        self.limits[column] = limit

    def _is_full(self, column):
        limit = self.limits[column]
        return limit is not None and len(self.model[column]) >= limit

    def _now(self):
        self.at += timedelta(seconds=1)
        return self.at


def test_any_sequence_of_acts_keeps_board_model_and_journal_alike(cast):
    BoardMachine.actor = cast.ada
    run_state_machine_as_test(
        BoardMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
