"""What hangs on a task, copied to another one: the first keeps its own, so nothing is lost."""

from collections.abc import Callable, Mapping
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.models import (
    Attachment,
    ChecklistItem,
    Comment,
    Evidence,
    Membership,
    Task,
    TaskWatcher,
    User,
)

BATCH = 200

Came = Mapping[str, Any]
"""How many of each kind came along, by the names of the functions here; of watchers, who."""


def comments(source_id: int, target_id: int) -> int:
    """Copy what was said, with its authors and moments, behind what was said there."""
    [(last,)] = rows(Comment.select(pw.fn.MAX(Comment.number)).where(Comment.task == target_id))
    said = Comment.select().where((Comment.task == source_id) & Comment.removed_at.is_null())
    found = list(said.order_by(Comment.number))
    numbers = {comment.id: number for number, comment in enumerate(found, start=(last or 0) + 1)}
    return _insert(Comment, found, lambda row: {"task": target_id, "number": numbers[row.id]})


def checklist(source_id: int, target_id: int, *, ticks: bool = True) -> int:
    """Copy the checklist, behind the one there. ticks: what is done stays done."""
    item = ChecklistItem
    [(last,)] = rows(item.select(pw.fn.MAX(item.position)).where(item.task == target_id))
    found = list(item.select().where(item.task == source_id).order_by(item.position))
    places = {one.id: place for place, one in enumerate(found, start=(last or 0) + 1)}
    open_again = {} if ticks else {"is_done": False, "done_by": None, "done_at": None}
    return _insert(
        item,
        found,
        lambda row: {"task": target_id, "position": places[row.id], "became": None, **open_again},
    )


def evidence(source_id: int, target_id: int) -> int:
    """Copy the evidence, after the files: a piece that is one names the copy of it."""
    found = list(Evidence.select().where(Evidence.task == source_id).order_by(Evidence.id))
    there = Attachment.alias()
    same = (there.sha256 == Attachment.sha256) & (there.task == target_id)
    query = Attachment.select(Attachment.id, there.id).join(there, on=same)
    files = dict(rows(query.where(Attachment.task == source_id)))
    return _insert(
        Evidence,
        found,
        lambda row: {"task": target_id, "attachment": files.get(row.attachment_id)},
    )


def attachments(source_id: int, target_id: int) -> int:
    """Copy the files that the other task has not; their bytes lie in the store once."""
    there = Attachment.alias()
    known = there.select(there.sha256).where(there.task == target_id)
    query = Attachment.select().where(
        (Attachment.task == source_id) & Attachment.sha256.not_in(known)
    )
    return _insert(
        Attachment, list(query.order_by(Attachment.id)), lambda _row: {"task": target_id}
    )


def watchers(source_id: int, target_id: int) -> list[str]:
    """Let those watch who watched, as far as they are in the project; return their logins."""
    target = Task.select(Task.project).where(Task.id == target_id)
    members = Membership.select(Membership.user).where(Membership.project.in_(target))
    there = TaskWatcher.alias()
    known = there.select(there.user).where(there.task == target_id)
    query = (
        TaskWatcher.select(TaskWatcher.user, User.login)
        .join(User)
        .where(
            (TaskWatcher.task == source_id)
            & TaskWatcher.user.in_(members)
            & TaskWatcher.user.not_in(known)
        )
    )
    found = rows(query)
    if found:
        pairs = [{"task": target_id, "user": user_id} for user_id, _login in found]
        TaskWatcher.insert_many(pairs).execute()
    return sorted(login for _user_id, login in found)


def everything(source_id: int, target_id: int) -> Came:
    """Copy all that hangs on a task, count it there, and return what came."""
    copies = (comments, checklist, attachments, evidence, watchers)
    came = {copy.__name__: copy(source_id, target_id) for copy in copies}
    count(target_id)
    return came


def take_back(task_id: int, came: Came) -> None:
    """Remove what came to a task, as long as nothing came after it; count what is left."""
    for name, model, order in (
        ("evidence", Evidence, Evidence.id),
        ("attachments", Attachment, Attachment.id),
        ("checklist", ChecklistItem, ChecklistItem.position),
        ("comments", Comment, Comment.number),
    ):
        last = model.select(model.id).where(model.task == task_id).order_by(order.desc())
        ids = [one for (one,) in rows(last.limit(came[name]))]
        model.delete().where(model.id.in_(ids)).execute()
    people = User.select(User.id).where(User.login.in_(came["watchers"]))
    these = (TaskWatcher.task == task_id) & TaskWatcher.user.in_(people)
    TaskWatcher.delete().where(these).execute()
    count(task_id)


def count(task_id: int) -> None:
    """Write how much hangs on a task, as its card shows it."""
    of: dict[str, Any] = {
        "checklist_total": ChecklistItem.select().where(ChecklistItem.task == task_id),
        "checklist_done": ChecklistItem.select().where(
            (ChecklistItem.task == task_id) & ChecklistItem.is_done
        ),
        "comment_count": Comment.select().where(
            (Comment.task == task_id) & Comment.removed_at.is_null()
        ),
        "evidence_count": Evidence.select().where(Evidence.task == task_id),
        "attachment_count": Attachment.select().where(Attachment.task == task_id),
    }
    counted = {name: query.count() for name, query in of.items()}
    Task.update(counted).where(Task.id == task_id).execute()


def _insert(model: Any, found: list[Any], changed: Callable[[Any], dict[str, Any]]) -> int:
    """Write copies of rows, each with what differs; return how many."""
    copies = []
    for row in found:
        values = {name: row.__data__[name] for name in row.__data__ if name != "id"}
        copies.append({**values, **changed(row)})
    for batch in pw.chunked(copies, BATCH):
        model.insert_many(batch).execute()
    return len(copies)
