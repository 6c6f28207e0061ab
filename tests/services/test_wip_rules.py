"""Limits of work in progress by person, stage and label, at every way in."""

import pytest

from pmo.domain.bulk import Bulk, BulkAct
from pmo.domain.vocabulary import WipBy, WipKind
from pmo.domain.wip_rules import Overload
from pmo.errors import AlreadyTaken, Forbidden, Invalid, NotFound, WipRuleReached
from pmo.models import Board, Column, Event, Task, TaskAssignee, WipRule
from pmo.queries import wip_rules as queries
from pmo.services import bulk, labels, stages, tasks, wip_rules
from tests.cast import NOW

PERSON, STAGE, LABEL = WipBy.PERSON, WipBy.STAGE, WipBy.LABEL
SOFT, HARD = WipKind.SOFT, WipKind.HARD


def limit(cast, by, most, kind=HARD, subject=None, actor=None):
    return wip_rules.add(
        cast.orchard.board,
        by=by,
        subject_id=subject,
        limit=most,
        kind=kind,
        actor=actor or cast.lev,
        at=NOW,
    )


def start(cast, number, column=1):
    return tasks.place(
        cast.orchard.tasks[number], column_id=cast.orchard.columns[column], actor=cast.lev, at=NOW
    )


def change(cast, number, **changes):
    task = Task.get_by_id(cast.orchard.tasks[number])
    return tasks.edit(task.id, changes, base_version=task.version, actor=cast.lev, at=NOW)


@pytest.fixture
def busy(cast):
    """Give Mila all three cards."""
    for task in cast.orchard.tasks[1:]:
        TaskAssignee.create(task=task, user=cast.mila.user_id)
    return cast


def test_a_person_takes_no_more_than_the_hard_limit(busy):
    limit(busy, PERSON, 1)
    start(busy, 0)

    with pytest.raises(WipRuleReached) as refused:
        start(busy, 1)

    assert str(refused.value) == "“Mila” would have 2 cards in progress; the limit is 1."
    assert Task.get_by_id(busy.orchard.tasks[1]).column_id == busy.orchard.columns[0]


def test_a_soft_limit_warns_and_the_journal_keeps_it(busy):
    limit(busy, PERSON, 1, SOFT)
    start(busy, 0)

    placed = start(busy, 1)

    assert placed.overloads == (Overload(PERSON, "mila", "Mila", 2, 1, busy.mila.user_id),)
    event = Event.select().where(Event.kind == "task.moved").order_by(Event.id.desc()).get()
    assert event.data["overloads"] == [{"by": "person", "of": "mila", "limit": 1, "count": 2}]
    assert queries.overloads(busy.orchard.board) == placed.overloads


def test_a_limit_of_ones_own_goes_before_the_one_for_each(busy):
    limit(busy, PERSON, 1)
    limit(busy, PERSON, 2, subject=busy.mila.user_id)
    start(busy, 0)

    start(busy, 1)


@pytest.mark.parametrize("column", [0, 2, 3])
def test_only_columns_in_progress_count(busy, column):
    limit(busy, PERSON, 1)
    Column.update(wip_limit=None, wip_kind=WipKind.NONE).execute()
    start(busy, 0)

    start(busy, 1, column)


def test_from_one_column_in_progress_to_another_nothing_grows(busy):
    rule = limit(busy, PERSON, 5)
    Column.update(meaning="in_progress").where(Column.id == busy.orchard.columns[2]).execute()
    start(busy, 0)
    start(busy, 1)
    WipRule.update(most=1).where(WipRule.id == rule).execute()

    start(busy, 0, 2)


def test_assigning_a_card_in_progress_counts(busy):
    limit(busy, PERSON, 1)
    change(busy, 1, assignee_ids=[])
    start(busy, 0)
    start(busy, 1)

    with pytest.raises(WipRuleReached):
        change(busy, 1, assignee_ids=[busy.mila.user_id])

    change(busy, 1, assignee_ids=[busy.lev.user_id])


