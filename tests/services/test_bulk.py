"""Many cards at once: all or nothing, one act, one revision, and statements that do not grow."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from pmo import db as pmo_db
from pmo.domain.acts import Acted
from pmo.domain.bulk import Bulk, BulkAct
from pmo.domain.vocabulary import ColumnMeaning, LabelColour, MemberRole, WipBy, WipKind
from pmo.errors import (
    CardRefused,
    Forbidden,
    MoveNotAllowed,
    NoLongerFits,
    NotFound,
    WipLimitReached,
)
from pmo.models import Board, Column, Event, Task, TaskAssignee
from pmo.queries import doctor
from pmo.queries import portfolio_files as files
from pmo.services import archive, labels, move_rules, reactions, tasks, undo, wip_rules
from pmo.services import bulk as services
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=1)


def do(cast: Cast, act: BulkAct, numbers: tuple[int, ...] = (1, 2), **wanted: Any) -> Acted:
    scene = cast.orchard
    ids = [scene.tasks[number - 1] for number in numbers]
    actor = wanted.pop("actor", cast.mila)
    return services.bulk(scene.board, ids, Bulk(act, **wanted), actor=actor, at=NOW)


def take_back(cast: Cast, acted: Acted) -> Acted:
    assert acted.event_id is not None
    return undo.undo(acted.event_id, actor=cast.mila, at=LATER)


def order(column_id: int) -> list[int]:
    live = (Task.column == column_id) & Task.archived_at.is_null()
    query = Task.select(Task.number).where(live).order_by(Task.rank)
    return [number for (number,) in query.tuples()]


def task(cast: Cast, number: int) -> Task:
    found: Task = Task.get_by_id(cast.orchard.tasks[number - 1])
    return found


def content(cast: Cast) -> Any:
    return files.export(cast.ada)["projects"]


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def test_cards_are_moved_to_the_end_in_their_order(cast: Cast) -> None:
    target = cast.orchard.columns[2]

    do(cast, BulkAct.MOVE, (3, 1), column_id=target)

    assert order(target) == [1, 3]
    assert order(cast.orchard.columns[0]) == [2]
    assert wrong() == []


def test_many_moves_are_one_act_and_one_revision(cast: Cast) -> None:
    before = Board.get_by_id(cast.orchard.board).revision

    acted = do(cast, BulkAct.MOVE, (1, 2, 3), column_id=cast.orchard.columns[3])

    first, *others = Event.select().order_by(Event.id)
    assert (first.id, first.act_id) == (acted.event_id, None)
    assert {event.act_id for event in others} == {acted.event_id}
    assert acted.revisions == {cast.orchard.board: before + 1}


def test_a_hard_limit_refuses_all(cast: Cast) -> None:
    target = cast.orchard.columns[1]
    Column.update(wip_limit=2).where(Column.id == target).execute()

    with pytest.raises(WipLimitReached, match="“In progress” would have 3 cards; its limit is 2"):
        do(cast, BulkAct.MOVE, (1, 2, 3), column_id=target)

    assert order(target) == []
    assert Event.select().count() == 0


def test_a_rule_of_moves_names_the_cards_that_it_keeps(cast: Cast) -> None:
    _queue, progress, waiting, done = cast.orchard.columns
    way = {"source_id": progress, "target_id": done, "least_role": MemberRole.LEAD}
    move_rules.add(cast.orchard.board, **way, actor=cast.lev, at=NOW)
    do(cast, BulkAct.MOVE, (1, 3), column_id=progress)

    with pytest.raises(MoveNotAllowed, match=r"“In progress” to “Done” \(ШШ-1, ШШ-3\)"):
        do(cast, BulkAct.MOVE, (1, 2, 3), column_id=done)

    assert order(progress) == [1, 3]
    do(cast, BulkAct.MOVE, (1, 2, 3), column_id=waiting)
    do(cast, BulkAct.MOVE, (1, 2, 3), column_id=done)


@pytest.mark.parametrize("act", list(BulkAct))
def test_a_refusal_in_the_middle_leaves_everything_as_it_was(
    cast: Cast, act: BulkAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Injected behind all writing: what follows from the second card's event refuses."""
    scene = cast.orchard
    other = labels.add(scene.project, name="Other", colour=LabelColour.BLUE, actor=cast.lev, at=NOW)
    do(cast, BulkAct.SET_DUE, (1, 2, 3), due_on=date(2025, 1, 1))
    do(cast, BulkAct.ADD_LABEL, (1, 2, 3), label_id=scene.labels[0])
    do(cast, BulkAct.ASSIGN, (1, 2, 3), user_id=cast.mila.user_id)

    def state() -> Any:
        sums = Column.select(Column.id, Column.task_count, Column.task_weight, Column.revision)
        return files.export(cast.ada), list(sums.order_by(Column.id).tuples())

    follow, before = reactions.follow, state()

    def refuse(*happenings: Any) -> None:
        follow(*happenings)
        if any(it.task_id == scene.tasks[1] for it in happenings):
            raise CardRefused(key="ШШ-2", title="Two", reason="No.")

    monkeypatch.setattr(reactions, "follow", refuse)
    user_id = cast.mila.user_id if act is BulkAct.UNASSIGN else cast.lev.user_id
    label_id = scene.labels[0] if act is BulkAct.REMOVE_LABEL else other
    wanted = Bulk(act, scene.columns[3], user_id, label_id, date(2025, 2, 1), 2)

    with pytest.raises(CardRefused):
        services.bulk(scene.board, scene.tasks, wanted, actor=cast.mila, at=NOW)

    assert state() == before


