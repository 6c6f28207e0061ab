"""What hangs on a card is taken back from its history, as new acts that keep the journal true."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pmo.blobs import Store
from pmo.config import Settings
from pmo.documents import portfolio_file
from pmo.errors import (
    Archived,
    Forbidden,
    NoLongerFits,
    NotFound,
    NotUndoable,
    PmoError,
)
from pmo.models import Attachment, ChecklistItem, Event, Evidence, Task, TaskDependency
from pmo.queries import doctor, histories
from pmo.queries import portfolio_files as files
from pmo.services import archive, attachments, checklists, dependencies, evidence, undo
from tests.cast import NOW, Cast
from tests.files import ROOM, attach

LATER = NOW + timedelta(hours=1)
LINK = {"title": "Report", "url": "https://example.org/1", "presentation": "Letter", "note": "n"}


@pytest.fixture
def task(cast: Cast) -> int:
    """Return a card with three items, one of them done, evidence and a card that it waits for."""
    task, who = cast.orchard.tasks[0], {"actor": cast.mila, "at": NOW}
    hall, *_others = [checklists.add(task, text=it, **who).item_id for it in ("Hall", "Tea", "Tea")]
    checklists.edit(hall, {"is_done": True}, expected_version=None, **who)
    evidence.add(task, LINK, **who)
    dependencies.add(task, blocker_id=cast.orchard.tasks[1], **who)
    return int(task)


def parts(task: int) -> dict[str, Any]:
    """Return all that hangs on a card, but for who put it there and when."""
    item, piece = ChecklistItem, Evidence
    file = Attachment
    told = file.select(file.name, file.sha256, file.size, file.media_type, file.width)
    items = item.select(item.text, item.is_done, item.done_by, item.done_at, item.became)
    pieces = piece.select(piece.title, piece.url, piece.attachment, piece.presentation, piece.note)
    links = TaskDependency.select(TaskDependency.blocker).where(TaskDependency.task == task)
    row = Task.get_by_id(task)
    return {
        "items": [*items.where(item.task == task).order_by(item.position).tuples()],
        "evidence": sorted(pieces.where(piece.task == task).tuples()),
        "waits for": sorted(links.tuples()),
        "files": [*told.where(file.task == task).order_by(file.name).tuples()],
        "counted": (row.checklist_done, row.checklist_total, row.evidence_count),
        "counted files": row.attachment_count,
    }


def latest(task: int) -> int:
    return int(Event.select().where(Event.task == task).order_by(Event.id.desc()).get().id)


def item(task: int, place: int) -> int:
    query = ChecklistItem.select().where(ChecklistItem.task == task)
    return int(query.order_by(ChecklistItem.position)[place].id)


def piece(task: int) -> int:
    return int(Evidence.get(Evidence.task == task).id)


def edit_item(task: int, cast: Cast, who: dict[str, Any]) -> None:
    checklists.edit(item(task, 2), {"text": "Cake"}, expected_version=None, **who)


def edit_evidence(task: int, cast: Cast, who: dict[str, Any]) -> None:
    file_id = Attachment.get().id
    changes = {"title": "Photo", "url": "", "attachment_id": file_id, "note": ""}
    evidence.edit(piece(task), changes, expected_version=None, **who)


ACTS: dict[str, Callable[[int, Cast, dict[str, Any]], Any]] = {
    "an item added": lambda task, _cast, who: checklists.add(task, text="Chairs", **who),
    "an item edited": edit_item,
    "an item removed": lambda task, _cast, who: checklists.remove(item(task, 0), **who),
    "the last item removed": lambda task, _cast, who: checklists.remove(item(task, 2), **who),
    "an item ticked": lambda task, _cast, who: checklists.edit(
        item(task, 2), {"is_done": True}, expected_version=None, **who
    ),
    "evidence added": lambda task, _cast, who: evidence.add(task, {**LINK, "title": "Two"}, **who),
    "evidence edited": edit_evidence,
    "evidence removed": lambda task, _cast, who: evidence.remove(piece(task), **who),
    "a file removed": lambda _task, _cast, who: attachments.remove(Attachment.get().id, **who),
    "a dependency added": lambda task, cast, who: dependencies.add(
        task, blocker_id=cast.orchard.tasks[2], **who
    ),
    "a dependency removed": lambda task, cast, who: dependencies.remove(
        task, blocker_id=cast.orchard.tasks[1], **who
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_undone_and_redone(cast: Cast, task: int, settings: Settings, act: str) -> None:
    attach(cast.orchard, cast.mila, settings)
    keeping = attachments.Keeping(Store(settings.attachments_dir), ROOM)
    before = parts(task)
    ACTS[act](task, cast, {"actor": cast.mila, "at": NOW})
    after, done = parts(task), latest(task)

    undone = undo.undo(done, keeping=keeping, actor=cast.lev, at=LATER)
    back = parts(task)
    redone = undo.undo(undone.event_id or 0, keeping=keeping, actor=cast.mila, at=NOW)

    assert before == back != after
    assert parts(task) == after
    assert (undone.task_ids, Event.get_by_id(undone.event_id).undoes_id) == ((task,), done)
    for event_id in (done, undone.event_id or 0):
        with pytest.raises(NotUndoable):
            undo.undo(event_id, actor=cast.mila, at=LATER)
    told = histories.of_task(task, cast.mila, limit=3)
    assert [(it.id, it.is_undone, it.can_undo) for it in told] == [
        (redone.event_id, False, True),
        (undone.event_id, True, False),
        (done, True, False),
    ]
    assert [check for check, _fault, sql in doctor.COUNTS if doctor._value(sql)] == []


def test_what_fits_no_longer_is_told(cast: Cast, task: int) -> None:
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    checklists.remove(item(task, 0), **who)
    removed = latest(task)
    evidence.edit(piece(task), {"note": "changed"}, expected_version=None, **who)
    dependencies.remove(task, blocker_id=cast.orchard.tasks[1], **who)
    dependencies.add(cast.orchard.tasks[1], blocker_id=task, **who)
    added = {event.kind: event.id for event in Event.select().order_by(Event.id.desc())}

    for kind, told in (
        ("task.evidence_added", "“Report” is not there as it was"),
        ("task.checklist_ticked", "“Hall” is not in the checklist"),
        ("task.dependency_removed", ""),
    ):
        with pytest.raises(NoLongerFits) as refused:
            undo.undo(added[kind], actor=cast.mila, at=LATER)
        assert told in str(refused.value.facts["what"])
    archive.archive(task, actor=cast.mila, at=NOW)
    with pytest.raises(Archived):
        undo.undo(removed, actor=cast.mila, at=LATER)


def test_a_file_whose_bytes_are_gone_stays_removed(
    cast: Cast, task: int, settings: Settings
) -> None:
    keeping = attachments.Keeping(Store(settings.attachments_dir), ROOM)
    made = attach(cast.orchard, cast.mila, settings)
    removed = attachments.remove(made, actor=cast.mila, at=NOW).event_id
    next(settings.attachments_dir.glob("??/??/*")).unlink()

    with pytest.raises(NoLongerFits):
        undo.undo(removed, keeping=keeping, actor=cast.mila, at=LATER)
    assert Task.get_by_id(task).attachment_count == 0


@pytest.mark.parametrize(("who", "error"), [("olga", Forbidden), ("clea", NotFound)])
def test_undo_needs_the_right_to_do_the_opposite(
    cast: Cast, task: int, who: str, error: type[PmoError]
) -> None:
    checklists.remove(item(task, 0), actor=cast.mila, at=NOW)
    before = parts(task)

    with pytest.raises(error):
        undo.undo(latest(task), actor=cast.actor(who), at=LATER)
    assert parts(task) == before


def test_an_event_holds_what_is_needed_to_go_back(cast: Cast, task: int) -> None:
    checklists.remove(item(task, 0), actor=cast.mila, at=NOW)

    data = portfolio_file.dump(files.export(cast.ada), "yaml")

    assert portfolio_file.load(data, "yaml")["journal"][-1]["data"] == {
        "item": "Hall",
        "before": "Tea",
        "is_done": True,
        "done_by": "mila",
        "done_at": NOW.isoformat(),
        "number": None,
    }
