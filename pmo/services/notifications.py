"""Commands on notifications: remind of what is due, mark read, mute a project, forget the old."""

from datetime import date, datetime, timedelta
from typing import Any

import peewee as pw

from pmo.db import rows, transaction
from pmo.domain.permissions import OFFICE_READERS, Actor, Capability
from pmo.domain.vocabulary import ColumnMeaning, NotificationKind
from pmo.errors import NotFound
from pmo.models import (
    Column,
    Membership,
    MutedProject,
    Notification,
    Task,
    TaskAssignee,
    User,
)
from pmo.queries import access
from pmo.services import journal

REMIND_BEFORE = timedelta(days=3)
REMIND_AFTER = timedelta(days=1)
"""A task that became overdue while nothing ran is still reminded of the day after."""

KEPT = timedelta(days=90)
"""How long what was read is kept."""


def remind(at: datetime, today: date) -> None:
    """Tell people of their open tasks that are due soon, once for each day that a task is due.

    However often, and in however many processes, it runs: the database keeps it to one.
    """
    due = _due(today)
    if not rows(due.limit(1)):
        return
    with transaction():
        for user_id, task_id, project_id, due_on in rows(due):
            Notification.insert(
                user=user_id,
                kind=NotificationKind.DUE_SOON,
                project=project_id,
                task=task_id,
                due_on=due_on,
                at=at,
            ).on_conflict_ignore().execute()


def trim(at: datetime, _today: date) -> None:
    """Forget what was read long ago."""
    old = Notification.read_at < at - KEPT
    if Notification.select().where(old).exists():
        with transaction():
            Notification.delete().where(old).execute()


def mark_read(notification_id: int, *, actor: Actor, at: datetime) -> None:
    """Note that one was read; again makes no difference. Raises NotFound for another's.

    No event: what was read is a trace of use.
    """
    with transaction():
        own = (Notification.id == notification_id) & (Notification.user == actor.user_id)
        if not Notification.select().where(own).exists():
            raise NotFound(kind="notification")
        unread = own & Notification.read_at.is_null()
        Notification.update(read_at=at).where(unread).execute()


def mark_all_read(*, up_to: int | None = None, actor: Actor, at: datetime) -> None:
    """Note that all were read that came up to this one, the last that was seen."""
    with transaction():
        unread = (Notification.user == actor.user_id) & Notification.read_at.is_null()
        if up_to is not None:
            unread &= Notification.id <= up_to
        Notification.update(read_at=at).where(unread).execute()


def set_muted(project_id: int, *, is_muted: bool, actor: Actor, at: datetime) -> None:
    """Choose to be told of mentions alone in a project, or of everything. Raises NotFound."""
    with transaction():
        found = access.project(project_id, actor, Capability.OWN_NOTIFICATIONS)
        row = {"user": actor.user_id, "project": project_id}
        own = (MutedProject.user == actor.user_id) & (MutedProject.project == project_id)
        if is_muted == MutedProject.select().where(own).exists():
            return
        if is_muted:
            MutedProject.insert(**row, muted_at=at).on_conflict_ignore().execute()
        else:
            MutedProject.delete().where(own).execute()
        kind = "account.project_muted" if is_muted else "account.project_unmuted"
        data = {"login": actor.login, "project": found.code}
        journal.append(kind, actor=actor, at=at, data=data)


def _due(today: date) -> Any:
    """Select whom to remind of what: open tasks, people who see the project and want to hear."""
    told = Notification.alias()
    once = (told.user == TaskAssignee.user) & (told.task == Task.id) & (told.due_on == Task.due_on)
    member = (Membership.user == User.id) & (Membership.project == Task.project)
    muted = (MutedProject.user == User.id) & (MutedProject.project == Task.project)
    soon = Task.due_on.between(today - REMIND_AFTER, today + REMIND_BEFORE)
    is_open = (Column.meaning != ColumnMeaning.DONE) & Task.archived_at.is_null()
    sees = Membership.id.is_null(False) | User.role.in_(OFFICE_READERS)
    return (
        Task.select(User.id, Task.id, Task.project, Task.due_on)
        .join_from(Task, Column)
        .join_from(Task, TaskAssignee)
        .join_from(TaskAssignee, User)
        .join_from(User, Membership, pw.JOIN.LEFT_OUTER, on=member)
        .join_from(User, MutedProject, pw.JOIN.LEFT_OUTER, on=muted)
        .join_from(Task, told, pw.JOIN.LEFT_OUTER, on=once)
        .where(soon & is_open & User.is_active & sees)
        .where(MutedProject.user.is_null() & told.id.is_null())
        .order_by(Task.id, User.id)
    )
