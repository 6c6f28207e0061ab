"""Tasks: created, placed, edited; each with its event in the journal."""

from datetime import date

import pytest

from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Role, TaskKind
from pmo.domain.wip import Overrun
from pmo.errors import EditConflict, Forbidden, NotFound, StaleVersion, WipLimitReached
from pmo.models import Board, Column, Event, Task, TaskAssignee, User
from pmo.queries import access
from pmo.services import ranks, tasks
from tests.cast import NOW


def create(cast, column=0, **fields):
    return tasks.create(
        cast.orchard.columns[column], fields={"title": "New", **fields}, actor=cast.mila, at=NOW
    )


def place(cast, task, column, before=None, **more):
    scene = cast.orchard
    return tasks.place(
        scene.tasks[task],
        column_id=scene.columns[column],
        before_id=None if before is None else scene.tasks[before],
        actor=more.pop("actor", cast.mila),
        at=NOW,
        **more,
    )


def edit(cast, changes, version=1, **more):
    actor = more.pop("actor", cast.mila)
    return tasks.edit(
        cast.orchard.tasks[0], changes, base_version=version, actor=actor, at=NOW, **more
    )


def order(column_id):
    query = Task.select(Task.number).where(Task.column == column_id).order_by(Task.rank)
    return [number for (number,) in query.tuples()]


def last_event():
    return Event.select().order_by(Event.id.desc()).get()


def sums(column_id):
    column = Column.get_by_id(column_id)
    return column.task_count, column.task_weight


def test_a_new_task_takes_the_next_number_and_the_end_of_the_column(cast):
    created = create(cast, weight=3)

    assert Task.get_by_id(created.task_id).number == 4
    assert order(cast.orchard.columns[0]) == [1, 2, 3, 4]
    assert sums(cast.orchard.columns[0]) == (4, 6)


def test_a_new_task_tells_the_journal_where_it_began(cast):
    created = create(cast)

    event = last_event()
    assert (event.kind, event.task_id, event.actor_id) == (
        "task.created",
        created.task_id,
        cast.mila.user_id,
    )
    assert event.data == {
        "board": "b1",
        "column": "c1",
        "meaning": "queue",
        "column_name": "Queue",
        "weight": 1,
    }


def test_a_new_task_is_due_at_the_end_of_its_period(cast):
    created = create(cast, period="ноябрь – декабрь 2025 г.")

    task = Task.get_by_id(created.task_id)
    assert task.due_on == date(2025, 12, 31)
    assert task.period_text == "ноябрь – декабрь 2025 г."
    assert task.kind is TaskKind.EVENT


def test_a_period_that_cannot_be_understood_stays_as_text_and_gives_no_date(cast):
    created = create(cast, period="когда рак на горе свистнет")

    task = Task.get_by_id(created.task_id)
    assert not task.period.understood
    assert task.due_on is None


@pytest.mark.parametrize(
    "fields",
    [
        {"stage_id": "harbour.stages"},
        {"label_ids": "harbour.labels"},
        {"assignee_ids": "clea"},
    ],
)
def test_a_task_takes_nothing_of_a_foreign_project(cast, fields):
    foreign = {
        "harbour.stages": cast.harbour.stages[0],
        "harbour.labels": [cast.harbour.labels[0]],
        "clea": [cast.clea.user_id],
    }
    wanted = {name: foreign[value] for name, value in fields.items()}

    with pytest.raises(NotFound):
        create(cast, **wanted)

    assert Task.select().where(Task.project == cast.orchard.project).count() == 3
    assert not Event.select().exists()


def test_a_card_can_be_put_before_another(cast):
    place(cast, 2, 0, before=0)

    assert order(cast.orchard.columns[0]) == [3, 1, 2]


def test_a_card_can_be_put_at_the_end(cast):
    place(cast, 0, 0)

    assert order(cast.orchard.columns[0]) == [2, 3, 1]


def test_a_move_to_another_column_moves_its_weight_too(cast):
    place(cast, 0, 1)

    assert sums(cast.orchard.columns[0]) == (2, 2)
    assert sums(cast.orchard.columns[1]) == (1, 1)


def test_a_move_is_told_by_names_that_outlive_the_columns(cast):
    place(cast, 0, 1)

    assert last_event().data == {
        "board": "b1",
        "from": "c1",
        "from_meaning": "queue",
        "from_name": "Queue",
        "to": "c2",
        "to_meaning": "in_progress",
        "to_name": "In progress",
        "from_before": 2,
    }


