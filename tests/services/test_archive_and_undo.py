"""The archive keeps everything, and what was done can be taken back, as an act of its own."""

from datetime import timedelta
from typing import Any

import peewee as pw
import pytest

from pmo.documents import portfolio_file
from pmo.domain.acts import Acted
from pmo.errors import Archived, Forbidden, NoLongerFits, NotFound, NotUndoable, WipLimitReached
from pmo.models import Board, Column, Event, Label, Membership, Stage, Task
from pmo.queries import doctor
from pmo.queries import portfolio_files as files
from pmo.services import archive, boards, tasks, undo
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=1)


def put_away(cast: Cast, task: int = 0, **more: Any) -> Acted:
    actor = more.pop("actor", cast.mila)
    return archive.archive(cast.orchard.tasks[task], actor=actor, at=NOW)


def take_out(cast: Cast, task: int = 0) -> Acted:
    return archive.restore(cast.orchard.tasks[task], actor=cast.mila, at=LATER)


def move(cast: Cast, task: int, column: int, before: int | None = None) -> int:
    scene = cast.orchard
    before_id = None if before is None else scene.tasks[before]
    place = {"column_id": scene.columns[column], "before_id": before_id}
    placed = tasks.place(scene.tasks[task], **place, actor=cast.mila, at=NOW)
    assert placed.event_id is not None
    return placed.event_id


def edit(cast: Cast, task: int = 0, **changes: Any) -> int:
    task_id = cast.orchard.tasks[task]
    version = Task.get_by_id(task_id).version
    edited = tasks.edit(task_id, changes, base_version=version, actor=cast.mila, at=NOW)
    assert edited.event_id is not None
    return edited.event_id


def take_back(cast: Cast, event_id: int, **more: Any) -> int:
    acted = undo.undo(event_id, actor=more.pop("actor", cast.mila), at=LATER)
    assert acted.event_id is not None
    return acted.event_id


def order(column_id: int) -> list[int]:
    live = (Task.column == column_id) & Task.archived_at.is_null()
    query = Task.select(Task.number).where(live).order_by(Task.rank)
    return [number for (number,) in query.tuples()]


def sums(column_id: int) -> tuple[int, int]:
    column = Column.get_by_id(column_id)
    return column.task_count, column.task_weight


def events() -> list[Event]:
    return list(Event.select().order_by(Event.id))


def content(cast: Cast) -> Any:
    """Return all that a portfolio file tells of the projects, but for the journal."""
    return files.export(cast.ada)["projects"]


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def test_an_archived_card_leaves_the_board_and_its_sums(cast: Cast) -> None:
    column = cast.orchard.columns[0]

    acted = put_away(cast)

    assert acted.task_ids == (cast.orchard.tasks[0],)
    assert sums(column) == (2, 2)
    assert order(column) == [2, 3]
    assert Task.get_by_id(cast.orchard.tasks[0]).archived_at == NOW
    assert wrong() == []


def test_the_archive_is_told_to_the_journal_and_to_the_board(cast: Cast) -> None:
    before = Board.get_by_id(cast.orchard.board).revision

    acted = put_away(cast)

    [event] = events()
    assert (event.id, event.kind) == (acted.event_id, "task.archived")
    assert event.data == {
        "board": "b1",
        "column": "c1",
        "meaning": "queue",
        "column_name": "Queue",
    }
    assert acted.revisions == {cast.orchard.board: before + 1}


def test_a_restored_card_comes_back_to_its_place(cast: Cast) -> None:
    put_away(cast, 1)

    take_out(cast, 1)

    assert order(cast.orchard.columns[0]) == [1, 2, 3]
    assert sums(cast.orchard.columns[0]) == (3, 3)
    assert [event.kind for event in events()] == ["task.archived", "task.restored"]
    assert wrong() == []


def test_nothing_else_can_be_done_to_an_archived_card(cast: Cast) -> None:
    put_away(cast)

    with pytest.raises(Archived):
        move(cast, 0, 1)
    with pytest.raises(Archived):
        edit(cast, 0, title="Other")


