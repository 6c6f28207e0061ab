"""Planning of sprints beside other acts on cards, and by two people at once."""

import threading
from datetime import timedelta
from typing import Any

import peewee as pw
import pytest

from pmo import db as pmo_db
from pmo.domain.vocabulary import SprintPolicy, SprintState, WeightUnit
from pmo.errors import AnotherIsActive, NotFound, ResultsMissing
from pmo.models import Event, Project, Sprint, Task
from pmo.queries import departures, planning
from pmo.queries import sprints as queries
from pmo.services import archive, sprint_scope, tasks, transfers, undo
from tests.cast import NOW, Cast
from tests.services.test_sprints import begun, close, expect, last, lay_out, put, start


def sprint_of(task_id: int) -> int | None:
    return Task.get_by_id(task_id).sprint_id


def test_two_leads_start_two_sprints_at_once_and_one_is_told_why_not(cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    put(cast, ids[0], expect(cast, 0))
    put(cast, ids[1], expect(cast, 1))
    ready, outcomes = threading.Barrier(2), []

    def begin(sprint_id: int) -> None:
        with pmo_db.connection():
            ready.wait()
            try:
                start(cast, sprint_id)
                outcomes.append("started")
            except AnotherIsActive as refused:
                outcomes.append(str(refused))

    threads = [threading.Thread(target=begin, args=(it,)) for it in ids[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [said] = [it for it in outcomes if it != "started"]
    active = Sprint.select().where(Sprint.state == SprintState.ACTIVE).count()
    assert (active, outcomes.count("started")) == (1, 1)
    assert said.startswith("Still running: ")


def test_the_unit_of_weights_is_told_in_the_journal(cast: Cast) -> None:
    lay_out(cast, weight_unit=WeightUnit.HOURS)

    assert Project.get_by_id(cast.orchard.project).weight_unit is WeightUnit.HOURS
    assert last("project.edited") == {"changes": {"weight_unit": ["points", "hours"]}}


def test_a_card_of_another_sprint_is_not_taken_out_of_this_one(cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    [card] = expect(cast, 0)
    put(cast, ids[1], [card])

    with pytest.raises(NotFound):
        sprint_scope.take_out_of(ids[0], [card], actor=cast.lev, at=NOW)
    sprint_scope.take_out_of(ids[1], [card], actor=cast.lev, at=NOW)

    assert sprint_of(card) is None


def test_a_copy_has_no_sprint_and_an_archived_card_keeps_its_own(cast: Cast) -> None:
    ids = begun(cast)
    card = cast.orchard.tasks[0]

    copied = transfers.copy(card, column_id=cast.orchard.columns[0], actor=cast.lev, at=NOW)
    archive.archive(card, actor=cast.lev, at=NOW)

    assert sprint_of(copied.task_id) is None
    assert sprint_of(card) == ids[0]


def test_a_sprint_stays_behind_and_is_told_before(cast: Cast) -> None:
    begun(cast)
    card = cast.orchard.tasks[0]

    _carried, left = departures.of_task(card, cast.harbour.project)

    assert left.sprint == "0"
    assert bool(left)


def test_what_is_archived_without_a_result_leaves_a_sprint_that_starts(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    put(cast, trial, [*expect(cast, 0), cast.orchard.tasks[1]])
    archive.archive(cast.orchard.tasks[1], actor=cast.lev, at=NOW)

    start(cast, trial)
    archive.restore(cast.orchard.tasks[1], actor=cast.lev, at=NOW)

    assert sprint_of(cast.orchard.tasks[1]) is None
    assert last("task.sprint_set")["to"] is None


def test_an_undo_does_not_empty_a_result_in_a_running_sprint(cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    card = cast.orchard.tasks[0]
    edited = tasks.edit(
        card, {"expected_result": "A list"}, base_version=1, actor=cast.mila, at=NOW
    )
    put(cast, trial, [card])
    start(cast, trial)

    with pytest.raises(ResultsMissing):
        undo_of(cast, edited.event_id)

    assert Task.get_by_id(card).expected_result == "A list"


def undo_of(cast: Cast, event_id: int | None) -> Any:
    assert event_id is not None
    return undo.undo(event_id, actor=cast.mila, at=NOW)


def test_what_closed_sprints_brought_is_read_from_the_journal(cast: Cast) -> None:
    [trial, *_] = ids = lay_out(cast)
    fields = {"title": "A list", "weight": 5, "expected_result": "A list"}
    card = tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW).task_id
    put(cast, trial, [card])
    start(cast, trial)
    tasks.place(card, column_id=cast.orchard.columns[3], confirmed=True, actor=cast.lev, at=NOW)
    close(ids[0])
    tasks.edit(card, {"weight": 90}, base_version=1, actor=cast.lev, at=NOW + timedelta(days=3))

    found = queries.of_project(cast.orchard.project, cast.lev)
    [past] = planning.past_of(cast.orchard.project, found.sprints)

    assert (past.number, past.done) == (0, 5)


def test_events_of_sprints_touch_no_other_project(cast: Cast, db: pw.Database) -> None:
    begun(cast)

    kinds = Event.select().where(Event.project == cast.harbour.project).count()
    assert kinds == 0
