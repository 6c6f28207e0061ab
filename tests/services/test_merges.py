"""Merging cards: all of the one goes to the other, nothing is lost, and it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from pmo.db import transaction
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import Archived, Conflict, NoLongerFits, NotFound, NotUndoable, TooLongTogether
from pmo.models import (
    Attachment,
    ChecklistItem,
    Comment,
    Event,
    Evidence,
    Project,
    SearchEntry,
    Task,
    TaskAssignee,
    TaskDependency,
    TaskLabel,
    TaskWatcher,
)
from pmo.queries import doctor, histories
from pmo.queries import portfolio_files as files
from pmo.services import (
    archive,
    checklists,
    comments,
    dependencies,
    evidence,
    journal,
    merges,
    own_fields,
    search_index,
    tasks,
    undo,
    watchers,
)
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=1)
ORCHARD = Project.code == "ШШ"


@pytest.fixture
def rich(cast: Cast) -> Cast:
    """Hang something of every kind on the first two cards; each waits, and is waited for."""
    scene, who = cast.orchard, {"actor": cast.mila, "at": NOW}
    own_fields.add(scene.project, name="Room", kind=OwnFieldKind.TEXT, actor=cast.lev, at=NOW)
    own_fields.add(scene.project, name="Hall", kind=OwnFieldKind.TEXT, actor=cast.lev, at=NOW)
    for number, task in enumerate(scene.tasks[:2], start=1):
        comments.add(task, text=f"Comment on {number}", **who)
        item = checklists.add(task, text=f"Item of {number}", **who)
        checklists.edit(item.item_id, {"is_done": True}, expected_version=None, **who)
        evidence.add(task, {"title": "Report", "url": "https://example.org/report"}, **who)
        file_of(cast, task, f"file-{number}.zip", str(number) * 64)
        watchers.watch(task, actor=(cast.mila, cast.lev)[number - 1], at=NOW)
        fields = {"description": f"Text of {number}", "own": {f"f{number}": "Blue"}}
        tasks.edit(task, fields, base_version=1, **who)
    tasks.edit(scene.tasks[0], {"label_ids": scene.labels}, base_version=2, **who)
    for title in ("Four", "Five", "Six"):
        tasks.create(scene.columns[1], fields={"title": title}, **who)
    search_index.rebuild()
    return cast


def file_of(cast: Cast, task: int, name: str, sha256: str) -> None:
    file = {"name": name, "sha256": sha256, "size": 1, "media_type": "application/zip"}
    file_id = Attachment.create(task=task, **file, added_by=cast.mila.user_id, added_at=NOW).id
    Task.update(attachment_count=1).where(Task.id == task).execute()
    piece = {"title": name, "attachment_id": file_id}
    evidence.add(task, piece, actor=cast.mila, at=NOW)


def merge(cast: Cast, **more: Any) -> int:
    one, other = cast.orchard.tasks[:2]
    actor = more.pop("actor", cast.mila)
    made = merges.merge(one, into_id=more.pop("into_id", other), actor=actor, at=NOW)
    assert made.event_id is not None
    return made.event_id


def hanging(task_id: int) -> dict[str, int]:
    tables = (ChecklistItem, Comment, Evidence, Attachment, TaskWatcher, TaskAssignee, TaskLabel)
    return {it.__name__: it.select().where(it.task == task_id).count() for it in tables}


def wait(cast: Cast, task: int, blocker: int) -> None:
    dependencies.add(number(task), blocker_id=number(blocker), actor=cast.mila, at=NOW)


def number(wanted: int) -> int:
    """Return the id of a card of the Orchard."""
    return int(Task.select().join(Project).where((Task.number == wanted) & ORCHARD).get().id)


def waiting() -> set[tuple[int, int]]:
    query = TaskDependency.select()
    return {(it.task.number, it.blocker.number) for it in query}


def state(cast: Cast) -> tuple[Any, list[Any]]:
    entries = SearchEntry.select(SearchEntry.kind, SearchEntry.task, SearchEntry.project)
    return files.export(cast.ada)["projects"], sorted(map(repr, entries.tuples()))


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def test_a_merge_adds_to_the_one_and_archives_the_other(rich: Cast) -> None:
    one, other = rich.orchard.tasks[:2]

    merge(rich)

    survivor, gone = Task.get_by_id(other), Task.get_by_id(one)
    assert hanging(other) == {
        "ChecklistItem": 2,
        "Comment": 2,
        "Evidence": 4,
        "Attachment": 2,
        "TaskWatcher": 2,
        "TaskAssignee": 1,
        "TaskLabel": 1,
    }
    assert survivor.description == "Text of 2\n\n---\n\nText of 1"
    assert sorted(it.field.key for it in survivor.own_values) == ["f1", "f2"]
    assert (survivor.comment_count, survivor.version) == (2, 3)
    assert (gone.archived_at, gone.successor_id) == (NOW, other)
    assert wrong() == []


def test_dependencies_go_along_without_circles(rich: Cast) -> None:
    """Card 1 goes into 2. One that both would wait in a circle with stays with the first."""
    for task, blocker in ((1, 3), (4, 1), (2, 6), (6, 1), (2, 1), (5, 1), (5, 2)):
        wait(rich, task, blocker)
    before = waiting()

    merge(rich)

    assert waiting() - before == {(2, 3), (4, 2)}
    told = Event.select().where(Event.kind == "task.dependency_added").order_by(Event.id.desc())
    assert [(it.task.number, it.data) for it in told.limit(2)] == [
        (4, {"blocker": 2}),
        (2, {"blocker": 3}),
    ]


def test_a_merge_is_taken_back_and_done_again(rich: Cast) -> None:
    for task, blocker in ((1, 3), (4, 1), (2, 6)):
        wait(rich, task, blocker)
    before = state(rich)
    event_id = merge(rich)
    merged = state(rich)

    undone = undo.undo(event_id, actor=rich.mila, at=NOW)
    assert state(rich) == before
    assert wrong() == []

    assert undone.event_id is not None
    undo.undo(undone.event_id, actor=rich.mila, at=NOW)
    assert state(rich) == merged
    assert wrong() == []


def test_a_merge_is_taken_back_though_the_card_was_moved_and_edited(rich: Cast) -> None:
    event_id = merge(rich)
    other = rich.orchard.tasks[1]
    tasks.place(other, column_id=rich.orchard.columns[3], actor=rich.lev, at=NOW)
    tasks.edit(other, {"title": "Better"}, base_version=3, actor=rich.lev, at=NOW)

    undo.undo(event_id, actor=rich.mila, at=LATER)

    assert Task.get_by_id(other).title == "Better"
    assert hanging(other)["Comment"] == hanging(other)["ChecklistItem"] == 1
    assert Task.get_by_id(rich.orchard.tasks[0]).archived_at is None


def test_what_was_worked_on_since_is_not_taken_apart(rich: Cast) -> None:
    """The page says what to do instead, and that works."""
    event_id = merge(rich)
    one, other = rich.orchard.tasks[:2]
    comments.add(other, text="After the merge", actor=rich.lev, at=NOW)
    before = state(rich)

    with pytest.raises(NoLongerFits, match="Take ШШ-1 out of the archive instead"):
        undo.undo(event_id, actor=rich.mila, at=LATER)

    assert state(rich) == before
    archive.restore(one, actor=rich.mila, at=LATER)
    assert Task.get_by_id(one).successor_id is None
    assert hanging(one)["Comment"] == 1


def test_every_line_of_a_merge_offers_to_take_it_back(rich: Cast) -> None:
    merge(rich)

    for task in rich.orchard.tasks[:2]:
        newest = histories.of_task(task, rich.mila)[0]
        assert newest.can_undo
    undo.undo(newest.id, actor=rich.mila, at=LATER)
    with pytest.raises(NotUndoable):
        undo.undo(newest.id, actor=rich.mila, at=LATER)


def test_a_line_of_an_act_that_stays_offers_nothing(rich: Cast) -> None:
    """An event beside it in the same act is of a kind that cannot be taken back."""
    task = rich.orchard.tasks[0]
    edited = tasks.edit(task, {"title": "New"}, base_version=3, actor=rich.mila, at=NOW)
    about = {"project_id": rich.orchard.project, "task_id": task, "data": {}}
    with transaction():
        who = {"actor": rich.mila, "at": NOW, "act_id": edited.event_id}
        journal.append("task.watched", **about, **who)

    newest = histories.of_task(task, rich.mila)[1]

    assert (newest.kind, newest.can_undo) == ("task.edited", False)
    with pytest.raises(NotUndoable):
        undo.undo(newest.id, actor=rich.mila, at=LATER)


def test_a_card_is_not_merged_into_itself_another_project_or_the_archive(rich: Cast) -> None:
    one, other, third = rich.orchard.tasks
    for into in (one, rich.harbour.tasks[0]):
        with pytest.raises(Conflict):
            merge(rich, into_id=into, actor=rich.ada)
    with pytest.raises(NotFound):
        merge(rich, into_id=rich.harbour.tasks[0])
    archive.archive(third, actor=rich.mila, at=NOW)
    with pytest.raises(Archived):
        merge(rich, into_id=third)
    Task.update(description="x" * 19_999).where(Task.id == other).execute()
    with pytest.raises(TooLongTogether):
        merge(rich)
    assert Task.get_by_id(one).archived_at is None


def test_a_dependency_is_taken_back_and_made_again(rich: Cast) -> None:
    who = {"actor": rich.mila, "at": LATER}
    wait(rich, 1, 2)
    added = histories.of_task(number(1), rich.mila)[0]

    undone = undo.undo(added.id, **who)
    assert waiting() == set()
    assert undone.event_id is not None
    undo.undo(undone.event_id, **who)
    assert waiting() == {(1, 2)}

    dependencies.remove(number(1), blocker_id=number(2), **who)
    removed = histories.of_task(number(1), rich.mila)[0]
    wait(rich, 2, 1)
    with pytest.raises(NoLongerFits, match="wait for each other"):
        undo.undo(removed.id, **who)
    assert waiting() == {(2, 1)}