def test_a_card_that_is_there_already_stays_as_it_is(cast: Cast) -> None:
    put_away(cast)

    assert put_away(cast).event_id is None
    take_out(cast)
    assert take_out(cast).event_id is None
    assert len(events()) == 2


def test_a_full_column_takes_no_restored_card(cast: Cast) -> None:
    target = cast.orchard.columns[1]
    move(cast, 0, 1)
    put_away(cast)
    Column.update(wip_limit=1).where(Column.id == target).execute()
    move(cast, 1, 1)

    with pytest.raises(WipLimitReached):
        take_out(cast)
    assert sums(target) == (1, 1)


def test_who_may_not_edit_archives_nothing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        put_away(cast, actor=cast.olga)
    with pytest.raises(NotFound):
        put_away(cast, actor=cast.clea)
    assert events() == []


def test_a_column_with_only_archived_cards_can_be_removed(cast: Cast) -> None:
    column = cast.orchard.columns[1]
    move(cast, 0, 1)
    put_away(cast)

    boards.remove_column(column, expected_version=None, actor=cast.lev, at=NOW)
    take_out(cast)

    assert order(cast.orchard.columns[0]) == [2, 3, 1]
    assert events()[-2].data["archive_to"] == "c1"
    assert wrong() == []


def test_a_move_is_undone_to_the_very_place(cast: Cast) -> None:
    before = content(cast)
    event_id = move(cast, 1, 2)

    undone = take_back(cast, event_id)

    assert content(cast) == before
    assert Event.get_by_id(undone).undoes_id == event_id
    assert wrong() == []


@pytest.mark.parametrize("target", [0, 1, 2, 3])
@pytest.mark.parametrize("before", [None, 0])
def test_undo_and_redo_of_any_move_change_nothing_else(
    cast: Cast, target: int, before: int | None
) -> None:
    start = content(cast)
    event_id = move(cast, 1, target, before)
    moved = content(cast)

    undone = take_back(cast, event_id)
    assert content(cast) == start
    redone = take_back(cast, undone)
    assert content(cast) == moved
    take_back(cast, redone)
    assert content(cast) == start


def test_an_edit_of_every_field_is_undone(cast: Cast) -> None:
    edit(cast, 0, period="сентябрь 2021 г.", description="Old")
    before = content(cast)
    event_id = edit(
        cast,
        0,
        title="New",
        description="",
        stage_id=cast.orchard.stages[1],
        plan_number="2.1",
        period="октябрь",
        weight=7,
        assignee_ids=[cast.lev.user_id],
        label_ids=[cast.orchard.labels[0]],
        expected_result="Report",
        responsible="Lead",
        blocked_reason="No room",
    )

    undone = take_back(cast, event_id)

    assert content(cast) == before
    assert wrong() == []
    take_back(cast, undone)
    assert Task.get_by_id(cast.orchard.tasks[0]).title == "New"


def test_an_edit_leaves_what_others_changed_beside_it(cast: Cast) -> None:
    event_id = edit(cast, 0, title="New")
    edit(cast, 0, weight=9)

    take_back(cast, event_id)

    task = Task.get_by_id(cast.orchard.tasks[0])
    assert (task.title, task.weight, task.version) == ("Task 1 of Orchard", 9, 4)


def test_a_field_that_was_changed_again_is_told(cast: Cast) -> None:
    event_id = edit(cast, 0, title="New", weight=4)
    edit(cast, 0, title="Newer")

    with pytest.raises(NoLongerFits, match="The title has been changed again"):
        take_back(cast, event_id)
    assert Task.get_by_id(cast.orchard.tasks[0]).weight == 4


def test_a_card_that_moved_on_is_told(cast: Cast) -> None:
    event_id = move(cast, 0, 1)
    move(cast, 0, 2)

    with pytest.raises(NoLongerFits, match="The card stands in the column “Waiting”"):
        take_back(cast, event_id)


def test_nothing_is_undone_twice(cast: Cast) -> None:
    event_id = move(cast, 0, 1)
    take_back(cast, event_id)
    move(cast, 0, 1)

    with pytest.raises(NotUndoable):
        take_back(cast, event_id)


