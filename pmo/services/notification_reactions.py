"""Who is told of what happens: in the transaction of the event, each person in a row of their own.

Nobody is told of their own act, nor of a project that they may not see. A muted project tells
of mentions alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import peewee as pw

from pmo.db import rows
from pmo.domain import markdown
from pmo.domain.happenings import Happening
from pmo.domain.permissions import OFFICE_READERS
from pmo.domain.sprint_closing import FLAGGED
from pmo.domain.vocabulary import LeftoverDecision, MemberRole, NotificationKind
from pmo.models import (
    Comment,
    Event,
    Membership,
    MutedProject,
    Notification,
    Task,
    TaskAssignee,
    TaskWatcher,
    User,
)


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who may see a project. is_concerned: does or watches the task that it is about.

    role: in the project; None of one who only sees it by their office.
    """

    user_id: int
    login: str
    role: MemberRole | None
    is_concerned: bool
    is_muted: bool


def of_comment(happening: Happening) -> None:
    """Tell of a new comment: those it mentions, and those who do or watch the task."""
    comment_id, text = _comment_of(happening)
    listeners = _listeners(happening)
    mentioned = _mentioned(text, listeners)
    _tell(NotificationKind.MENTION, mentioned, happening, comment_id)
    concerned = [it for it in listeners if it.is_concerned and it not in mentioned]
    _tell(NotificationKind.COMMENT, _unmuted(concerned), happening, comment_id)


def of_edited_comment(happening: Happening) -> None:
    """Tell those whom an edit mentions and the text before it did not."""
    before, after = happening.data["changes"]["text"]
    if "@" not in after:
        return
    listeners = _listeners(happening)
    known = _mentioned(before, listeners)
    fresh = [it for it in _mentioned(after, listeners) if it not in known]
    _tell(NotificationKind.MENTION, fresh, happening, _comment_of(happening)[0])


def of_removed_comment(happening: Happening) -> None:
    """Take back what was told of a comment that is not there any more."""
    comment_id, _ = _comment_of(happening)
    Notification.delete().where(Notification.comment == comment_id).execute()


def of_new_task(happening: Happening) -> None:
    """Tell the people whom a new task was given to; the lead, of those it could not be given to."""
    _assigned(happening, happening.data.get("assignees", ()))
    if happening.data.get("recurrence") and happening.data.get("left"):
        of_cyclogram(happening)


def of_edited_task(happening: Happening) -> None:
    """Tell the people whom an edit gave a task to."""
    before, after = happening.data.get("changes", {}).get("assignees", ((), ()))
    _assigned(happening, set(after) - set(before))


def of_gate(happening: Happening) -> None:
    """Tell the people of a project that it passed a gate."""
    members = [it for it in _listeners(happening) if it.role]
    _tell(NotificationKind.GATE, _unmuted(members), happening)


def of_rule_off(happening: Happening) -> None:
    """Tell those who lead a project that a rule of its board was switched off."""
    leads = [it for it in _listeners(happening) if it.role is MemberRole.LEAD]
    _tell(NotificationKind.RULE_OFF, _unmuted(leads), happening)


def of_cyclogram(happening: Happening) -> None:
    """Tell those who lead a project that a recurring task needs their attention."""
    leads = [it for it in _listeners(happening) if it.role is MemberRole.LEAD]
    title = happening.data.get("title", "")
    _tell(NotificationKind.CYCLOGRAM, _unmuted(leads), happening, text=title)


def of_closed_sprint(happening: Happening) -> None:
    """Tell those who lead a project of cards carried over again and again: also who closed it."""
    decisions = happening.data["decisions"]
    onward = [it["task"] for it in decisions if it["decision"] == LeftoverDecision.NEXT_SPRINT]
    for task_id, times in _carried(happening.project_id, onward).items():
        if times >= FLAGGED:
            about = replace(happening, task_id=task_id, actor=None)
            leads = [it for it in _listeners(about) if it.role is MemberRole.LEAD]
            _tell(NotificationKind.CARRIED_AGAIN, _unmuted(leads), about, text=str(times))


