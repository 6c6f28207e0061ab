"""Commands on the checklists of tasks.

Every one takes the lock of the task's column first, through `board_locks.redraw`: it orders the
items, bounds their number and keeps the two counters on the card.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import transaction
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Conflict, NotFound, TooMany
from pmo.models import ChecklistItem, Task, User
from pmo.queries import access
from pmo.services import board_locks, tasks, versions
from pmo.services.part_events import Told

MOST = 100
"""Items of one task."""

FIELDS = ("text", "is_done")
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """An item of a task's checklist was added or changed. event_id: None if nothing was different.

    Of an edit that also ticks, the last event.
    """

    task_id: int
    item_id: int
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """An item became a task of its own."""

    task_id: int
    item_id: int
    new_task_id: int


@board_locks.restarted
def add(task_id: int, *, text: str, actor: Actor, at: datetime) -> Changed:
    """Add an item behind the others. Raises NotFound, Forbidden, Archived, TooMany."""
    return put_back(task_id, {"item": text}, actor=actor, at=at)


@board_locks.restarted
def put_back(
    task_id: int,
    kept: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Add an item to its place, as the journal tells of its removal.

    kept: data of `task.checklist_removed`; what it does not tell is as for a new item.
    undoes_id: the event that this takes back. Raises NotFound, Forbidden, Archived, TooMany.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(task_id, found.column_id)
        others = _in_order(task_id)
        if len(others) >= MOST:
            raise TooMany(most=MOST)
        text = kept["item"]
        state = _state(kept, found.project_id)
        item = ChecklistItem.create(task=task_id, position=0, text=text, **state)
        below = (place for place, it in enumerate(others) if it.text == kept.get("before"))
        place = next(below, len(others))
        _arrange([*others[:place], item, *others[place:]])
        _count(task_id)
        told = Told(found, task_id, actor, at, undoes_id)
        event_id = told.append("task.checklist_added", {"item": text})
    return Changed(task_id, int(item.id), event_id)


@board_locks.restarted
def edit(
    item_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Write the text of an item, tick it or take the tick back.

    changes: of `FIELDS`. expected_version: of its text, which a tick does not change.
    Raises NotFound, Forbidden, Archived, StaleVersion.
    """
    versions.check_names(changes, FIELDS)
    event_id = None
    with transaction():
        found, item = _loaded(item_id, actor)
        told = Told(found, found.task_id, actor, at, undoes_id)
        before = item.text
        texts = {name: value for name, value in changes.items() if name == "text"}
        if changed := versions.write(item, texts, expected_version):
            data = {"item": before, "changes": versions.portable(changed)}
            event_id = told.append("task.checklist_edited", data)
        is_done = changes.get("is_done", item.is_done)
        if is_done != item.is_done:
            text = changes.get("text", before)
            event_id = _tick(told, item, text, is_done=is_done)
    return Changed(found.task_id, item_id, event_id)


@board_locks.restarted
def place(item_id: int, *, before_id: int | None, actor: Actor, at: datetime) -> Changed:
    """Put an item before another one of its checklist, or behind all.

    Raises NotFound, Forbidden, Archived.
    """
    with transaction():
        found, item = _loaded(item_id, actor)
        present = _in_order(found.task_id)
        others = [other for other in present if other.id != item_id]
        places = [index for index, other in enumerate(others) if other.id == before_id]
        if before_id not in {None, item_id} and not places:
            raise NotFound(kind="checklist item")
        index = places[0] if places else len(others)
        order = [*others[:index], item, *others[index:]]
        if before_id == item_id or [it.id for it in order] == [it.id for it in present]:
            return Changed(found.task_id, item_id)
        _arrange(order)
        data = {"item": item.text, "before": others[index].text if places else None}
        told = Told(found, found.task_id, actor, at)
        event_id = told.append("task.checklist_moved", data)
    return Changed(found.task_id, item_id, event_id)


