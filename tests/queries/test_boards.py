"""What board pages read, and in how many statements."""

from datetime import date, timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo.errors import NotFound
from pmo.queries import boards, histories, my_work, placements
from pmo.services import boards as board_services
from pmo.services import tasks
from tests.cast import NOW

TODAY = NOW.date()


def place(cast, task, column, revision=None):
    return tasks.place(
        cast.orchard.tasks[task],
        column_id=cast.orchard.columns[column],
        revision=revision,
        actor=cast.mila,
        at=NOW,
    )


def add(cast, count, **fields):
    for number in range(count):
        wanted = {"title": f"More {number}", "assignee_ids": [cast.mila.user_id], **fields}
        tasks.create(cast.orchard.columns[0], fields=wanted, actor=cast.mila, at=NOW)


def statements(read):
    with count_queries() as counted:
        read()
    return counted.count


def test_a_board_shows_its_columns_and_cards_in_order(cast):
    place(cast, 0, 1)

    columns = boards.columns(cast.orchard.board, today=TODAY)

    assert [column.head.name for column in columns] == ["Queue", "In progress", "Waiting", "Done"]
    assert [[card.key for card in column.cards] for column in columns] == [
        ["ШШ-2", "ШШ-3"],
        ["ШШ-1"],
        [],
        [],
    ]


def test_a_move_between_its_statements_never_leaves_old_cards_under_a_new_revision(
    cast, monkeypatch
):
    """HTML is kept by revision: such cards would stay on everybody's page."""
    read = boards.column_heads

    def moved_before(board_id):
        place(cast, 0, 3)
        return read(board_id)

    monkeypatch.setattr(boards, "column_heads", moved_before)

    for column in boards.columns(cast.orchard.board, today=TODAY):
        assert column.head.count == len(column.cards)


def test_a_card_assigned_between_its_statements_waits_for_the_next_look(cast, monkeypatch):
    cards = my_work.MEMBER.cards
    read = cards.by_column

    def assigned_after(**values):
        found = read(**values)
        add(cast, 1)
        return found

    monkeypatch.setattr(cards, "by_column", assigned_after)

    assert my_work.my_work(cast.mila, today=TODAY).shown == 1


def test_the_sums_in_the_heads_are_those_of_the_cards(cast):
    add(cast, 3, weight=4)
    place(cast, 1, 1)

    for column in boards.columns(cast.orchard.board, today=TODAY):
        assert column.head.count == len(column.cards)
        assert column.head.weight == sum(card.weight for card in column.cards)


def test_a_card_past_its_day_is_overdue_unless_it_is_done(cast):
    yesterday = TODAY - timedelta(days=1)
    add(cast, 1, due_on=yesterday)
    done = tasks.create(
        cast.orchard.columns[3], fields={"title": "D", "due_on": yesterday}, actor=cast.lev, at=NOW
    )

    cards = {
        card.id: card
        for column in boards.columns(cast.orchard.board, today=TODAY)
        for card in column.cards
    }

    assert not cards[done.task_id].is_overdue
    assert [card.title for card in cards.values() if card.is_overdue] == ["More 0"]


def test_a_board_takes_as_many_statements_for_3_cards_as_for_60(cast):
    def read():
        return boards.columns(cast.orchard.board, today=TODAY)

    few = statements(read)
    add(cast, 57, label_ids=list(cast.orchard.labels))

    assert statements(read) == few == 5


def test_my_work_takes_as_many_statements_for_1_card_as_for_60(cast):
    def read():
        return my_work.my_work(cast.mila, today=TODAY)

    few = statements(read)
    add(cast, 59)

    assert statements(read) == few <= 7


def test_a_move_takes_as_many_statements_on_a_long_column_as_on_a_short_one(cast):
    few = statements(lambda: place(cast, 0, 1))
    add(cast, 60)

    assert statements(lambda: place(cast, 1, 1)) == few


def test_a_page_that_was_current_redraws_the_card_and_two_heads(cast):
    placed = place(cast, 0, 1, revision=1)

    view = boards.placed(placed, today=TODAY)

    assert view.card.key == "ШШ-1"
    assert [head.name for head in view.heads] == ["Queue", "In progress"]
    assert view.stale_columns == ()
    assert not view.layout_changed


def test_a_page_that_was_behind_redraws_the_changed_columns_whole(cast):
    place(cast, 1, 2)
    placed = place(cast, 0, 1, revision=1)

    view = boards.placed(placed, today=TODAY)

    assert [column.head.name for column in view.stale_columns] == [
        "Queue",
        "In progress",
        "Waiting",
    ]


def test_a_page_without_the_new_column_is_told_to_load_the_board(cast):
    board_services.edit_column(
        cast.orchard.columns[3],
        changes={"name": "Accepted"},
        expected_version=1,
        actor=cast.lev,
        at=NOW,
    )

    placed = place(cast, 0, 1, revision=1)

    assert boards.placed(placed, today=TODAY).layout_changed


@pytest.mark.parametrize(
    ("login", "can_edit", "can_configure"),
    [
        ("ada", True, True),
        ("dina", True, True),
        ("lev", True, True),
        ("mila", True, False),
        ("olga", False, False),
    ],
)
def test_the_head_says_what_its_reader_may_do(cast, login, can_edit, can_configure):
    head = boards.head(cast.orchard.board, cast.actor(login))

    assert (head.can_edit, head.can_configure) == (can_edit, can_configure)


def test_a_strangers_board_is_not_there(cast):
    with pytest.raises(NotFound):
        boards.head(cast.orchard.board, cast.clea)


def test_my_work_puts_the_most_urgent_first(cast):
    add(cast, 1, title="Late", due_on=TODAY - timedelta(days=2))
    add(cast, 1, title="Now", due_on=TODAY)
    add(cast, 1, title="Far", due_on=date(2026, 1, 1))

    work = my_work.my_work(cast.mila, today=TODAY)

    told = [(group.urgency, [item.card.title for item in group.items]) for group in work.groups]
    assert told == [
        ("overdue", ["Late"]),
        ("today", ["Now"]),
        ("later", ["Far"]),
        ("no_date", ["Task 1 of Orchard"]),
    ]


def test_my_work_leaves_out_what_is_done(cast):
    place(cast, 0, 3)

    assert my_work.my_work(cast.mila, today=TODAY).total == 0


def test_my_work_leaves_out_projects_that_one_has_left(cast):
    from pmo.models import Membership

    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    assert my_work.my_work(cast.mila, today=TODAY).total == 0


def test_a_tasks_history_comes_newest_first_and_page_by_page(cast):
    place(cast, 0, 1)
    place(cast, 0, 2)
    place(cast, 0, 3)

    newest = histories.of_task(cast.orchard.tasks[0], cast.olga, limit=2)
    older = histories.of_task(cast.orchard.tasks[0], cast.olga, before_id=newest[-1].id)

    assert [entry.data["to_name"] for entry in (*newest, *older)] == [
        "Done",
        "Waiting",
        "In progress",
    ]


def test_the_places_of_a_task_are_all_columns_with_the_other_cards(cast):
    view = placements.of_task(cast.orchard.tasks[0], cast.mila, today=TODAY)

    assert [(c.head.name, [key for _, key, _ in c.cards]) for c in view.columns] == [
        ("Queue", ["ШШ-2", "ШШ-3"]),
        ("In progress", []),
        ("Waiting", []),
        ("Done", []),
    ]
