"""What was said on a task, the latest first, and what it was before it was edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import markdown
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import initials
from pmo.errors import Forbidden, NotFound
from pmo.models import Comment, Event, Membership, Task, User
from pmo.queries import access
from pmo.statements import Statement

MOST_SUGGESTED = 8
LAST = 2**31 - 1
"""More than the number of any comment."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment. text: Markdown, '' of a removed one. removed_by: '' while it stands.

    author, author_login: '' of what a rule of the board said.

    mentions: login → name of the people it mentions.
    """

    id: int
    number: int
    task_id: int
    author: str
    author_login: str
    author_initials: str
    text: str
    written_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    removed_by: str
    version: int
    can_edit: bool
    can_remove: bool
    can_restore: bool
    mentions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Discussion:
    """Comments of a task, the latest first.

    next_before: number of the last one here if there are earlier ones. total: those that stand.
    can_write: whether the reader may say something.
    """

    task_id: int
    items: tuple[CommentView, ...]
    next_before: int | None
    total: int
    can_write: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """What a comment said for a while. until: when it was changed, None for the present one."""

    text: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a comment can mention."""

    login: str
    name: str


def of_task(
    task_id: int, actor: Actor, *, limit: int = 30, before: int | None = None
) -> Discussion:
    """Return the latest comments of a task, or those before a number; at most four statements.

    Raises NotFound.
    """
    found = access.task(task_id, actor, Capability.PROJECT_READ)
    read = latest(task_id=task_id, before=before or LAST, limit=limit + 1)
    people = _people_if_mentioned(found.project_id, read[:limit])
    items = tuple(_view(row, found, people) for row in read[:limit])
    [(total,)] = count_of(task_id=task_id)
    return Discussion(
        task_id=task_id,
        items=items,
        next_before=items[-1].number if len(read) > limit else None,
        total=total,
        can_write=found.may(Capability.TASK_COMMENT) and found.archived_at is None,
    )


def comment(comment_id: int, actor: Actor) -> CommentView:
    """Return one comment. Raises NotFound, also for a removed one."""
    found = access.comment(comment_id, actor, Capability.PROJECT_READ)
    if found.is_removed:
        raise NotFound(kind="comment")
    task = access.task(found.task_id, actor, Capability.PROJECT_READ)
    [row] = one(comment_id=comment_id)
    return _view(row, task, _people_if_mentioned(found.project_id, [row]))


def own(comment_id: int, actor: Actor) -> CommentView:
    """Return a comment that the actor may edit. Raises NotFound, Forbidden."""
    view = comment(comment_id, actor)
    if not view.can_edit:
        raise Forbidden(capability=Capability.TASK_COMMENT.value)
    return view


def wordings(comment_id: int, actor: Actor) -> tuple[Wording, ...]:
    """Return what a comment said, the present text first. Raises NotFound, also for a removed one.

    Read from the journal: it keeps every text that was changed.
    """
    view = comment(comment_id, actor)
    of_task_ = (Event.task == view.task_id) & (Event.kind == "comment.edited")
    edits = rows(Event.select(Event.at, Event.data).where(of_task_).order_by(Event.id.desc()))
    earlier = (
        Wording(data["changes"]["text"][0], at)
        for at, data in edits
        if data["comment"] == view.number
    )
    return (Wording(view.text, None), *earlier)


def people(task_id: int, actor: Actor, *, start: str) -> tuple[Person, ...]:
    """Return whom a comment on a task can mention: the project's active people, by name.

    start: of the login, or of a word of the name, in any case. At most `MOST_SUGGESTED`.
    Raises NotFound, Forbidden.
    """
    found = access.task(task_id, actor, Capability.TASK_COMMENT)
    start = start.casefold()
    known = (Person(*person) for person in people_of(found.project_id).items())
    return tuple(person for person in known if _begins(person, start))[:MOST_SUGGESTED]


def people_of(project_id: int) -> dict[str, str]:
    """Return login → name of a project's active people, by name. The caller has checked."""
    query = User.select(User.login, User.name).join(Membership, on=Membership.user == User.id)
    query = query.where((Membership.project == project_id) & User.is_active)
    return dict(rows(query.order_by(User.name, User.id)))


def _begins(person: Person, start: str) -> bool:
    words = (person.login, *person.name.casefold().split())
    return any(word.startswith(start) for word in words)


def _people_if_mentioned(project_id: int, read: list[tuple[Any, ...]]) -> dict[str, str]:
    return people_of(project_id) if any("@" in row[6] for row in read) else {}


def _mentions(text: str, known: Mapping[str, str]) -> dict[str, str]:
    return {login: known[login] for login in markdown.mentioned(text, known)} if known else {}


def _view(row: tuple[Any, ...], task: access.TaskAccess, known: Mapping[str, str]) -> CommentView:
    id_, number, task_id, author_id, name, login, text, written_at, edited_at, *rest = row
    removed_at, remover_id, removed_by, version = rest
    may_change = task.archived_at is None and task.may(Capability.TASK_COMMENT)
    is_open = may_change and removed_at is None
    is_own = author_id == task.actor.user_id
    is_lead = task.may(Capability.PROJECT_EDIT)
    is_remover = remover_id == task.actor.user_id
    return CommentView(
        id=id_,
        number=number,
        task_id=task_id,
        author=name or "",
        author_login=login or "",
        author_initials=initials(name or ""),
        text="" if removed_at else text,
        written_at=_moment(written_at),
        edited_at=_moment(edited_at),
        removed_at=_moment(removed_at),
        removed_by=removed_by or "",
        version=version,
        can_edit=is_open and is_own,
        can_remove=is_open and (is_own or is_lead),
        can_restore=may_change and removed_at is not None and (is_remover or is_lead),
        mentions={} if removed_at else _mentions(text, known),
    )


def _moment(value: Any) -> Any:
    return Comment.written_at.python_value(value)


def _comments(condition: Any) -> Any:
    remover = User.alias()
    query = Comment.select(
        Comment.id,
        Comment.number,
        Comment.task,
        Comment.author,
        User.name,
        User.login,
        Comment.text,
        Comment.written_at,
        Comment.edited_at,
        Comment.removed_at,
        Comment.removed_by,
        remover.name,
        Comment.version,
    )
    query = query.join(User, pw.JOIN.LEFT_OUTER, on=Comment.author == User.id)
    query = query.join_from(
        Comment, remover, pw.JOIN.LEFT_OUTER, on=Comment.removed_by == remover.id
    )
    return query.where(condition)


@Statement
def latest(task_id: Any, before: Any, limit: Any) -> Any:
    """Return the latest comments of a task that were written before one of them."""
    query = _comments((Comment.task == task_id) & (Comment.number < before))
    return query.order_by(Comment.number.desc()).limit(limit)


@Statement
def one(comment_id: Any) -> Any:
    """Return a comment."""
    return _comments(Comment.id == comment_id)


@Statement
def count_of(task_id: Any) -> Any:
    """Return how many comments of a task stand."""
    return Task.select(Task.comment_count).where(Task.id == task_id)
