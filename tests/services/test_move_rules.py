"""Moves that a board keeps for its lead, and the definition of done at the done column."""

import pytest

from pmo.db import database
from pmo.domain.vocabulary import MemberRole
from pmo.errors import (
    AlreadyTaken,
    DefinitionOfDoneAsked,
    EntryNotAllowed,
    Forbidden,
    Invalid,
    MoveNotAllowed,
    NotFound,
)
from pmo.models import Board, Column, Event, MoveRule, Task
from pmo.services import boards, move_rules, tasks
from tests.cast import NOW

LEAD, MEMBER = MemberRole.LEAD, MemberRole.MEMBER


def keep(cast, source, target, role=LEAD, actor=None):
    columns = cast.orchard.columns
    return move_rules.add(
        cast.orchard.board,
        source_id=None if source is None else columns[source],
        target_id=None if target is None else columns[target],
        least_role=role,
        actor=actor or cast.lev,
        at=NOW,
    )


def place(cast, column, actor, **more):
    return tasks.place(
        cast.orchard.tasks[0], column_id=cast.orchard.columns[column], actor=actor, at=NOW, **more
    )


def test_a_kept_column_is_filled_by_the_lead_alone(cast):
    keep(cast, None, 3)

    with pytest.raises(MoveNotAllowed) as refused:
        place(cast, 3, cast.mila)
    place(cast, 3, cast.lev)

    assert str(refused.value) == (
        "Only the lead of the project moves cards from “Queue” to “Done”."
    )
    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == cast.orchard.columns[3]


def test_a_refused_move_leaves_everything_as_it_was(cast):
    keep(cast, None, 3)
    before = Task.get_by_id(cast.orchard.tasks[0]), Event.select().count()

    with pytest.raises(MoveNotAllowed):
        place(cast, 3, cast.mila)

    after = Task.get_by_id(cast.orchard.tasks[0]), Event.select().count()
    assert (before[0].column_id, before[0].moves, before[1]) == (
        after[0].column_id,
        after[0].moves,
        after[1],
    )


@pytest.mark.parametrize("login", ["dina", "ada"])
def test_the_heads_of_the_office_count_as_the_lead(cast, login):
    keep(cast, None, 3)

    place(cast, 3, cast.actor(login))

    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == cast.orchard.columns[3]


def test_a_card_is_kept_in_a_column_but_can_change_its_place_there(cast):
    keep(cast, 0, None)

    with pytest.raises(MoveNotAllowed):
        place(cast, 2, cast.mila)
    place(cast, 0, cast.mila)


def test_a_rule_for_one_way_opens_it_again(cast):
    keep(cast, None, 3)
    keep(cast, 0, 3, MEMBER)

    place(cast, 3, cast.mila)

    assert Task.get_by_id(cast.orchard.tasks[0]).column_id == cast.orchard.columns[3]


def test_a_new_card_comes_into_a_kept_column_from_the_lead_alone(cast):
    keep(cast, None, 3)
    new = {"fields": {"title": "New"}, "at": NOW}

    with pytest.raises(EntryNotAllowed):
        tasks.create(cast.orchard.columns[3], actor=cast.mila, **new)

    assert tasks.create(cast.orchard.columns[3], actor=cast.lev, **new).task_id


def test_a_removed_rule_keeps_nothing(cast):
    rule = keep(cast, None, 3)

    move_rules.remove(rule, actor=cast.lev, at=NOW)
    place(cast, 3, cast.mila)

    assert Board.get_by_id(cast.orchard.board).rule_kinds == 0
    assert Column.get_by_id(cast.orchard.columns[3]).guard == 0
    assert [event.kind for event in Event.select().order_by(Event.id).limit(2)] == [
        "board.move_rule_added",
        "board.move_rule_removed",
    ]


def test_a_rule_goes_with_its_column(cast):
    keep(cast, None, 3)

    boards.remove_column(cast.orchard.columns[3], expected_version=1, actor=cast.lev, at=NOW)

    assert MoveRule.select().count() == 0


@pytest.mark.parametrize("login", ["mila", "olga"])
def test_only_who_configures_the_board_makes_rules(cast, login):
    with pytest.raises(Forbidden):
        keep(cast, None, 3, actor=cast.actor(login))


def test_a_rule_names_columns_of_its_own_board(cast):
    with pytest.raises(NotFound):
        move_rules.add(
            cast.orchard.board,
            source_id=None,
            target_id=cast.harbour.columns[0],
            least_role=LEAD,
            actor=cast.lev,
            at=NOW,
        )


def test_there_is_one_rule_for_one_way(cast):
    keep(cast, None, 3)

    with pytest.raises(AlreadyTaken):
        keep(cast, None, 3, MEMBER)
    with pytest.raises(Invalid):
        keep(cast, 2, 2)
    with pytest.raises(Invalid):
        keep(cast, 2, 3, MemberRole.OBSERVER)


def test_a_board_without_rules_pays_one_statement(cast, monkeypatch):
    count = []
    usual = database.obj.execute_sql

    def counted(*args, **kwargs):
        count.append(args[0])
        return usual(*args, **kwargs)

    monkeypatch.setattr(database.obj, "execute_sql", counted)
    place(cast, 2, cast.mila)

    [asked] = [sql for sql in count if "_rules" in sql and "rule_kinds" not in sql]
    assert "automation_rules" in asked


@pytest.fixture
def demanding(cast):
    """Let the done column of the Orchard ask for two things."""
    text = "- Report handed in\n- Photos kept"
    Column.update(definition_of_done=text).where(Column.id == cast.orchard.columns[3]).execute()
    return cast


def test_the_done_column_asks_for_its_definition(demanding):
    with pytest.raises(DefinitionOfDoneAsked) as asked:
        place(demanding, 3, demanding.mila, confirmed=("Photos kept",))

    assert asked.value.criteria == ("Report handed in", "Photos kept")


def test_what_was_confirmed_stays_in_the_journal(demanding):
    place(demanding, 3, demanding.mila, confirmed=("Photos kept", "Report handed in", "And more"))

    [event] = Event.select().where(Event.kind == "task.moved")
    assert event.data["confirmed"] == ["Report handed in", "Photos kept"]


def test_inside_the_done_column_nothing_is_asked_again(demanding):
    place(demanding, 3, demanding.mila, confirmed=True)

    place(demanding, 3, demanding.mila, before_id=demanding.orchard.tasks[0])


def test_a_card_made_in_the_done_column_is_asked_too(demanding):
    new = {"fields": {"title": "New"}, "actor": demanding.mila, "at": NOW}

    with pytest.raises(DefinitionOfDoneAsked):
        tasks.create(demanding.orchard.columns[3], **new)
    tasks.create(demanding.orchard.columns[3], confirmed=True, **new)

    [event] = Event.select().where(Event.kind == "task.created")
    assert event.data["confirmed"] == ["Report handed in", "Photos kept"]