def by_rule(
    user_ids: Collection[int], *, text: str, project_id: int, task_id: int, at: datetime
) -> None:
    """Tell people what a rule of a board says; inside the caller's transaction.

    text: one line, up to 300 characters. Who may not see the project is not told.
    """
    happening = Happening(0, "", None, at, project_id, task_id, {})
    listeners = [it for it in _listeners(happening) if it.user_id in set(user_ids)]
    _tell(NotificationKind.RULE, _unmuted(listeners), happening, text=text[:300])


def _carried(project_id: int | None, numbers: Collection[int]) -> dict[int, int]:
    """Return how often cards were carried over into another sprint, by id."""
    query = Event.select(Event.task, Event.data).join(Task, on=(Event.task == Task.id))
    mine = (Task.project == project_id) & Task.number.in_(numbers)
    found: Counter[int] = Counter()
    for task_id, data in rows(query.where(mine & (Event.kind == "task.sprint_set"))):
        found[task_id] += bool(data["carried"]) and data["to"] is not None
    return found


def _assigned(happening: Happening, logins: Iterable[str]) -> None:
    if wanted := set(logins):
        people = [it for it in _listeners(happening) if it.login in wanted]
        _tell(NotificationKind.ASSIGNMENT, _unmuted(people), happening)


def _listeners(happening: Happening) -> list[Listener]:
    """Return who may see the project at this moment, without the one who acted; one statement."""
    member = (Membership.user == User.id) & (Membership.project == happening.project_id)
    doing = (TaskAssignee.user == User.id) & (TaskAssignee.task == happening.task_id)
    watching = (TaskWatcher.user == User.id) & (TaskWatcher.task == happening.task_id)
    muted = (MutedProject.user == User.id) & (MutedProject.project == happening.project_id)
    query = (
        User.select(
            User.id,
            User.login,
            Membership.role,
            TaskAssignee.user.is_null(False) | TaskWatcher.user.is_null(False),
            MutedProject.user.is_null(False),
        )
        .join_from(User, Membership, pw.JOIN.LEFT_OUTER, on=member)
        .join_from(User, TaskAssignee, pw.JOIN.LEFT_OUTER, on=doing)
        .join_from(User, TaskWatcher, pw.JOIN.LEFT_OUTER, on=watching)
        .join_from(User, MutedProject, pw.JOIN.LEFT_OUTER, on=muted)
        .where(User.is_active & (Membership.id.is_null(False) | User.role.in_(OFFICE_READERS)))
        .order_by(User.id)
    )
    actor_id = happening.actor.user_id if happening.actor else None
    return [Listener(*row) for row in rows(query) if row[0] != actor_id]


def _mentioned(text: str, listeners: Iterable[Listener]) -> list[Listener]:
    members = {it.login: it for it in listeners if it.role}
    return [members[login] for login in markdown.mentioned(text, members)]


def _unmuted(listeners: Iterable[Listener]) -> list[Listener]:
    return [it for it in listeners if not it.is_muted]


def _tell(
    kind: NotificationKind,
    listeners: Collection[Listener],
    happening: Happening,
    comment_id: int | None = None,
    text: str = "",
) -> None:
    if listeners:
        about = {
            "kind": kind,
            "project": happening.project_id,
            "task": happening.task_id,
            "comment": comment_id,
            "event": happening.event_id or None,
            "text": text,
            "at": happening.at,
        }
        Notification.insert_many([{"user": it.user_id, **about} for it in listeners]).execute()


def _comment_of(happening: Happening) -> tuple[int, str]:
    own = (Comment.task == happening.task_id) & (Comment.number == happening.data["comment"])
    [(comment_id, text)] = rows(Comment.select(Comment.id, Comment.text).where(own))
    return int(comment_id), str(text)