def test_a_move_does_not_count_as_an_edit(cast):
    place(cast, 0, 1)

    task = Task.get_by_id(cast.orchard.tasks[0])
    assert (task.version, task.moves) == (1, 1)


def test_a_card_that_stays_where_it_is_changes_nothing(cast):
    placed = place(cast, 0, 0, before=1, revision=1)

    assert placed.revision == 1
    assert Board.get_by_id(cast.orchard.board).revision == 1
    assert not Event.select().exists()


def test_a_card_put_before_itself_stays_where_it_is(cast):
    place(cast, 1, 0, before=1)

    assert order(cast.orchard.columns[0]) == [1, 2, 3]


def test_every_move_raises_the_revision_of_the_board_and_of_both_columns(cast):
    placed = place(cast, 0, 1, revision=1)

    assert placed.revision == Board.get_by_id(cast.orchard.board).revision == 2
    changed = [Column.get_by_id(id_).revision for id_ in cast.orchard.columns]
    assert changed == [2, 2, 1, 1]


def test_a_neighbour_that_went_to_another_column_leaves_the_end(cast):
    place(cast, 1, 1)

    place(cast, 0, 0, before=1)

    assert order(cast.orchard.columns[0]) == [3, 1]


def test_a_used_up_gap_is_made_again_without_changing_the_order(cast):
    first, second, third = cast.orchard.tasks
    Task.update(rank=1).where(Task.id == first).execute()
    Task.update(rank=2).where(Task.id == second).execute()

    place(cast, 2, 0, before=1)

    assert order(cast.orchard.columns[0]) == [1, 3, 2]
    assert third == cast.orchard.tasks[2]


def test_rebalancing_keeps_the_order_and_makes_room(cast, db):
    column = cast.orchard.columns[0]
    for number, task in enumerate(reversed(cast.orchard.tasks), start=1):
        Task.update(rank=10_000_000 + number).where(Task.id == task).execute()

    with db.atomic():
        ranks.rebalance(column)

    assert order(column) == [3, 2, 1]
    assert [rank for (rank,) in Task.select(Task.rank).where(Task.column == column).tuples()]
    assert Task.select().where(Task.rank < 0).count() == 0


def test_a_hard_limit_refuses_the_card_too_many(cast):
    for number in range(3):
        place(cast, number, 1)
    extra = create(cast)

    with pytest.raises(WipLimitReached):
        tasks.place(extra.task_id, column_id=cast.orchard.columns[1], actor=cast.mila, at=NOW)

    assert sums(cast.orchard.columns[1]) == (3, 3)


def test_a_hard_limit_refuses_a_new_task_too(cast):
    for number in range(3):
        place(cast, number, 1)

    with pytest.raises(WipLimitReached):
        create(cast, column=1)


def test_cards_can_be_put_in_order_inside_a_full_column(cast):
    for number in range(3):
        place(cast, number, 1)

    place(cast, 2, 1, before=0)

    assert order(cast.orchard.columns[1]) == [3, 1, 2]


def test_a_soft_limit_warns_and_records_who_passed_it(cast):
    for number in range(2):
        place(cast, number, 2)

    placed = place(cast, 2, 2)

    assert placed.overrun == Overrun(limit=2, count=3)
    event = last_event()
    assert event.data["over_limit"] == {"limit": 2, "count": 3}
    assert event.actor_id == cast.mila.user_id


def test_an_observer_moves_nothing(cast):
    with pytest.raises(Forbidden):
        place(cast, 0, 1, actor=cast.olga)

    assert not Event.select().exists()


def test_a_stranger_does_not_even_learn_that_the_task_exists(cast):
    with pytest.raises(NotFound):
        place(cast, 0, 1, actor=cast.clea)


@pytest.mark.parametrize("target", ["column", "neighbour"])
def test_a_card_cannot_be_moved_to_a_foreign_project(cast, target):
    column = cast.harbour.columns[0] if target == "column" else cast.orchard.columns[1]
    before = cast.harbour.tasks[0] if target == "neighbour" else None

    with pytest.raises(NotFound):
        tasks.place(
            cast.orchard.tasks[0], column_id=column, before_id=before, actor=cast.ada, at=NOW
        )

    assert not Event.select().exists()


