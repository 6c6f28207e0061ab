"""Checklists: order, ticks, counters on the card, items that become tasks."""

import pytest

from pmo.errors import (
    Archived,
    Conflict,
    Forbidden,
    NotFound,
    StaleVersion,
    TooMany,
    WipLimitReached,
)
from pmo.models import Board, ChecklistItem, Event, Task
from pmo.queries import boards, cards
from pmo.queries import checklists as queries
from pmo.services import checklists, tasks
from tests.cast import NOW


@pytest.fixture
def task(cast):
    return cast.orchard.tasks[0]


@pytest.fixture
def items(cast, task):
    return [add(cast, task, text) for text in ("Hall", "Letters", "Tea")]


def add(cast, task, text="Item"):
    return checklists.add(task, text=text, actor=cast.mila, at=NOW).item_id


def tick(cast, item, *, is_done=True):
    checklists.edit(item, {"is_done": is_done}, expected_version=None, actor=cast.mila, at=NOW)


def texts(cast, task):
    return [item.text for item in queries.of_task(task, cast.mila)]


def counts(task):
    card = cards.card(task, today=NOW.date())
    return card.counts.checklist_done, card.counts.checklist_total


def events(task):
    found = Event.select().where(Event.task == task).order_by(Event.id)
    return [(event.kind, event.data) for event in found]


def test_items_stand_in_the_order_in_which_they_were_added(cast, task, items):
    assert texts(cast, task) == ["Hall", "Letters", "Tea"]
    assert counts(task) == (0, 3)


def test_a_tick_says_who_and_when_and_is_counted_on_the_card(cast, task, items):
    tick(cast, items[1])

    item = queries.item(items[1], cast.olga)
    assert (item.is_done, item.done_by, item.done_at) == (True, "Mila", NOW)
    assert counts(task) == (1, 3)
    assert events(task)[-1] == (
        "task.checklist_ticked",
        {"item": "Letters", "is_done": True, "done": 1, "total": 3},
    )


def test_a_tick_is_taken_back(cast, task, items):
    tick(cast, items[1])
    tick(cast, items[1], is_done=False)

    item = queries.item(items[1], cast.olga)
    assert (item.is_done, item.done_by, item.done_at) == (False, "", None)
    assert counts(task) == (0, 3)


def test_a_second_tick_changes_nothing(cast, task, items):
    tick(cast, items[0])
    told = events(task)

    tick(cast, items[0])

    assert events(task) == told
    assert counts(task) == (1, 3)


def test_every_change_has_the_board_drawn_anew(cast, task, items):
    acts = [
        lambda: add(cast, task),
        lambda: tick(cast, items[0]),
        lambda: checklists.remove(items[1], actor=cast.mila, at=NOW),
    ]
    for act in acts:
        before = Board.get_by_id(cast.orchard.board).revision
        act()
        assert Board.get_by_id(cast.orchard.board).revision > before
        assert boards.column_heads(cast.orchard.board)[0].revision > before


def test_a_text_is_edited_over_the_version_that_was_seen(cast, task, items):
    who = {"actor": cast.mila, "at": NOW}
    checklists.edit(items[0], {"text": "Big hall"}, expected_version=1, **who)

    with pytest.raises(StaleVersion):
        checklists.edit(items[0], {"text": "Small hall"}, expected_version=1, **who)

    assert texts(cast, task)[0] == "Big hall"
    assert events(task)[-1] == (
        "task.checklist_edited",
        {"item": "Hall", "changes": {"text": ["Hall", "Big hall"]}},
    )


def test_a_tick_does_not_stand_in_the_way_of_an_edit(cast, items):
    tick(cast, items[0])

    checklists.edit(items[0], {"text": "X"}, expected_version=1, actor=cast.lev, at=NOW)

    assert queries.item(items[0], cast.lev).is_done


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        (2, 0, ["Tea", "Hall", "Letters"]),
        (0, 2, ["Letters", "Hall", "Tea"]),
        (0, None, ["Letters", "Tea", "Hall"]),
        (1, 1, ["Hall", "Letters", "Tea"]),
        (0, 1, ["Hall", "Letters", "Tea"]),
    ],
)
def test_an_item_is_put_before_another(cast, task, items, moved, before, order):
    before_id = None if before is None else items[before]

    checklists.place(items[moved], before_id=before_id, actor=cast.mila, at=NOW)

    assert texts(cast, task) == order


def test_an_item_of_another_task_is_no_neighbour(cast, items):
    other = add(cast, cast.orchard.tasks[1])

    with pytest.raises(NotFound):
        checklists.place(items[0], before_id=other, actor=cast.mila, at=NOW)


def test_a_removed_item_is_counted_no_more(cast, task, items):
    tick(cast, items[0])

    checklists.remove(items[0], actor=cast.mila, at=NOW)

    assert counts(task) == (0, 2)
    kind, data = events(task)[-1]
    assert (kind, data["item"], data["before"]) == ("task.checklist_removed", "Hall", "Letters")


def test_a_hundred_items_are_enough(cast, task):
    rows = [{"task": task, "position": place, "text": "x"} for place in range(100)]
    ChecklistItem.insert_many(rows).execute()

    with pytest.raises(TooMany):
        add(cast, task)

    assert ChecklistItem.select().count() == 100


def test_an_item_becomes_a_task_and_names_it(cast, task, items):
    made = checklists.convert(items[1], actor=cast.mila, at=NOW)

    item = queries.item(items[1], cast.mila)
    new = Task.get_by_id(made.new_task_id)
    assert (new.title, new.column_id, new.number) == ("Letters", cast.orchard.columns[0], 4)
    assert (item.became.id, item.became.key) == (new.id, "ШШ-4")
    assert counts(task) == (0, 3)
    assert events(task)[-1] == ("task.checklist_converted", {"item": "Letters", "number": 4})
    assert [kind for kind, _ in events(new.id)] == ["task.created"]


def test_a_text_longer_than_a_title_goes_on_in_the_description(cast, task):
    text = "Ж" * 300

    made = checklists.convert(add(cast, task, text), actor=cast.mila, at=NOW)

    new = Task.get_by_id(made.new_task_id)
    assert (len(new.title), new.description) == (200, text)


def test_an_item_becomes_a_task_only_once(cast, items):
    checklists.convert(items[0], actor=cast.mila, at=NOW)

    with pytest.raises(Conflict):
        checklists.convert(items[0], actor=cast.mila, at=NOW)

    assert Task.select().where(Task.title == "Hall").count() == 1


def test_a_full_column_takes_no_task_of_an_item(cast, task, items):
    progress = cast.orchard.columns[1]
    for moved in cast.orchard.tasks:
        tasks.place(moved, column_id=progress, actor=cast.mila, at=NOW)

    with pytest.raises(WipLimitReached):
        checklists.convert(items[0], actor=cast.mila, at=NOW)

    assert queries.item(items[0], cast.mila).became is None


def test_the_checklist_of_an_archived_task_can_only_be_read(cast, task, items):
    Task.update(archived_at=NOW).where(Task.id == task).execute()

    with pytest.raises(Archived):
        tick(cast, items[0])
    with pytest.raises(Archived):
        add(cast, task)

    assert texts(cast, task) == ["Hall", "Letters", "Tea"]


def test_an_observer_looks_and_a_stranger_sees_nothing(cast, task, items):
    with pytest.raises(Forbidden):
        checklists.add(task, text="No", actor=cast.olga, at=NOW)
    with pytest.raises(NotFound):
        queries.item(items[0], cast.clea)