def test_who_is_over_can_still_edit_the_card(busy):
    rule = limit(busy, PERSON, 5)
    start(busy, 0)
    start(busy, 1)
    WipRule.update(most=1).where(WipRule.id == rule).execute()

    edited = change(busy, 0, title="Another", assignee_ids=[busy.mila.user_id])

    assert edited.overloads == ()


def test_a_new_card_counts(busy):
    limit(busy, PERSON, 1)
    start(busy, 0)
    fields = {"title": "New", "assignee_ids": [busy.mila.user_id]}

    with pytest.raises(WipRuleReached):
        tasks.create(busy.orchard.columns[1], fields=fields, actor=busy.lev, at=NOW)


def test_a_stage_and_a_label_are_limited_alike(cast):
    limit(cast, STAGE, 2, subject=cast.orchard.stages[0])
    limit(cast, LABEL, 1)
    start(cast, 0)
    start(cast, 1)

    with pytest.raises(WipRuleReached) as of_stage:
        start(cast, 2)
    change(cast, 2, stage_id=None)
    start(cast, 2)
    with pytest.raises(WipRuleReached):
        change(cast, 2, stage_id=cast.orchard.stages[0])
    change(cast, 0, label_ids=list(cast.orchard.labels))
    with pytest.raises(WipRuleReached) as of_label:
        change(cast, 1, label_ids=list(cast.orchard.labels))

    assert of_stage.value.facts["name"] == "Stage 1"
    assert of_label.value.facts["name"] == "Urgent"


def test_an_archived_card_is_in_nobodys_hands(busy):
    limit(busy, PERSON, 1)
    start(busy, 0)
    Task.update(archived_at=NOW).where(Task.id == busy.orchard.tasks[0]).execute()

    start(busy, 1)


def test_a_limit_goes_with_what_it_names(cast):
    limit(cast, STAGE, 2, subject=cast.orchard.stages[1])
    limit(cast, LABEL, 2, subject=cast.orchard.labels[0])

    stages.remove(cast.orchard.stages[1], actor=cast.lev, at=NOW)
    labels.remove(cast.orchard.labels[0], actor=cast.lev, at=NOW)

    assert WipRule.select().count() == 0


def test_a_removed_limit_limits_nothing(busy):
    rule = limit(busy, PERSON, 1)

    wip_rules.remove(rule, actor=busy.lev, at=NOW)
    start(busy, 0)
    start(busy, 1)

    assert Board.get_by_id(busy.orchard.board).rule_kinds == 0


def test_limits_name_people_and_parts_of_the_project(cast):
    for by, subject in (
        (PERSON, cast.clea.user_id),
        (STAGE, cast.harbour.stages[0]),
        (LABEL, cast.harbour.labels[0]),
    ):
        with pytest.raises(NotFound):
            limit(cast, by, 2, subject=subject)


def test_there_is_one_limit_for_one(cast):
    limit(cast, PERSON, 2)

    with pytest.raises(AlreadyTaken):
        limit(cast, PERSON, 3, SOFT)
    with pytest.raises(Invalid):
        limit(cast, STAGE, 3, WipKind.NONE)
    with pytest.raises(Forbidden):
        limit(cast, LABEL, 3, actor=cast.mila)


def test_many_cards_at_once_pass_the_same_door(busy):
    rule = limit(busy, PERSON, 1)
    Column.update(wip_limit=None, wip_kind=WipKind.NONE).execute()
    ids, move = list(busy.orchard.tasks), Bulk(BulkAct.MOVE, busy.orchard.columns[1])
    who = {"actor": busy.lev, "at": NOW}

    with pytest.raises(WipRuleReached):
        bulk.bulk(busy.orchard.board, ids, move, **who)
    before = [Task.get_by_id(task).column_id for task in ids]
    WipRule.update(kind=SOFT).where(WipRule.id == rule).execute()
    acted = bulk.bulk(busy.orchard.board, ids, move, **who)

    assert set(before) == {busy.orchard.columns[0]}
    assert acted.overloads == (Overload(PERSON, "mila", "Mila", 3, 1, busy.mila.user_id),)
    assert queries.overloads(busy.orchard.board) == (
        Overload(PERSON, "mila", "Mila", 3, 1, busy.mila.user_id),
    )
