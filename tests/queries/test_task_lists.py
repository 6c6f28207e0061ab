from datetime import date, timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import TaskKind
from pmo.errors import NotFound
from pmo.models import Task, TaskLabel
from pmo.queries import task_lists
from pmo.queries.task_filters import TaskFilters
from pmo.queries.task_lists import Slice, TaskPage
from tests.cast import NOW, Cast

TODAY = date(2025, 1, 15)


ALL = TaskFilters()
FIRST = Slice()


def listed(cast: Cast, filters: TaskFilters = ALL, wanted: Slice = FIRST) -> TaskPage:
    return task_lists.of_project(cast.orchard.project, cast.lev, filters, wanted, today=TODAY)


def keys(cast: Cast, filters: TaskFilters = ALL, wanted: Slice = FIRST) -> list[str]:
    return [card.key for card in listed(cast, filters, wanted).items]


def change(cast: Cast, number: int, **values: object) -> None:
    Task.update(**values).where(Task.id == cast.orchard.tasks[number - 1]).execute()


def test_everything_stands_as_the_board_shows_it(cast: Cast) -> None:
    change(cast, 1, column=cast.orchard.columns[1])

    assert keys(cast) == ["ШШ-2", "ШШ-3", "ШШ-1"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (TaskFilters(search="шш 2"), ["ШШ-2"]),
        (TaskFilters(search="ЁЛКА"), ["ШШ-3"]),
        (TaskFilters(search="ёлками школе"), ["ШШ-3"]),
        (TaskFilters(search="ёлками школьник"), []),
        (TaskFilters(is_done=True), ["ШШ-3"]),
        (TaskFilters(is_done=False), ["ШШ-1", "ШШ-2"]),
        (TaskFilters(is_blocked=True), ["ШШ-1"]),
        (TaskFilters(is_overdue=True), ["ШШ-1"]),
        (TaskFilters(is_overdue=False), ["ШШ-2", "ШШ-3"]),
        (TaskFilters(is_overdue=True, is_blocked=False), []),
    ],
)
def test_filters_are_joined_by_and(cast: Cast, filters: TaskFilters, found: list[str]) -> None:
    change(cast, 1, due_on=date(2025, 1, 14), blocked_reason="no room")
    change(cast, 2, due_on=TODAY)
    change(cast, 3, column=cast.orchard.columns[3], due_on=date(2025, 1, 1), title="елка у школы")

    assert keys(cast, filters) == found


def test_things_of_a_task_filter_it(cast: Cast) -> None:
    TaskLabel.create(task=cast.orchard.tasks[1], label=cast.orchard.labels[0])
    change(cast, 3, stage=None, kind=TaskKind.DOCUMENT)
    label, mila, stage = cast.orchard.labels[0], cast.mila.user_id, cast.orchard.stages[0]

    assert keys(cast, TaskFilters(label_ids=(label,))) == ["ШШ-2"]
    assert keys(cast, TaskFilters(label_ids=(0,))) == ["ШШ-1", "ШШ-3"]
    assert keys(cast, TaskFilters(label_ids=(0, label))) == ["ШШ-1", "ШШ-2", "ШШ-3"]
    assert keys(cast, TaskFilters(assignee_ids=(mila, cast.lev.user_id))) == ["ШШ-1"]
    assert keys(cast, TaskFilters(assignee_ids=(0,))) == ["ШШ-2", "ШШ-3"]
    assert keys(cast, TaskFilters(mine_of=mila)) == ["ШШ-1"]
    assert keys(cast, TaskFilters(mine_of=mila, assignee_ids=(0,))) == []
    assert keys(cast, TaskFilters(stage_ids=(cast.orchard.stages[1],))) == []
    assert keys(cast, TaskFilters(stage_ids=(stage, 0))) == ["ШШ-1", "ШШ-2", "ШШ-3"]
    assert keys(cast, TaskFilters(stage_ids=(0,), kinds=(TaskKind.DOCUMENT,))) == ["ШШ-3"]
    assert keys(cast, TaskFilters(column_id=cast.harbour.columns[0])) == []


def test_tasks_that_did_not_move_are_found_by_their_moment(cast: Cast) -> None:
    change(cast, 2, entered_at=NOW - timedelta(days=7))

    assert keys(cast, TaskFilters(entered_before=NOW)) == ["ШШ-2"]
    assert keys(cast, TaskFilters(entered_before=NOW - timedelta(days=7))) == []


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("number", ["ШШ-1", "ШШ-2", "ШШ-3"]),
        ("-number", ["ШШ-3", "ШШ-2", "ШШ-1"]),
        ("title", ["ШШ-3", "ШШ-1", "ШШ-2"]),
        ("weight", ["ШШ-2", "ШШ-1", "ШШ-3"]),
        ("due_on", ["ШШ-2", "ШШ-1", "ШШ-3"]),
        ("-due_on", ["ШШ-1", "ШШ-2", "ШШ-3"]),
    ],
)
def test_order_is_the_same_on_both_databases(cast: Cast, sort: str, found: list[str]) -> None:
    change(cast, 1, title="Ель", weight=5, due_on=date(2025, 2, 2))
    change(cast, 2, title="сад", weight=1, due_on=date(2025, 2, 1))
    change(cast, 3, title="Apple", weight=9)

    assert keys(cast, wanted=Slice(sort=sort)) == found


def test_number_of_statements_does_not_grow_with_the_page(cast: Cast) -> None:
    counts = []
    for size in (1, 3):
        with count_queries() as counter:
            task_lists.with_own(listed(cast, wanted=Slice(page_size=size)))
        counts.append(counter.count)

    assert counts[0] == counts[1] <= 7


def test_list_of_a_foreign_board_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound):
        task_lists.of_board(cast.orchard.board, cast.clea, TaskFilters(), Slice(), today=TODAY)
