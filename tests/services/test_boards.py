"""Boards and their columns."""

import pytest

from pmo.domain.board_templates import DEFAULT_COLUMNS, MOST_COLUMNS, ColumnPlan
from pmo.domain.vocabulary import ColumnMeaning, WipKind
from pmo.errors import Conflict, Forbidden, InUse, Invalid, NotFound, StaleVersion
from pmo.models import Board, Column, Event
from pmo.services import board_templates, boards
from tests.cast import NOW

PLAN = ColumnPlan("Review", ColumnMeaning.WAITING)


def names(board_id):
    query = Column.select(Column.name).where(Column.board == board_id)
    return [name for (name,) in query.order_by(Column.position).tuples()]


def edit(cast, changes, version=1, actor=None):
    return boards.edit_column(
        cast.orchard.columns[1],
        changes=changes,
        expected_version=version,
        actor=actor or cast.lev,
        at=NOW,
    )


def test_a_new_board_has_the_usual_columns(cast):
    made = board_templates.create_board(
        cast.orchard.project, name="Second", template=None, actor=cast.lev, at=NOW
    )

    assert names(made.board_id) == [plan.name for plan in DEFAULT_COLUMNS]
    assert Board.get_by_id(made.board_id).key == "b2"


def test_a_new_board_finds_a_key_beside_those_that_a_file_brought(cast):
    Board.update(key="b2").where(Board.id == cast.orchard.board).execute()

    made = board_templates.create_board(
        cast.orchard.project, name="Second", template=None, actor=cast.lev, at=NOW
    )

    assert Board.get_by_id(made.board_id).key == "b3"


def test_a_column_is_added_at_the_right_end_with_a_key_never_used_before(cast):
    boards.remove_column(cast.orchard.columns[3], expected_version=1, actor=cast.lev, at=NOW)

    added = boards.add_column(cast.orchard.board, plan=PLAN, actor=cast.lev, at=NOW)

    assert names(cast.orchard.board)[-1] == "Review"
    assert Column.get_by_id(added.column_id).key == "c5"


def test_a_column_can_be_put_before_another(cast):
    boards.move_column(
        cast.orchard.columns[3], before_id=cast.orchard.columns[0], actor=cast.lev, at=NOW
    )

    assert names(cast.orchard.board) == ["Done", "Queue", "In progress", "Waiting"]


def test_a_column_can_be_put_at_the_right_end(cast):
    boards.move_column(cast.orchard.columns[0], before_id=None, actor=cast.lev, at=NOW)

    assert names(cast.orchard.board) == ["In progress", "Waiting", "Done", "Queue"]


def test_a_column_stays_on_its_board(cast):
    with pytest.raises(NotFound):
        boards.move_column(
            cast.orchard.columns[0], before_id=cast.harbour.columns[0], actor=cast.ada, at=NOW
        )


def test_a_change_of_columns_tells_open_pages_to_draw_the_board_anew(cast):
    boards.add_column(cast.orchard.board, plan=PLAN, actor=cast.lev, at=NOW)

    board = Board.get_by_id(cast.orchard.board)
    assert board.layout_revision == board.revision == 2


def test_a_limit_is_a_number_and_a_kind_together(cast):
    with pytest.raises(Invalid):
        edit(cast, {"wip_limit": 5, "wip_kind": WipKind.NONE})

    with pytest.raises(Invalid):
        edit(cast, {"wip_limit": None, "wip_kind": WipKind.SOFT})


def test_an_edited_column_tells_the_journal_what_changed(cast):
    edit(cast, {"wip_limit": 5, "wip_kind": WipKind.SOFT})

    event = Event.get()
    assert event.kind == "column.edited"
    assert event.data["changes"] == {"wip_limit": [3, 5], "wip_kind": ["hard", "soft"]}


def test_a_column_edited_by_two_is_refused_to_the_second(cast):
    edit(cast, {"name": "Doing"})

    with pytest.raises(StaleVersion):
        edit(cast, {"name": "At work"})


def test_a_column_that_holds_tasks_cannot_be_removed(cast):
    with pytest.raises(InUse):
        boards.remove_column(cast.orchard.columns[0], expected_version=1, actor=cast.lev, at=NOW)

    assert len(names(cast.orchard.board)) == 4


def test_the_last_column_cannot_be_removed(cast):
    Column.delete().where(Column.id.in_(cast.harbour.columns[1:])).execute()
    Column.update(task_count=0).where(Column.id == cast.harbour.columns[0]).execute()

    with pytest.raises(Conflict):
        boards.remove_column(cast.harbour.columns[0], expected_version=1, actor=cast.ada, at=NOW)


def test_somebody_who_only_moves_cards_does_not_configure_the_board(cast):
    with pytest.raises(Forbidden):
        edit(cast, {"name": "Mine"}, actor=cast.mila)

    assert not Event.select().exists()


def test_a_renamed_board_keeps_its_key(cast):
    boards.rename(cast.orchard.board, name="Renamed", expected_version=1, actor=cast.lev, at=NOW)

    board = Board.get_by_id(cast.orchard.board)
    assert (board.name, board.key, board.version) == ("Renamed", "b1", 2)


def test_a_board_has_a_limited_number_of_columns(cast):
    for number in range(4, MOST_COLUMNS):
        plan = ColumnPlan(f"Column {number}", ColumnMeaning.QUEUE)
        boards.add_column(cast.orchard.board, plan=plan, actor=cast.lev, at=NOW)

    with pytest.raises(InUse):
        boards.add_column(cast.orchard.board, plan=PLAN, actor=cast.lev, at=NOW)
