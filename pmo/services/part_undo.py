"""Undo of what was done to a part of a card: an item, a piece of evidence, a file.

Each is one event, taken back by the command that does the opposite. The journal names parts by
what they say, so a part is found by that; one that says something else by now stays as it is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pmo.db import rows
from pmo.domain.acts import Acted
from pmo.domain.permissions import Actor
from pmo.errors import NoLongerFits, NotUndoable, Sentence, Sentences, _
from pmo.models import Attachment, ChecklistItem, Event, Evidence
from pmo.services import attachments, checklists, evidence
from pmo.services.attachments import Keeping

NO_ITEM = _("The item “{name}” is not in the checklist as it was.")
NO_EVIDENCE = _("The evidence “{name}” is not there as it was.")
NO_FILE = _("The file “{name}” is not there any more.")

Data = Mapping[str, Any]
Who = Mapping[str, Any]
"""actor, at and undoes_id, as every command takes them."""


def undo(event: Event, *, keeping: Keeping | None, actor: Actor, at: datetime) -> Acted:
    """Take back an event of `domain.undoing.PARTS`; inside the transaction of `services.undo`.

    keeping: for a file that was removed. Raises NotFound, Forbidden, Archived, NotUndoable,
    NoLongerFits, TooMany, InUse, AlreadyAttached, QuotaReached.
    """
    task_id = event.task_id or 0
    if _undoing(event):
        raise NotUndoable
    who = {"actor": actor, "at": at, "undoes_id": event.id}
    if event.kind == "attachment.removed":
        _add_file(task_id, event.data, keeping, who)
    else:
        BACK[event.kind](task_id, event.data, who)
    acts = _undoing(event)
    if len(acts) != 1:  # none: it was so already; two: under its lock the command met another one
        raise NotUndoable
    return Acted(acts[0], (task_id,))


def _undoing(event: Event) -> list[int]:
    taken_back = Event.select(Event.id).where(Event.undoes == event.id)
    return [event_id for (event_id,) in rows(taken_back)]


def _remove_item(task_id: int, data: Data, who: Who) -> None:
    checklists.remove(_item(task_id, data["item"]), **who)


def _add_item(task_id: int, data: Data, who: Who) -> None:
    checklists.put_back(task_id, data, **who)


def _tick_item(task_id: int, data: Data, who: Who) -> None:
    item_id = _item(task_id, data["item"], is_done=data["is_done"])
    checklists.edit(item_id, {"is_done": not data["is_done"]}, expected_version=None, **who)


def _edit_item(task_id: int, data: Data, who: Who) -> None:
    before, after = data["changes"]["text"]
    checklists.edit(_item(task_id, after), {"text": before}, expected_version=None, **who)


def _item(task_id: int, text: str, *, is_done: bool | None = None) -> int:
    """Return the last item that says this. is_done: only one in this state."""
    query = ChecklistItem.select(ChecklistItem.id).where(ChecklistItem.task == task_id)
    query = query.where(ChecklistItem.text == text)
    if is_done is not None:
        query = query.where(ChecklistItem.is_done == is_done)
    for (item_id,) in rows(query.order_by(ChecklistItem.position.desc()).limit(1)):
        return int(item_id)
    raise _unfit(NO_ITEM, name=text)


def _remove_evidence(task_id: int, data: Data, who: Who) -> None:
    evidence.remove(_evidence(task_id, data, data["title"]), **who)


def _add_evidence(task_id: int, data: Data, who: Who) -> None:
    evidence.add(task_id, _fields(task_id, data), **who)


def _edit_evidence(task_id: int, data: Data, who: Who) -> None:
    changes: Mapping[str, list[str]] = data["changes"]
    before, after = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
    piece_id = _evidence(task_id, after, after.get("title") or data["title"])
    evidence.edit(piece_id, _fields(task_id, before), expected_version=None, **who)


def _evidence(task_id: int, data: Data, title: str) -> int:
    """Return the last piece of evidence that has this title, and what else is told of it."""
    same = (Evidence.task == task_id) & (Evidence.title == title)
    for name in ("url", "presentation", "note"):
        if name in data:
            same &= getattr(Evidence, name) == data[name]
    if data.get("file"):
        same &= Evidence.attachment == _file(task_id, data["file"])
    query = Evidence.select(Evidence.id).where(same).order_by(Evidence.id.desc())
    for (piece_id,) in rows(query.limit(1)):
        return int(piece_id)
    raise _unfit(NO_EVIDENCE, name=title)


def _fields(task_id: int, data: Data) -> dict[str, Any]:
    """Return what is told of a piece of evidence as a command takes it."""
    names = ("title", "url", "presentation", "note")
    fields = {name: data[name] for name in names if name in data}
    if "file" in data:
        fields["attachment_id"] = _file(task_id, data["file"]) if data["file"] else None
    return fields


def _file(task_id: int, name: str) -> int:
    same = (Attachment.task == task_id) & (Attachment.name == name)
    for (file_id,) in rows(Attachment.select(Attachment.id).where(same).limit(1)):
        return int(file_id)
    raise _unfit(NO_FILE, name=name)


def _remove_file(task_id: int, data: Data, who: Who) -> None:
    same = (Attachment.task == task_id) & (Attachment.sha256 == data.get("sha256"))
    found = rows(Attachment.select(Attachment.id).where(same))
    if not found:
        raise _unfit(NO_FILE, name=data["name"])
    attachments.remove(found[0][0], **who)


def _add_file(task_id: int, data: Data, keeping: Keeping | None, who: Who) -> None:
    if keeping is None or "sha256" not in data:
        raise NotUndoable
    attachments.put_back(task_id, data, keeping=keeping, **who)


def _unfit(template: str, **facts: Any) -> NoLongerFits:
    return NoLongerFits(what=Sentences((Sentence(template, **facts),)))


BACK: dict[str, Callable[[int, Data, Who], None]] = {
    "attachment.added": _remove_file,
    "task.checklist_added": _remove_item,
    "task.checklist_edited": _edit_item,
    "task.checklist_removed": _add_item,
    "task.checklist_ticked": _tick_item,
    "task.evidence_added": _remove_evidence,
    "task.evidence_edited": _edit_evidence,
    "task.evidence_removed": _add_evidence,
}
