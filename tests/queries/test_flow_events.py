"""What tasks begin with, and the lives that are read from the journal."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo.domain.flow.lives import CardLife
from pmo.domain.vocabulary import ColumnMeaning
from pmo.models import Event, Task
from pmo.queries import flow_events
from pmo.services import archive, boards, checklists, portfolio_journal, tasks, transfers
from tests.cast import NOW, Cast

LATER = NOW + timedelta(days=1)
HELD = {"weight": 5, "blocked_reason": "Ill"}


def make(cast: Cast, **fields: object) -> int:
    values = {"title": "New", **HELD, "stage_id": cast.orchard.stages[0], **fields}
    made = tasks.create(cast.orchard.columns[0], fields=values, actor=cast.mila, at=NOW)
    return made.task_id


def beginning(task_id: int) -> dict[str, object]:
    data = Event.get((Event.task == task_id) & (Event.kind == "task.created")).data
    return {name: data[name] for name in ("weight", "stage", "blocked_reason") if name in data}


def life_of(cast: Cast, task_id: int) -> CardLife:
    number = Task.get_by_id(task_id).number
    return flow_events.lives(cast.orchard.project).lives[number]


def test_every_way_to_make_a_task_tells_with_what_it_begins(cast: Cast) -> None:
    made = make(cast)
    who = {"actor": cast.mila, "at": NOW}
    copied = transfers.copy(made, column_id=cast.orchard.columns[2], **who).task_id
    item = checklists.add(made, text="Part of it", **who).item_id
    converted = checklists.convert(item, **who).new_task_id

    stage = {"stage": "s1"}
    assert beginning(made) == beginning(copied) == {**HELD, **stage}
    assert beginning(converted) == {"weight": 1}


def test_the_lives_of_a_project_are_read_from_its_journal(cast: Cast) -> None:
    made = make(cast)
    who = {"actor": cast.lev, "at": LATER}
    tasks.edit(made, {"weight": 8, "title": "Other"}, base_version=1, **who)
    tasks.place(made, column_id=cast.orchard.columns[1], **who)
    boards.edit_column(
        cast.orchard.columns[1],
        changes={"meaning": "waiting"},
        expected_version=None,
        actor=cast.lev,
        at=LATER + timedelta(hours=1),
    )
    archive.archive(made, actor=cast.lev, at=LATER + timedelta(days=1))

    life = life_of(cast, made)
    assert [(it.column, str(it.meaning)) for it in life.spells] == [
        ("c1", "queue"),
        ("c2", "in_progress"),
        ("c2", "waiting"),
    ]
    assert (life.weight(NOW), life.weight(LATER), life.stage(NOW)) == (5, 8, "s1")
    assert life.blocked == [(NOW, None, "Ill")]
    assert life.is_cancelled(LATER + timedelta(days=2))
    assert not life.is_cancelled(LATER)


def test_what_an_old_journal_does_not_tell_is_what_the_task_holds(cast: Cast) -> None:
    old = {"board": "b1", "column": "c1", "meaning": "queue", "column_name": "Queue"}
    task = cast.orchard.tasks[0]
    Event.create(at=NOW, kind="task.created", project=cast.orchard.project, task=task, data=old)
    Task.update(weight=13).where(Task.id == task).execute()

    assert life_of(cast, task).weight(NOW) == 13


def test_a_life_takes_as_many_statements_for_many_events_as_for_few(cast: Cast) -> None:
    make(cast)
    with count_queries() as few:
        flow_events.lives(cast.orchard.project)
    for number in range(20):
        make(cast, title=f"Task {number}")
    with count_queries() as many:
        flow_events.lives(cast.orchard.project)

    assert few.count == many.count == 2


@pytest.mark.one_database
def test_the_state_of_a_journal_changes_with_every_event(cast: Cast) -> None:
    before = flow_events.state(cast.orchard.project)
    make(cast)

    assert flow_events.state(cast.orchard.project) != before
    assert flow_events.state(cast.harbour.project) == before == ()


def test_a_task_of_a_file_begins_with_what_it_held_before_its_first_edit() -> None:
    task = {
        "number": 1,
        "board": "b1",
        "column": "c1",
        "stage": "s2",
        "weight": 8,
        "blocked_reason": None,
        "created_at": NOW,
        "created_by": "lev",
    }
    column = {"key": "c1", "name": "Queue", "meaning": ColumnMeaning.QUEUE}
    edit = {
        "kind": "task.edited",
        "project": "П",
        "task": 1,
        "data": {"changes": {"weight": [3, 5], "stage": [None, "s2"]}},
    }
    again = {**edit, "data": {"changes": {"weight": [5, 8]}}}
    project = {"code": "П", "boards": [{"key": "b1", "columns": [column]}], "tasks": [task]}

    [made] = portfolio_journal.creations({"projects": [project], "journal": [edit, again]}, ())

    assert made["data"]["weight"] == 3
    assert "stage" not in made["data"]