def test_a_new_card_is_undone_into_the_archive(cast: Cast) -> None:
    created = tasks.create(
        cast.orchard.columns[0], fields={"title": "Oops"}, actor=cast.mila, at=NOW
    )

    undone = take_back(cast, created.event_id)
    assert Task.get_by_id(created.task_id).archived_at == LATER

    take_back(cast, undone)
    assert order(cast.orchard.columns[0]) == [1, 2, 3, 4]


def test_the_archive_is_undone_and_redone(cast: Cast) -> None:
    acted = put_away(cast)
    assert acted.event_id is not None

    undone = take_back(cast, acted.event_id)
    assert order(cast.orchard.columns[0]) == [1, 2, 3]
    take_back(cast, undone)
    assert order(cast.orchard.columns[0]) == [2, 3]


def test_undo_does_not_pass_a_hard_limit(cast: Cast) -> None:
    column = cast.orchard.columns[1]
    move(cast, 0, 1)
    event_id = move(cast, 0, 2)
    Column.update(wip_limit=1).where(Column.id == column).execute()
    move(cast, 1, 1)

    with pytest.raises(WipLimitReached):
        take_back(cast, event_id)


def test_undo_needs_the_right_to_do_the_opposite(cast: Cast) -> None:
    event_id = move(cast, 0, 1)

    with pytest.raises(Forbidden):
        take_back(cast, event_id, actor=cast.olga)
    with pytest.raises(NotFound):
        take_back(cast, event_id, actor=cast.clea)


def test_somebody_else_may_undo_what_they_may_do(cast: Cast) -> None:
    event_id = move(cast, 0, 1)

    undone = take_back(cast, event_id, actor=cast.lev)

    assert Event.get_by_id(undone).actor_id == cast.lev.user_id


def test_what_has_gone_meanwhile_is_told(cast: Cast) -> None:
    edit(cast, 0, stage_id=cast.orchard.stages[1], label_ids=cast.orchard.labels)
    event_id = edit(cast, 0, stage_id=None, label_ids=[])
    Stage.delete().where(Stage.id == cast.orchard.stages[1]).execute()

    with pytest.raises(NoLongerFits, match="stage"):
        take_back(cast, event_id)

    event_id = edit(cast, 1, label_ids=cast.orchard.labels)
    event_id = edit(cast, 1, label_ids=[])
    Label.delete().where(Label.project == cast.orchard.project).execute()
    with pytest.raises(NoLongerFits, match="Urgent"):
        take_back(cast, event_id)


def test_a_person_who_left_the_project_does_not_come_back(cast: Cast) -> None:
    event_id = edit(cast, 0, assignee_ids=[])
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    with pytest.raises(NoLongerFits, match="mila"):
        take_back(cast, event_id, actor=cast.lev)


def test_a_column_that_is_gone_is_told(cast: Cast) -> None:
    move(cast, 0, 1)
    event_id = move(cast, 0, 2)
    boards.remove_column(cast.orchard.columns[1], expected_version=None, actor=cast.lev, at=NOW)

    with pytest.raises(NoLongerFits, match="In progress"):
        take_back(cast, event_id)


def test_a_move_of_a_former_release_is_undone_to_the_end(cast: Cast) -> None:
    event = Event.get_by_id(move(cast, 0, 1))
    event.data = {name: value for name, value in event.data.items() if name != "from_before"}
    event.id = None
    event.save(force_insert=True)

    take_back(cast, event.id)

    assert order(cast.orchard.columns[0]) == [2, 3, 1]


def test_acts_and_their_undoing_travel(db: pw.Database, cast: Cast) -> None:
    undone = take_back(cast, move(cast, 0, 1))
    take_back(cast, undone)
    take_back(cast, edit(cast, 0, period="октябрь 2021 г."))
    put_away(cast, 2)

    journal = files.export(cast.ada)["journal"]

    assert [event["undoes"] for event in journal] == [None, 1, 2, None, 4, None]
    data = portfolio_file.dump(files.export(cast.ada), "yaml")
    assert portfolio_file.load(data, "yaml")["journal"][1]["undoes"] == 1
