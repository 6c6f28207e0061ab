"""Commands on the comments of a task: add, edit one's own, remove, bring back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Forbidden, Invalid, NotFound, StaleVersion, _
from pmo.models import Comment
from pmo.queries import access
from pmo.services import board_locks
from pmo.services.part_events import Told

MOST = 1_000
"""Comments of one task, the removed ones among them."""


@dataclass(frozen=True, slots=True)
class Commented:
    """A comment was added, edited, removed or brought back."""

    comment_id: int
    task_id: int
    version: int


@board_locks.restarted
def add(task_id: int, *, text: str, actor: Actor, at: datetime) -> Commented:
    """Say something on a task; what a rule says has no author.

    Raises NotFound, Forbidden, Archived, Invalid(text).
    """
    if not text.strip():
        raise Invalid({"text": [_("Write something.")]})
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_COMMENT)
        board_locks.redraw(task_id, found.column_id, comment_count=1)
        number = _next_number(task_id)
        comment = Comment.create(
            task=task_id, number=number, author=actor.user_id or None, text=text, written_at=at
        )
        Told(found, task_id, actor, at).append("comment.added", {"comment": number})
    return Commented(int(comment.id), task_id, 1)


@board_locks.restarted
def edit(
    comment_id: int, *, text: str, expected_version: int | None, actor: Actor, at: datetime
) -> Commented:
    """Change what one has said oneself; the journal keeps what it was.

    Raises NotFound, Forbidden, Archived, Invalid(text), StaleVersion.
    """
    if not text.strip():
        raise Invalid({"text": [_("Write something.")]})
    with transaction():
        found = _standing(comment_id, actor)
        if found.author_id != actor.user_id:
            raise Forbidden(capability=Capability.TASK_COMMENT.value)
        board_locks.redraw(found.task_id, found.column_id)
        comment = Comment.get_by_id(comment_id)
        if expected_version not in {None, comment.version}:
            raise StaleVersion(version=comment.version)
        version = int(comment.version)
        if comment.text != text:
            version += 1
            _write(comment, text=text, edited_at=at, version=version)
            data = {"comment": found.number, "changes": {"text": [comment.text, text]}}
            Told(found, found.task_id, actor, at).append("comment.edited", data)
    return Commented(comment_id, found.task_id, version)


@board_locks.restarted
def remove(
    comment_id: int, *, expected_version: int | None = None, actor: Actor, at: datetime
) -> Commented:
    """Take a comment away, one's own or as the project's lead; its place is still to be seen.

    Raises NotFound, Forbidden, Archived, StaleVersion.
    """
    with transaction():
        found = _standing(comment_id, actor)
        if found.author_id != actor.user_id and not found.may(Capability.PROJECT_EDIT):
            raise Forbidden(capability=Capability.PROJECT_EDIT.value)
        board_locks.redraw(found.task_id, found.column_id, comment_count=-1)
        comment = Comment.get_by_id(comment_id)
        if expected_version not in {None, comment.version}:
            raise StaleVersion(version=comment.version)
        version = int(comment.version) + 1
        _write(comment, removed_at=at, removed_by=actor.user_id, version=version)
        data = {"comment": found.number, "author": comment.author and comment.author.login}
        Told(found, found.task_id, actor, at).append("comment.removed", data)
    return Commented(comment_id, found.task_id, version)


@board_locks.restarted
def restore(comment_id: int, *, actor: Actor, at: datetime) -> Commented:
    """Bring a removed comment back: whoever removed it, or the project's lead.

    One that stands stays as it is. Raises NotFound, Forbidden, Archived, StaleVersion.
    """
    with transaction():
        found = access.comment(comment_id, actor, Capability.TASK_COMMENT)
        comment = Comment.get_by_id(comment_id)
        if comment.removed_at is None:
            return Commented(comment_id, found.task_id, comment.version)
        if comment.removed_by_id != actor.user_id and not found.may(Capability.PROJECT_EDIT):
            raise Forbidden(capability=Capability.PROJECT_EDIT.value)
        board_locks.redraw(found.task_id, found.column_id, comment_count=1)
        version = int(comment.version) + 1
        _write(comment, removed_at=None, removed_by=None, version=version)
        data = {"comment": found.number, "author": comment.author and comment.author.login}
        Told(found, found.task_id, actor, at).append("comment.restored", data)
    return Commented(comment_id, found.task_id, version)


def _standing(comment_id: int, actor: Actor) -> access.CommentAccess:
    """Load a comment that can still be changed; of a removed one only the place is left."""
    found = access.comment(comment_id, actor, Capability.TASK_COMMENT)
    if found.is_removed:
        raise NotFound(kind="comment")
    return found


def _next_number(task_id: int) -> int:
    """Return the number after the last one; under the lock of the task's column."""
    [(last,)] = rows(Comment.select(pw.fn.MAX(Comment.number)).where(Comment.task == task_id))
    if (last or 0) >= MOST:
        raise Invalid({"text": [_("There are too many comments here already.")]})
    return int(last or 0) + 1


def _write(comment: Comment, **values: Any) -> None:
    """Compare and set; whoever was faster has raised the version."""
    same = (Comment.id == comment.id) & (Comment.version == comment.version)
    if not Comment.update(**values).where(same).execute():
        raise StaleVersion(version=comment.version + 1)