@board_locks.restarted
def remove(
    item_id: int,
    *,
    expected_version: int | None = None,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Remove an item; the journal keeps what it was.

    Raises NotFound, Forbidden, Archived, StaleVersion.
    """
    with transaction():
        found, item = _loaded(item_id, actor)
        versions.write(item, {}, expected_version)
        data = {"item": item.text, "before": _text_below(item), **_kept(item)}
        item.delete_instance()
        _count(found.task_id)
        told = Told(found, found.task_id, actor, at, undoes_id)
        event_id = told.append("task.checklist_removed", data)
    return Changed(found.task_id, item_id, event_id)


@board_locks.restarted
def convert(item_id: int, *, actor: Actor, at: datetime) -> Converted:
    """Make a task of an item, at the end of the same column; the item stays and names it.

    A text longer than a title goes on in the description.
    Raises NotFound, Forbidden, Archived, WipLimitReached, Conflict if it is a task already.
    """
    with transaction():
        found = access.checklist_item(item_id, actor, Capability.TASK_EDIT)
        text = _item(item_id).text
        made = tasks.create(found.column_id, fields=_fields(text), actor=actor, at=at)
        board_locks.redraw(found.task_id, found.column_id)
        item = _item(item_id)
        if item.became_id is not None or item.text != text:
            raise Conflict
        this = ChecklistItem.id == item_id
        ChecklistItem.update(became=made.task_id).where(this).execute()
        number = Task.get_by_id(made.task_id).number
        data = {"item": text, "number": number}
        Told(found, found.task_id, actor, at).append("task.checklist_converted", data)
    return Converted(found.task_id, item_id, made.task_id)


def _loaded(item_id: int, actor: Actor) -> tuple[access.TaskPartAccess, ChecklistItem]:
    """Lock the task's column, then read the item; whoever removed it was faster."""
    found = access.checklist_item(item_id, actor, Capability.TASK_EDIT)
    board_locks.redraw(found.task_id, found.column_id)
    return found, _item(item_id)


def _item(item_id: int) -> ChecklistItem:
    item: ChecklistItem | None = ChecklistItem.get_or_none(ChecklistItem.id == item_id)
    if item is None:
        raise NotFound(kind="checklist item")
    return item


def _in_order(task_id: int) -> list[ChecklistItem]:
    query = ChecklistItem.select().where(ChecklistItem.task == task_id)
    return list(query.order_by(ChecklistItem.position, ChecklistItem.id))


def _arrange(order: Sequence[ChecklistItem]) -> None:
    """Write the places of items that stand elsewhere."""
    for position, item in enumerate(order, start=1):
        if item.position != position:
            this = ChecklistItem.id == item.id
            ChecklistItem.update(position=position).where(this).execute()


def _text_below(item: ChecklistItem) -> str | None:
    below = [other.text for other in _in_order(item.task_id) if other.position > item.position]
    return below[0] if below else None


def _kept(item: ChecklistItem) -> dict[str, Any]:
    """Return the state of an item as the journal keeps it."""
    return {
        "is_done": item.is_done,
        "done_by": item.done_by and item.done_by.login,
        "done_at": item.done_at and item.done_at.isoformat(),
        "number": item.became and item.became.number,
    }


def _state(kept: Mapping[str, Any], project_id: int) -> dict[str, Any]:
    """Return the state of an item that the journal kept: what of it still is."""
    if kept.get("number") is None:
        became = None
    else:
        same = (Task.project == project_id) & (Task.number == kept["number"])
        became = Task.get_or_none(same)
    if not kept.get("is_done"):
        return {"became": became}
    done_at = kept.get("done_at")
    return {
        "became": became,
        "is_done": True,
        "done_by": User.get_or_none(User.login == (kept.get("done_by") or "")),
        "done_at": done_at and datetime.fromisoformat(done_at),
    }


def _tick(told: Told, item: ChecklistItem, text: str, *, is_done: bool) -> int:
    state = {
        "is_done": is_done,
        "done_by": told.actor.user_id if is_done else None,
        "done_at": told.at if is_done else None,
    }
    ChecklistItem.update(state).where(ChecklistItem.id == item.id).execute()
    done, total = _count(told.task_id)
    data = {"item": text, "is_done": is_done, "done": done, "total": total}
    return told.append("task.checklist_ticked", data)


def _count(task_id: int) -> tuple[int, int]:
    """Write how many items there are and are done; return both: done, total."""
    items = ChecklistItem.select().where(ChecklistItem.task == task_id)
    total, done = items.count(), items.where(ChecklistItem.is_done).count()
    counted = {"checklist_total": total, "checklist_done": done}
    Task.update(counted).where(Task.id == task_id).execute()
    return done, total


def _fields(text: str) -> dict[str, str]:
    if len(text) <= TITLE_LENGTH:
        return {"title": text}
    return {"title": f"{text[: TITLE_LENGTH - 1]}…", "description": text}