def test_a_soft_limit_is_told_once_it_is_passed(cast: Cast) -> None:
    acted = do(cast, BulkAct.MOVE, (1, 2, 3), column_id=cast.orchard.columns[2])

    assert acted.overrun is not None
    assert (acted.overrun.limit, acted.overrun.count) == (2, 3)
    over = ["over_limit" in event.data for event in Event.select().order_by(Event.id)]
    assert over == [False, False, True]


def test_people_are_added_and_removed(cast: Cast) -> None:
    do(cast, BulkAct.ASSIGN, user_id=cast.lev.user_id)
    assert TaskAssignee.select().where(TaskAssignee.user == cast.lev.user_id).count() == 2

    do(cast, BulkAct.UNASSIGN, (1, 2, 3), user_id=cast.lev.user_id)
    assert [row.user_id for row in TaskAssignee.select()] == [cast.mila.user_id]


def test_labels_are_added_and_removed(cast: Cast) -> None:
    [label] = cast.orchard.labels
    do(cast, BulkAct.ADD_LABEL, label_id=label)
    assert [len(task(cast, number).labelings) for number in (1, 2, 3)] == [1, 1, 0]

    acted = do(cast, BulkAct.REMOVE_LABEL, (1, 3), label_id=label)
    assert acted.task_ids == (cast.orchard.tasks[0],)


def test_due_dates_are_set_shifted_and_cleared(cast: Cast) -> None:
    do(cast, BulkAct.SET_DUE, (1, 2), due_on=date(2025, 2, 27))
    do(cast, BulkAct.SHIFT_DUE, (1, 3), days=3)

    assert [task(cast, number).due_on for number in (1, 2, 3)] == [
        date(2025, 3, 2),
        date(2025, 2, 27),
        None,
    ]
    do(cast, BulkAct.SET_DUE, (1, 2), due_on=None)
    assert [task(cast, number).due_on for number in (1, 2)] == [None, None]
    assert [task(cast, number).version for number in (1, 2, 3)] == [4, 3, 1]


def test_a_day_that_cannot_be_is_refused_with_the_card(cast: Cast) -> None:
    do(cast, BulkAct.SET_DUE, (1,), due_on=date(9999, 12, 30))

    with pytest.raises(CardRefused, match="ШШ-1"):
        do(cast, BulkAct.SHIFT_DUE, (1, 2), days=3)


def test_an_archived_card_refuses_all_and_is_named(cast: Cast) -> None:
    archive.archive(cast.orchard.tasks[1], actor=cast.mila, at=NOW)

    with pytest.raises(CardRefused, match="ШШ-2 “Task 2 of Orchard”"):
        do(cast, BulkAct.ADD_LABEL, (1, 2), label_id=cast.orchard.labels[0])

    assert Event.select().count() == 1


def test_cards_are_archived_together(cast: Cast) -> None:
    do(cast, BulkAct.ARCHIVE, (1, 3))

    assert order(cast.orchard.columns[0]) == [2]
    assert wrong() == []


def test_what_is_so_already_is_no_event(cast: Cast) -> None:
    acted = do(cast, BulkAct.ASSIGN, (1,), user_id=cast.mila.user_id)

    assert acted.event_id is None
    assert Event.select().count() == 0


@pytest.mark.parametrize(
    "wanted",
    [
        {"act": BulkAct.MOVE, "column_id": 5},
        {"act": BulkAct.ADD_LABEL, "label_id": 2},
        {"act": BulkAct.ASSIGN, "user_id": 6},
    ],
)
def test_what_belongs_to_another_project_does_not_exist(cast: Cast, wanted: Any) -> None:
    with pytest.raises(NotFound):
        services.bulk(
            cast.orchard.board, [cast.orchard.tasks[0]], Bulk(**wanted), actor=cast.lev, at=NOW
        )


def test_a_card_of_another_board_does_not_exist(cast: Cast) -> None:
    ids = [cast.orchard.tasks[0], cast.harbour.tasks[0]]

    with pytest.raises(NotFound):
        services.bulk(cast.orchard.board, ids, Bulk(BulkAct.ARCHIVE), actor=cast.ada, at=NOW)


def test_an_observer_does_nothing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        do(cast, BulkAct.ARCHIVE, actor=cast.olga)


