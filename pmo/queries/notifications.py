"""What a person is told of: only of projects that they may see at the moment of reading."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import markdown
from pmo.domain.permissions import Actor, Capability, office_may
from pmo.domain.vocabulary import Gate, NotificationKind
from pmo.errors import NotFound
from pmo.models import (
    Board,
    Comment,
    Event,
    Membership,
    MutedProject,
    Notification,
    Project,
    Task,
    User,
)
from pmo.queries import access
from pmo.statements import Statement

MOST_COUNTED = 100
"""Unread ones beyond it are not counted: the bell says 99+."""


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One thing that a person is told of.

    actor: name of who did it, '' if the product or a rule, which `rule` names. task_id, task_key,
    task_title: None and '' for one of the project itself. fragment: of the comment, plain text.
    gate: where the project went, why in `reason`. text: what a rule says. board_key: of a rule
    that was switched off.
    """

    id: int
    kind: NotificationKind
    at: datetime
    is_read: bool
    project_id: int
    project_name: str
    actor: str
    rule: str
    task_id: int | None
    task_key: str
    task_title: str
    comment_id: int | None
    fragment: str
    due_on: date | None
    gate: Gate | None
    reason: str
    text: str
    board_key: str
    event_kind: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Notifications, the latest first. next_before: id of the last one if there are more.

    unread: how many of all are unread, at most `MOST_COUNTED`.
    """

    items: tuple[NotificationView, ...]
    next_before: int | None
    unread: int


@dataclass(frozen=True, slots=True)
class MutedView:
    """A project that tells a person of mentions alone."""

    project_id: int
    project_name: str


def page(
    actor: Actor,
    *,
    unread_only: bool = False,
    kind: NotificationKind | None = None,
    limit: int = 30,
    before_id: int | None = None,
) -> NotificationPage:
    """Return a page of the actor's notifications; two statements."""
    query = _notifications(actor)
    if unread_only:
        query = query.where(Notification.read_at.is_null())
    if kind is not None:
        query = query.where(Notification.kind == kind)
    if before_id is not None:
        query = query.where(Notification.id < before_id)
    read = rows(query.order_by(Notification.id.desc()).limit(limit + 1))
    items = tuple(_view(row, actor.login) for row in read[:limit])
    following = items[-1].id if len(read) > limit else None
    return NotificationPage(items, following, unread(actor))


def one(notification_id: int, actor: Actor) -> NotificationView:
    """Return one notification. Raises NotFound for another's, and when the project is not seen."""
    for row in rows(_notifications(actor).where(Notification.id == notification_id)):
        return _view(row, actor.login)
    raise NotFound(kind="notification")


def unread(actor: Actor) -> int:
    """Return how many are unread, at most `MOST_COUNTED`."""
    own = Notification.select(Notification.id).join(Project)
    own = own.where((Notification.user == actor.user_id) & Notification.read_at.is_null())
    own = own.where(access.visible_projects(actor)).limit(MOST_COUNTED)
    return int(own.count())


def unread_mentions(actor: Actor) -> int:
    """Return how many mentions are unread, at most `MOST_COUNTED`."""
    sees_all = office_may(actor, Capability.PROJECT_READ)
    mentions = mentions_of_reader if sees_all else mentions_of_member
    return len(mentions(user_id=actor.user_id))


@Statement
def mentions_of_reader(user_id: Any) -> Any:
    """Return the unread mentions of a person who sees every project."""
    own = (Notification.user == user_id) & Notification.read_at.is_null()
    own &= Notification.kind == NotificationKind.MENTION
    return Notification.select(Notification.id).where(own).limit(MOST_COUNTED)


@Statement
def mentions_of_member(user_id: Any) -> Any:
    """Return the unread mentions of a person in the projects that they are members of."""
    mine = Membership.select(Membership.project).where(Membership.user == user_id)
    own = (Notification.user == user_id) & Notification.read_at.is_null()
    own &= (Notification.kind == NotificationKind.MENTION) & Notification.project.in_(mine)
    return Notification.select(Notification.id).where(own).limit(MOST_COUNTED)


def board_of(told: NotificationView) -> int | None:
    """Return the board of a rule that was switched off, if there still is one of its key."""
    own = (Board.project == told.project_id) & (Board.key == told.board_key)
    return next((board_id for (board_id,) in rows(Board.select(Board.id).where(own))), None)


def is_muted(project_id: int, actor: Actor) -> bool:
    """Tell whether a project tells the actor of mentions alone. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    own = (MutedProject.user == actor.user_id) & (MutedProject.project == project_id)
    return bool(MutedProject.select().where(own).exists())


def muted(actor: Actor) -> tuple[MutedView, ...]:
    """Return the projects that the actor has muted, by name."""
    query = Project.select(Project.id, Project.short_name).join(MutedProject)
    query = query.where((MutedProject.user == actor.user_id) & access.visible_projects(actor))
    return tuple(MutedView(*row) for row in rows(query.order_by(Project.short_name)))


def _notifications(actor: Actor) -> Any:
    """Select the actor's notifications with all that they show.

    A comment that went on with its task into another project is not quoted here any more.
    """
    still_there = (Comment.id == Notification.comment) & (Comment.task == Notification.task)
    query = (
        Notification.select(
            Notification.id,
            Notification.kind,
            Notification.at,
            Notification.read_at,
            Project.id,
            Project.short_name,
            Project.code,
            User.name,
            Task.id,
            Task.number,
            Task.title,
            Comment.id,
            Comment.text,
            Notification.due_on,
            Notification.text,
            Event.data,
            Event.kind,
        )
        .join_from(Notification, Project)
        .join_from(Notification, Task, pw.JOIN.LEFT_OUTER)
        .join_from(Notification, Comment, pw.JOIN.LEFT_OUTER, on=still_there)
        .join_from(Notification, Event, pw.JOIN.LEFT_OUTER, on=Notification.event == Event.id)
        .join_from(Event, User, pw.JOIN.LEFT_OUTER)
        .where(Notification.user == actor.user_id)
    )
    if office_may(actor, Capability.PROJECT_READ):
        return query
    mine = (Membership.project == Project.id) & (Membership.user == actor.user_id)
    return query.join_from(Project, Membership, on=mine)


def _view(row: tuple[Any, ...], login: str) -> NotificationView:
    id_, kind, at, read_at, project_id, project_name, code, actor, *rest = row
    task_id, number, title, comment_id, comment, due_on, text, data, event_kind = rest
    data = data or {}
    passed = data if kind is NotificationKind.GATE else {}
    return NotificationView(
        id=id_,
        kind=kind,
        at=at,
        is_read=read_at is not None,
        project_id=project_id,
        project_name=project_name,
        actor=actor or "",
        rule=data.get("rule", ""),
        task_id=task_id,
        task_key=f"{code}-{number}" if task_id else "",
        task_title=title or "",
        comment_id=comment_id,
        fragment=markdown.fragment(markdown.plain(comment), f"@{login}") if comment else "",
        due_on=due_on,
        gate=Gate(passed["to"]) if passed else None,
        reason=passed.get("reason", ""),
        text=text,
        board_key=data["board"] if kind is NotificationKind.RULE_OFF else "",
        event_kind=event_kind or "",
        left=tuple(data.get("left", ())) if kind is NotificationKind.CYCLOGRAM else (),
    )
