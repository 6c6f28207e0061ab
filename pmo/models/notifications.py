"""What people are told of, which projects they want to hear less of, and the clock's turns."""

import peewee as pw

from pmo.db import BaseModel, EnumField, UTCDateTimeField
from pmo.domain.vocabulary import NotificationKind
from pmo.models.accounts import User
from pmo.models.comments import Comment
from pmo.models.events import Event
from pmo.models.projects import Project
from pmo.models.tasks import Task


class Notification(BaseModel):
    """One thing that one person is told of. It says nothing that its sources do not say."""

    id = pw.BigAutoField()
    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    user_id: int
    kind = EnumField(NotificationKind)
    project = pw.ForeignKeyField(Project, backref="+", index=False)
    project_id: int
    task = pw.ForeignKeyField(Task, null=True, backref="+")
    task_id: int | None
    comment = pw.ForeignKeyField(Comment, null=True, backref="+", on_delete="CASCADE")
    comment_id: int | None
    event = pw.ForeignKeyField(Event, null=True, backref="+", index=False)
    event_id: int | None
    due_on = pw.DateField(null=True)  # of a reminder: one for each day that a task was due
    text = pw.CharField(max_length=300, default="")  # of a rule's message
    at = UTCDateTimeField()
    read_at = UTCDateTimeField(null=True)

    class Meta:
        """By person: the unread ones are counted on every page. A reminder comes once."""

        table_name = "notifications"
        indexes = (
            (("user", "read_at", "project"), False),
            (("user", "id"), False),
            (("user", "task", "due_on"), True),
            (("read_at",), False),
        )


class MutedProject(BaseModel):
    """A project that a person wants to hear less of."""

    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    user_id: int
    project = pw.ForeignKeyField(Project, backref="+", on_delete="CASCADE")
    project_id: int
    muted_at = UTCDateTimeField()

    class Meta:
        """One row for each."""

        table_name = "muted_projects"
        primary_key = pw.CompositeKey("user", "project")


class ClockTurn(BaseModel):
    """What the clock brings: when it was last done, tried, and how often it failed since."""

    name = pw.CharField(max_length=32, primary_key=True)
    done_at = UTCDateTimeField()
    tried_at = UTCDateTimeField(null=True)
    failures = pw.IntegerField(default=0)
    fault = pw.CharField(max_length=300, default="")

    class Meta:
        """One row for each."""

        table_name = "clock_turns"