def test_an_act_on_many_is_undone_as_a_whole(cast: Cast) -> None:
    before = content(cast)
    acted = do(cast, BulkAct.MOVE, (1, 3), column_id=cast.orchard.columns[3])

    back = take_back(cast, acted)

    assert content(cast) == before
    moved = take_back(cast, back)
    assert len(moved.task_ids) == 2
    assert order(cast.orchard.columns[3]) == [1, 3]


def test_any_event_of_an_act_undoes_all_of_it(cast: Cast) -> None:
    do(cast, BulkAct.MOVE, (1, 2), column_id=cast.orchard.columns[3])
    last = Event.select().order_by(Event.id.desc()).get()

    undo.undo(last.id, actor=cast.mila, at=LATER)

    assert order(cast.orchard.columns[0]) == [1, 2, 3]


def test_an_act_of_which_one_card_moved_on_stays_whole(cast: Cast) -> None:
    acted = do(cast, BulkAct.MOVE, (1, 2), column_id=cast.orchard.columns[3])
    tasks.place(cast.orchard.tasks[1], column_id=cast.orchard.columns[2], actor=cast.mila, at=NOW)

    with pytest.raises(NoLongerFits, match="ШШ-2: The card stands in the column “Waiting”"):
        take_back(cast, acted)
    assert order(cast.orchard.columns[3]) == [1]


CHOSEN = st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=3, unique=True).map(tuple)
WANTED = st.one_of(
    st.fixed_dictionaries({"act": st.just("move"), "column": st.integers(0, 3)}),
    st.fixed_dictionaries({"act": st.sampled_from(["assign", "unassign"])}),
    st.fixed_dictionaries({"act": st.sampled_from(["add_label", "remove_label"])}),
    st.fixed_dictionaries({"act": st.just("set_due"), "due_on": st.none() | st.dates()}),
    st.fixed_dictionaries({"act": st.just("shift_due"), "days": st.integers(-9, 9)}),
    st.fixed_dictionaries({"act": st.just("archive")}),
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.tuples(CHOSEN, WANTED), min_size=1, max_size=6))
def test_acts_undone_one_by_one_leave_what_was_there_before(cast: Cast, acts: Any) -> None:
    """Undone from the last to the first, whatever they were; and no sum is wrong in between."""
    with pmo_db.database.atomic() as transaction:
        states, done = [content(cast)], []
        for numbers, asked in acts:
            wanted = dict(asked)
            act = BulkAct(wanted.pop("act"))
            if "column" in wanted:
                wanted["column_id"] = cast.orchard.columns[wanted.pop("column")]
            wanted |= {"user_id": cast.lev.user_id, "label_id": cast.orchard.labels[0]}
            try:
                acted = do(cast, act, numbers, **wanted)
            except (CardRefused, WipLimitReached):
                continue
            if acted.event_id is not None:
                done.append(acted)
                states.append(content(cast))
        assert wrong() == []
        for acted in reversed(done):
            states.pop()
            take_back(cast, acted)
            assert content(cast) == states[-1]
        assert wrong() == []
        transaction.rollback()


@pytest.mark.parametrize("act", list(BulkAct))
def test_statements_do_not_grow_with_the_cards(
    cast: Cast, act: BulkAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what follows from each event: the index of the search, who is told."""
    monkeypatch.setattr(reactions, "follow", lambda *_happenings: None)
    few, many = [], []
    for place in range(44):
        made = tasks.create(
            cast.orchard.columns[0], fields={"title": f"Card {place}"}, actor=cast.mila, at=NOW
        )
        (few if place < 4 else many).append(made.task_id)
    limit = {"by": WipBy.PERSON, "subject_id": None, "limit": 1, "kind": WipKind.SOFT}
    wip_rules.add(cast.orchard.board, **limit, actor=cast.lev, at=NOW)
    Column.update(meaning=ColumnMeaning.IN_PROGRESS).where(
        Column.id == cast.orchard.columns[3]
    ).execute()
    Task.update(due_on=date(2025, 1, 1)).execute()
    if act is BulkAct.REMOVE_LABEL:
        wanted = Bulk(BulkAct.ADD_LABEL, label_id=cast.orchard.labels[0])
        services.bulk(cast.orchard.board, few + many, wanted, actor=cast.mila, at=NOW)
    if act is BulkAct.UNASSIGN:
        wanted = Bulk(BulkAct.ASSIGN, user_id=cast.lev.user_id)
        services.bulk(cast.orchard.board, few + many, wanted, actor=cast.mila, at=NOW)
    wanted = Bulk(act, cast.orchard.columns[3], cast.lev.user_id, cast.orchard.labels[0], None, 2)

    def counted(ids: list[int]) -> int:
        with count_queries() as counter:
            acted = services.bulk(cast.orchard.board, ids, wanted, actor=cast.mila, at=NOW)
        assert acted.task_ids == tuple(ids)
        return int(counter.count)

    assert counted(many) == counted(few)