def test_two_people_edit_different_fields_and_both_succeed(cast):
    edit(cast, {"title": "Renamed", "weight": 1}, actor=cast.lev)

    edited = edit(cast, {"title": "Task 1 of Orchard", "weight": 5})

    task = Task.get_by_id(cast.orchard.tasks[0])
    assert (task.title, task.weight, task.version) == ("Renamed", 5, 3)
    assert edited.changed == ("weight",)
    assert sums(cast.orchard.columns[0]) == (3, 7)


def test_the_same_field_is_a_conflict_with_both_values(cast):
    edit(cast, {"title": "Theirs"}, actor=cast.lev)

    with pytest.raises(EditConflict) as refused:
        edit(cast, {"title": "Yours", "weight": 5})

    [conflict] = refused.value.conflicts
    assert (conflict.field, conflict.base) == ("title", "Task 1 of Orchard")
    assert (conflict.theirs, conflict.yours) == ("Theirs", "Yours")
    assert refused.value.version == 2
    assert Task.get_by_id(cast.orchard.tasks[0]).weight == 1


def test_an_edit_and_a_move_never_clash(cast):
    place(cast, 0, 1)

    edited = edit(cast, {"title": "Renamed"})

    task = Task.get_by_id(cast.orchard.tasks[0])
    assert (task.title, task.column_id) == ("Renamed", cast.orchard.columns[1])
    assert edited.version == 2


def test_an_edit_that_changes_nothing_leaves_no_event(cast):
    edited = edit(cast, {"title": "Task 1 of Orchard"})

    assert edited.changed == ()
    assert not Event.select().exists()


def test_a_strict_edit_of_a_stale_version_is_refused_whole(cast):
    edit(cast, {"title": "Theirs"}, actor=cast.lev)

    with pytest.raises(StaleVersion):
        edit(cast, {"weight": 5}, strict=True)


def test_a_version_that_does_not_exist_yet_is_refused(cast):
    with pytest.raises(StaleVersion):
        edit(cast, {"title": "Yours"}, version=7)


def test_people_labels_and_stage_are_told_by_login_name_and_key(cast):
    edit(
        cast,
        {
            "assignee_ids": [cast.lev.user_id],
            "label_ids": list(cast.orchard.labels),
            "stage_id": cast.orchard.stages[1],
        },
    )

    assert last_event().data["changes"] == {
        "assignees": [["mila"], ["lev"]],
        "labels": [[], ["Urgent"]],
        "stage": ["s1", "s2"],
    }
    people = TaskAssignee.select().where(TaskAssignee.task == cast.orchard.tasks[0])
    assert [row.user_id for row in people] == [cast.lev.user_id]


def test_the_due_day_follows_a_changed_period_until_somebody_sets_it(cast):
    edit(cast, {"period": "март 2025"})
    edit(cast, {"period": "апрель 2025"}, version=2)
    assert Task.get_by_id(cast.orchard.tasks[0]).due_on == date(2025, 4, 30)

    edit(cast, {"due_on": date(2025, 4, 10)}, version=3)
    edit(cast, {"period": "май 2025"}, version=4)

    assert Task.get_by_id(cast.orchard.tasks[0]).due_on == date(2025, 4, 10)


def test_somebody_who_left_the_project_cannot_be_assigned(cast):
    outsider = User.create(login="zoe", name="Zoe", role=Role.METHODIST, created_at=NOW)

    with pytest.raises(NotFound):
        edit(cast, {"assignee_ids": [outsider.id]})


def make_late(cast, column_id):
    tasks.create(column_id, fields={"title": "Late"}, actor=cast.mila, at=NOW)


def move_late(cast, column_id):
    tasks.place(cast.orchard.tasks[0], column_id=column_id, actor=cast.mila, at=NOW)


@pytest.mark.parametrize("act", [make_late, move_late])
def test_a_column_that_was_removed_behind_the_check_takes_no_card(cast, monkeypatch, act):
    column_id, check = cast.orchard.columns[3], access.column
    seen = [check(column_id, cast.mila, Capability.TASK_EDIT)]
    Column.delete().where(Column.id == column_id).execute()
    monkeypatch.setattr(access, "column", lambda *given: seen.pop() if seen else check(*given))

    with pytest.raises(NotFound):
        act(cast, column_id)
