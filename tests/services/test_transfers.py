"""Copy, move to another project, merge: all that can go goes, and what was stays readable."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pmo.config import Settings
from pmo.documents import portfolio_file
from pmo.domain.vocabulary import MemberRole, OwnFieldKind
from pmo.errors import (
    Conflict,
    Forbidden,
    GoesOnElsewhere,
    NoLongerFits,
    NotFound,
    ProjectQuotaReached,
    WipLimitReached,
)
from pmo.models import (
    Attachment,
    ChecklistItem,
    Column,
    Comment,
    Event,
    Evidence,
    Label,
    Membership,
    OwnField,
    OwnValue,
    Stage,
    Task,
    TaskAssignee,
    TaskLabel,
    TaskWatcher,
)
from pmo.queries import attachments as files_kept
from pmo.queries import doctor
from pmo.queries import portfolio_files as files
from pmo.queries import transfers as queries
from pmo.queries.departures import LeftBehind
from pmo.services import (
    archive,
    checklists,
    comments,
    dependencies,
    evidence,
    merges,
    own_fields,
    own_values,
    tasks,
    transfers,
    undo,
    watchers,
)
from pmo.services.attachments import Room
from tests.cast import NOW, Cast
from tests.files import ROOM, attach

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def both(cast: Cast) -> Cast:
    """Let Mila work in the other project too, and hang things on the first task."""
    Membership.create(project=cast.harbour.project, user=cast.mila.user_id, role=MemberRole.MEMBER)
    task = cast.orchard.tasks[0]
    who = {"actor": cast.mila, "at": NOW}
    comments.add(task, text="First", **who)
    item = checklists.add(task, text="Book a room", **who)
    checklists.edit(item.item_id, {"is_done": True}, expected_version=None, **who)
    piece = {"title": "Report", "url": "https://example.org/report"}
    evidence.add(task, piece, **who)
    watchers.watch(task, **who)
    fields = {"label_ids": cast.orchard.labels, "description": "Old text", "weight": 5}
    tasks.edit(task, fields, base_version=1, **who)
    for scene, actor in ((cast.orchard, cast.lev), (cast.harbour, cast.clea)):
        own = {"actor": actor, "at": NOW}
        own_fields.add(scene.project, name="Hall", kind=OwnFieldKind.TEXT, choices=(), **own)
    tasks.edit(task, {"own": {"f1": "Big one"}}, base_version=2, **who)
    return cast


def transfer(cast: Cast, **more: Any) -> transfers.Onward:
    who = {"actor": more.pop("actor", cast.mila), "at": NOW}
    column = more.pop("column_id", cast.harbour.columns[0])
    room = more.pop("room", ROOM)
    return transfers.transfer(cast.orchard.tasks[0], column_id=column, room=room, **who)


def hanging(task_id: int) -> dict[str, int]:
    tables = (ChecklistItem, Comment, Evidence, TaskWatcher, TaskAssignee, TaskLabel)
    return {it.__name__: it.select().where(it.task == task_id).count() for it in tables}


def wrong() -> list[str]:
    return [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)]


def test_a_copy_has_the_fields_and_what_was_asked_for(both: Cast) -> None:
    made = transfers.copy(
        both.orchard.tasks[0],
        column_id=both.orchard.columns[2],
        with_checklist=True,
        actor=both.mila,
        at=NOW,
    )

    new = Task.get_by_id(made.task_id)
    assert (new.title, new.description, new.weight) == ("Task 1 of Orchard", "Old text", 5)
    assert (new.number, new.checklist_total, new.checklist_done) == (4, 1, 0)
    assert own_values.present(new.id, new.project_id) == {"own.f1": "Big one"}
    assert hanging(new.id) == {
        "ChecklistItem": 1,
        "Comment": 0,
        "Evidence": 0,
        "TaskWatcher": 0,
        "TaskAssignee": 0,
        "TaskLabel": 1,
    }
    event = Event.select().where(Event.task == new.id).get()
    assert (event.kind, event.data["copy_of"]) == ("task.created", "ШШ-1")
    assert wrong() == []


def own_field(cast: Cast, project: int, kind: OwnFieldKind, **more: Any) -> int:
    who = {"actor": cast.ada, "at": NOW}
    return own_fields.add(project, name=more.pop("name", "Budget"), kind=kind, **more, **who)


def held(task_id: int) -> dict[str, str]:
    query = OwnValue.select(OwnField.name, OwnValue.value).join(OwnField)
    return dict(query.where(OwnValue.task == task_id).tuples())


def fill(cast: Cast, **own: str) -> None:
    task = cast.orchard.tasks[0]
    version = Task.get_by_id(task).version
    tasks.edit(task, {"own": own}, base_version=version, actor=cast.mila, at=NOW)


def test_own_fields_go_to_another_project_by_name_and_kind(both: Cast) -> None:
    """Keys are counted in each project: the same key is not the same field."""
    here, there = both.orchard.project, both.harbour.project
    choice = OwnFieldKind.CHOICE
    own_field(both, here, OwnFieldKind.NUMBER)
    own_field(both, here, OwnFieldKind.TEXT, name="Room")
    own_field(both, here, choice, name="Size", choices=["small", "large"])
    own_field(both, here, choice, name="Form", choices=["short", "long"])
    own_field(both, there, choice, name="Form", choices=["long"])
    own_field(both, there, choice, name="Size", choices=["tiny"])
    own_field(both, there, OwnFieldKind.NUMBER, name="Room")
    own_field(both, there, OwnFieldKind.NUMBER)
    fill(both, f2="7", f3="12", f4="small", f5="long")

    left = queries.left_behind(both.orchard.tasks[0], both.mila, target=there)
    made = transfer(both)

    assert held(made.task_id) == {"Hall": "Big one", "Budget": "7", "Form": "long"}
    assert left.own_fields == ("Room", "Size")


def test_what_stays_behind_is_told_before(both: Cast) -> None:
    """And is what stays: the same answer serves the page and the command."""
    task, other, third = both.orchard.tasks
    who = {"actor": both.mila, "at": NOW}
    watchers.watch(task, actor=both.lev, at=NOW)
    dependencies.add(task, blocker_id=other, **who)
    dependencies.add(third, blocker_id=task, **who)
    version = Task.get_by_id(task).version
    changes = {
        "assignee_ids": [both.mila.user_id, both.lev.user_id],
        "stage_id": both.orchard.stages[0],
    }
    tasks.edit(task, changes, base_version=version, **who)
    Stage.update(name="Other").where(Stage.project == both.harbour.project).execute()
    Label.update(name="Other").where(Label.project == both.harbour.project).execute()

    left = queries.left_behind(task, both.mila, target=both.harbour.project)
    made = transfer(both)

    assert left == LeftBehind(
        stage=Stage.get_by_id(both.orchard.stages[0]).name,
        sprint="",
        labels=("Urgent",),
        people=("Lev",),
        watchers=("Lev",),
        own_fields=(),
        waits_for=("ШШ-2",),
        is_awaited_by=("ШШ-3",),
    )
    assert hanging(made.task_id)["TaskAssignee"] == hanging(made.task_id)["TaskWatcher"] == 1
    assert Task.get_by_id(made.task_id).stage_id is None
    with pytest.raises(NotFound):
        queries.left_behind(other, both.lev, target=both.harbour.project)


def test_a_copy_stays_in_the_project(both: Cast) -> None:
    with pytest.raises(Conflict):
        transfers.copy(
            both.orchard.tasks[0], column_id=both.harbour.columns[0], actor=both.mila, at=NOW
        )


def test_a_copy_keeps_to_a_hard_limit(both: Cast) -> None:
    column = both.orchard.columns[1]
    Column.update(wip_limit=1).where(Column.id == column).execute()
    tasks.place(both.orchard.tasks[1], column_id=column, actor=both.mila, at=NOW)

    with pytest.raises(WipLimitReached):
        transfers.copy(both.orchard.tasks[0], column_id=column, actor=both.mila, at=NOW)
    assert Task.select().count() == 6


def test_a_copy_is_undone_into_the_archive(both: Cast) -> None:
    made = transfers.copy(
        both.orchard.tasks[0], column_id=both.orchard.columns[0], actor=both.mila, at=NOW
    )
    assert made.event_id is not None

    undo.undo(made.event_id, actor=both.mila, at=LATER)

    assert Task.get_by_id(made.task_id).archived_at == LATER
    assert wrong() == []


def test_a_task_goes_to_another_project_with_all_it_has(both: Cast) -> None:
    Label.update(name="Urgent").where(Label.project == both.harbour.project).execute()

    made = transfer(both)

    new, old = Task.get_by_id(made.task_id), Task.get_by_id(both.orchard.tasks[0])
    assert (new.project_id, new.number, new.weight) == (both.harbour.project, 4, 5)
    assert hanging(new.id) == {
        "ChecklistItem": 1,
        "Comment": 1,
        "Evidence": 1,
        "TaskWatcher": 1,
        "TaskAssignee": 1,
        "TaskLabel": 1,
    }
    assert (new.comment_count, new.checklist_done, new.evidence_count) == (1, 1, 1)
    assert (old.archived_at, old.successor_id) == (NOW, new.id)
    assert hanging(old.id)["Comment"] == 1
    assert own_values.present(new.id, new.project_id) == {"own.f1": "Big one"}
    assert wrong() == []


def test_a_transfer_brings_no_more_files_than_the_other_project_may_keep(
    both: Cast, settings: Settings
) -> None:
    attach(both.orchard, both.mila, settings, b"x" * 20)
    attach(both.harbour, both.clea, settings, b"y" * 10)

    with pytest.raises(ProjectQuotaReached):
        transfer(both, room=Room(file=100, project=29, office=100))
    assert Task.select().count() == 6

    transfer(both, room=Room(file=100, project=30, office=30))
    assert files_kept.bytes_of_project(both.harbour.project) == 30
    assert files_kept.bytes_of_office() == 30


def test_a_transfer_is_told_of_both(both: Cast) -> None:
    made = transfer(both)

    told = Event.select().where(Event.kind == "task.transferred").order_by(Event.id)
    assert [(event.task_id, event.data.get("to"), event.data.get("from")) for event in told] == [
        (both.orchard.tasks[0], "ГВ-4", None),
        (made.task_id, None, "ШШ-1"),
    ]


def test_people_who_are_no_members_there_stay_behind(cast: Cast) -> None:
    made = transfer(cast, actor=cast.ada)

    assert hanging(made.task_id)["TaskAssignee"] == 0


@pytest.mark.parametrize("actor", ["mila", "lev"])
def test_the_right_is_needed_in_both_projects(cast: Cast, actor: str) -> None:
    with pytest.raises(NotFound):
        transfer(cast, actor=cast.actor(actor))
    assert Task.select().count() == 6


def test_to_see_the_other_project_is_not_enough(cast: Cast) -> None:
    Membership.create(
        project=cast.harbour.project, user=cast.mila.user_id, role=MemberRole.OBSERVER
    )
    with pytest.raises(Forbidden):
        transfer(cast)


def test_a_transfer_leads_to_another_project(both: Cast) -> None:
    with pytest.raises(Conflict):
        transfer(both, column_id=both.orchard.columns[1])


def test_a_transfer_is_undone_and_redone(both: Cast) -> None:
    made = transfer(both)
    assert made.event_id is not None
    old = both.orchard.tasks[0]

    undone = undo.undo(made.event_id, actor=both.mila, at=LATER)
    assert (Task.get_by_id(old).archived_at, Task.get_by_id(old).successor_id) == (None, None)
    assert Task.get_by_id(made.task_id).archived_at == LATER
    assert wrong() == []

    assert undone.event_id is not None
    undo.undo(undone.event_id, actor=both.mila, at=LATER)
    assert Task.get_by_id(old).successor_id == made.task_id
    assert Task.get_by_id(made.task_id).archived_at is None
    assert wrong() == []


def test_a_card_that_went_on_elsewhere_is_never_on_two_boards(both: Cast) -> None:
    transfer(both)

    with pytest.raises(GoesOnElsewhere, match="goes on as ГВ-4"):
        archive.restore(both.orchard.tasks[0], actor=both.mila, at=LATER)
    assert Task.get_by_id(both.orchard.tasks[0]).archived_at == NOW


def test_a_transfer_that_was_worked_on_stays(both: Cast) -> None:
    made = transfer(both)
    tasks.place(made.task_id, column_id=both.harbour.columns[2], actor=both.mila, at=NOW)
    assert made.event_id is not None

    with pytest.raises(NoLongerFits, match="worked on"):
        undo.undo(made.event_id, actor=both.mila, at=LATER)


def test_undoing_a_transfer_needs_the_right_in_both_projects(both: Cast) -> None:
    made = transfer(both)
    assert made.event_id is not None

    with pytest.raises(NotFound):
        undo.undo(made.event_id, actor=both.lev, at=LATER)


def test_what_went_on_travels(both: Cast) -> None:
    transfer(both)
    merges.merge(both.orchard.tasks[1], into_id=both.orchard.tasks[2], actor=both.mila, at=NOW)

    data = portfolio_file.dump(files.export(both.ada), "yaml")

    loaded = portfolio_file.load(data, "yaml")
    onward = {
        f"{project['code']}-{task['number']}": task["successor"]
        for project in loaded["projects"]
        for task in project["tasks"]
        if task["successor"]
    }
    assert onward == {"ШШ-1": "ГВ-4", "ШШ-2": "ШШ-3"}


def test_evidence_that_is_a_file_goes_with_its_file(both: Cast, tmp_path: Path) -> None:
    task = both.orchard.tasks[0]
    file_id = Attachment.create(
        task=task,
        name="photos.zip",
        sha256="a" * 64,
        size=1,
        media_type="application/zip",
        added_by=both.mila.user_id,
        added_at=NOW,
    ).id
    Task.update(attachment_count=1).where(Task.id == task).execute()
    piece = {"title": "Photographs", "attachment_id": file_id}
    evidence.add(task, piece, actor=both.mila, at=NOW)

    made = transfer(both)

    [copy] = Evidence.select().where((Evidence.task == made.task_id) & (Evidence.url == ""))
    assert copy.attachment.task_id == made.task_id
    assert copy.attachment.name == "photos.zip"
    faults = [it.check for it in doctor.findings(now=NOW, data_dir=tmp_path) if not it.is_well]
    assert not {"evidence and its files", "counters of tasks"} & set(faults)
