"""What tasks wait for: circles, what cards show, and when they are drawn anew."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo import db
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import DependencyCircle, Forbidden, Invalid, NotFound, TooMany
from pmo.models import Event, Task, TaskDependency
from pmo.queries import boards as board_queries
from pmo.queries import cards, task_lists
from pmo.queries import dependencies as queries
from pmo.queries.task_lists import Slice, TaskFilters
from pmo.services import board_templates, boards, dependencies, errands, tasks, waiting_cards
from tests.cast import NOW
from tests.services.test_concurrency import together

TODAY = NOW.date()


def wait(cast, task, blocker):
    tasks_ = cast.orchard.tasks
    dependencies.add(tasks_[task], blocker_id=tasks_[blocker], actor=cast.mila, at=NOW)


def move(cast, task, column, revision=None):
    return tasks.place(
        cast.orchard.tasks[task],
        column_id=cast.orchard.columns[column],
        revision=revision,
        actor=cast.mila,
        at=NOW,
    )


def waits(cast, task):
    return cards.card(cast.orchard.tasks[task], today=TODAY).waits_for


def events():
    return [(event.kind, event.data) for event in Event.select().order_by(Event.id)]


def drawn(cast, column):
    """Return the revision under which the HTML of a column is kept."""
    return board_queries.column_heads(cast.orchard.board)[column].revision


def test_a_card_shows_what_it_waits_for(cast):
    wait(cast, 0, 2)
    wait(cast, 0, 1)

    assert waits(cast, 0) == ("ШШ-2", "ШШ-3")
    assert waits(cast, 1) == ()
    assert events() == [
        ("task.dependency_added", {"blocker": 3}),
        ("task.dependency_added", {"blocker": 2}),
    ]


def test_what_is_done_or_archived_is_waited_for_no_more(cast):
    wait(cast, 0, 1)
    wait(cast, 0, 2)
    move(cast, 1, 3)
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[2]).execute()

    view = queries.of_task(cast.orchard.tasks[0], cast.olga)

    assert waits(cast, 0) == ()
    assert [(it.key, it.is_open, it.is_archived) for it in view.waits_for] == [
        ("ШШ-2", False, False),
        ("ШШ-3", False, True),
    ]


def test_both_directions_are_told(cast):
    wait(cast, 0, 1)

    view = queries.of_task(cast.orchard.tasks[1], cast.olga)

    assert view.waits_for == ()
    assert [it.key for it in view.is_awaited_by] == ["ШШ-1"]


def test_a_link_is_made_and_taken_once(cast):
    first, second, _ = cast.orchard.tasks
    wait(cast, 0, 1)
    wait(cast, 0, 1)
    for _ in range(2):
        dependencies.remove(first, blocker_id=second, actor=cast.mila, at=NOW)

    assert waits(cast, 0) == ()
    assert [kind for kind, _ in events()] == ["task.dependency_added", "task.dependency_removed"]


@pytest.mark.parametrize(("task", "blocker"), [(0, 0), (1, 0), (2, 0)])
def test_a_circle_is_refused(cast, task, blocker):
    wait(cast, 0, 1)
    wait(cast, 1, 2)

    with pytest.raises(DependencyCircle):
        wait(cast, task, blocker)

    assert TaskDependency.select().count() == 2


def test_two_opposite_links_at_once_make_no_circle(cast):
    first, second, _ = cast.orchard.tasks
    pairs = [(first, second), (second, first)]

    def act(number):
        try:
            task, blocker = pairs[number % 2]
            dependencies.add(task, blocker_id=blocker, actor=cast.mila, at=NOW)
        except DependencyCircle:
            return "refused"
        return "made"

    results = together(act, 4)

    assert TaskDependency.select().count() == 1
    assert sorted(results) == ["made", "made", "refused", "refused"]


def test_linking_and_moving_at_once_wait_in_no_circle(cast):
    """PostgreSQL would end one of them with “deadlock detected”."""
    first, second, third = cast.orchard.tasks
    wait(cast, 2, 0)

    def act(number):
        for step in range(12):
            if number == 0:
                change = dependencies.remove if step % 2 else dependencies.add
                change(first, blocker_id=second, actor=cast.mila, at=NOW)
            elif number == 1:
                move(cast, 0, 3 * (step % 2))
            else:
                move(cast, 2, 2 * (step % 2))

    together(act, 3)

    assert third


@pytest.mark.parametrize(
    ("start", "target", "shown"), [(0, 3, ()), (3, 0, ("ШШ-2",)), (3, 2, ("ШШ-2",))]
)
def test_a_card_is_drawn_anew_when_what_it_waits_for_passes_done(cast, start, target, shown):
    wait(cast, 0, 1)
    move(cast, 0, 1)
    move(cast, 1, start)
    before = drawn(cast, 1)

    move(cast, 1, target)

    assert waits(cast, 0) == shown
    assert drawn(cast, 1) > before


def test_a_card_that_a_crash_left_undrawn_is_drawn_anew_by_the_clock_once(cast, monkeypatch):
    wait(cast, 0, 1)
    move(cast, 0, 1)
    with monkeypatch.context() as crash:
        crash.setattr(db, "gather_after_commit", lambda *_: None)
        move(cast, 1, 3)
    before = drawn(cast, 1)

    revisions = []
    for minutes in (5, 10):
        waiting_cards.catch_up(NOW + timedelta(minutes=minutes), TODAY)
        revisions.append(drawn(cast, 1))

    assert before < revisions[0] == revisions[1]


def test_a_card_that_could_not_be_drawn_is_drawn_in_the_background(cast, monkeypatch):
    wait(cast, 0, 1)
    move(cast, 0, 1)
    before = drawn(cast, 1)
    sent = []
    errands.carry_by(lambda _name, facts: sent.append(facts))
    with monkeypatch.context() as broken:
        broken.setattr(waiting_cards, "_redraw_columns", lambda _waiting: 1 / 0)
        move(cast, 1, 3)
    errands.carry_by(None)
    meanwhile = drawn(cast, 1)

    waiting_cards.redraw_again(**sent[0])

    assert before == meanwhile < drawn(cast, 1)
    assert len(sent) == 1


def test_a_move_that_frees_nobody_draws_no_other_column_anew(cast):
    wait(cast, 0, 1)
    move(cast, 0, 1)
    before = drawn(cast, 1)

    move(cast, 1, 2)

    assert drawn(cast, 1) == before


def test_the_page_of_the_mover_gets_the_freed_card_too(cast):
    wait(cast, 0, 1)
    move(cast, 0, 2)
    head = board_queries.head(cast.orchard.board, cast.mila)

    placed = move(cast, 1, 3, revision=head.revision)
    view = board_queries.placed(placed, today=TODAY)

    [waiting] = [it for it in view.stale_columns if it.head.id == cast.orchard.columns[2]]
    assert [card.waits_for for card in waiting.cards] == [()]
    assert view.revision == board_queries.head(cast.orchard.board, cast.mila).revision


def test_a_column_that_comes_to_mean_done_frees_who_waits_on_another_board(cast):
    wait(cast, 0, 1)
    other = board_templates.create_board(
        cast.orchard.project, name="Second", template=None, actor=cast.lev, at=NOW
    )
    column = board_queries.column_heads(other.board_id)[0].id
    tasks.place(cast.orchard.tasks[0], column_id=column, actor=cast.mila, at=NOW)
    before = board_queries.column_heads(other.board_id)[0].revision

    boards.edit_column(
        cast.orchard.columns[0],
        changes={"meaning": ColumnMeaning.DONE},
        expected_version=None,
        actor=cast.lev,
        at=NOW,
    )

    assert waits(cast, 0) == ()
    assert board_queries.column_heads(other.board_id)[0].revision > before


def test_a_task_of_another_project_does_not_exist(cast):
    for actor in (cast.mila, cast.ada):
        with pytest.raises(NotFound):
            dependencies.add(
                cast.orchard.tasks[0], blocker_id=cast.harbour.tasks[0], actor=actor, at=NOW
            )

    assert TaskDependency.select().count() == 0


def test_an_observer_links_nothing(cast):
    first, second, _ = cast.orchard.tasks

    with pytest.raises(Forbidden):
        dependencies.add(first, blocker_id=second, actor=cast.olga, at=NOW)


def test_fifty_are_enough_to_wait_for(cast):
    for number in range(50):
        made = tasks.create(
            cast.orchard.columns[0], fields={"title": f"{number}"}, actor=cast.mila, at=NOW
        )
        TaskDependency.create(task=cast.orchard.tasks[0], blocker=made.task_id)

    with pytest.raises(TooMany):
        wait(cast, 0, 1)


@pytest.mark.parametrize("text", ["2", "ШШ-2", "шш-2", "ШШ-2 Task 2", "task 2  of orchard"])
def test_a_blocker_is_named_by_number_key_or_title(cast, text):
    assert queries.named(cast.orchard.tasks[0], text, cast.mila) == cast.orchard.tasks[1]


@pytest.mark.parametrize("text", ["99", "ГВ-1", "Task 1 of Harbour", "***", "Twice"])
def test_what_names_none_or_several_is_told(cast, text):
    for _ in range(2):
        tasks.create(cast.orchard.columns[0], fields={"title": "Twice"}, actor=cast.mila, at=NOW)

    with pytest.raises(Invalid):
        queries.named(cast.orchard.tasks[0], text, cast.mila)


def test_choices_are_open_tasks_with_all_the_words(cast):
    move(cast, 2, 3)

    every = queries.choices(cast.orchard.tasks[0], "", cast.mila)
    some = queries.choices(cast.orchard.tasks[0], "orchard шш-2", cast.mila)

    assert every == some == (("ШШ-2", "Task 2 of Orchard"),)


@pytest.mark.parametrize(("wanted", "numbers"), [(True, [1]), (False, [2, 3])])
def test_a_list_is_filtered_by_what_waits(cast, wanted, numbers):
    wait(cast, 0, 1)

    page = task_lists.of_board(
        cast.orchard.board, cast.olga, TaskFilters(is_waiting=wanted), Slice(), today=TODAY
    )

    assert [card.key for card in page.items] == [f"ШШ-{number}" for number in numbers]


def test_cards_take_as_many_statements_however_much_they_wait_for(cast):
    def read():
        with count_queries() as counted:
            board_queries.columns(cast.orchard.board, today=TODAY)
        return counted.count

    few = read()
    wait(cast, 0, 1)
    wait(cast, 0, 2)
    wait(cast, 1, 2)

    assert read() == few
