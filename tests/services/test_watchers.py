"""Watching: each for themselves, the list for the lead."""

import pytest

from pmo.errors import Archived, Forbidden, NotFound
from pmo.models import Event, Task
from pmo.queries import watchers as queries
from pmo.services import watchers
from tests.cast import NOW


@pytest.fixture
def task(cast):
    return cast.orchard.tasks[0]


def test_who_may_read_may_watch(cast, task):
    for actor in (cast.olga, cast.mila):
        watchers.watch(task, actor=actor, at=NOW)

    assert queries.of_task(task) == tuple(sorted((cast.mila.user_id, cast.olga.user_id)))
    assert queries.watching(task, cast.olga).is_watching
    assert not queries.watching(task, cast.lev).is_watching
    assert queries.watching(task, cast.mila).count == 2


def test_watching_twice_is_one_event(cast, task):
    for _ in range(2):
        watchers.watch(task, actor=cast.olga, at=NOW)
    for _ in range(2):
        watchers.unwatch(task, actor=cast.olga, at=NOW)

    assert queries.of_task(task) == ()
    assert [event.kind for event in Event.select()] == ["task.watched", "task.unwatched"]


def test_the_lead_sees_who_watches(cast, task):
    watchers.watch(task, actor=cast.olga, at=NOW)

    assert [person.name for person in queries.people(task, cast.lev)] == ["Olga"]
    assert queries.watching(task, cast.mila).people == ()
    with pytest.raises(Forbidden):
        queries.people(task, cast.mila)


def test_a_stranger_watches_nothing(cast, task):
    with pytest.raises(NotFound):
        watchers.watch(task, actor=cast.clea, at=NOW)


def test_an_archived_task_can_only_be_left(cast, task):
    watchers.watch(task, actor=cast.olga, at=NOW)
    Task.update(archived_at=NOW).where(Task.id == task).execute()

    watchers.unwatch(task, actor=cast.olga, at=NOW)

    assert queries.of_task(task) == ()
    with pytest.raises(Archived):
        watchers.watch(task, actor=cast.olga, at=NOW)
