"""What hangs on a task: checklist, evidence, what it waits for, who watches it."""

import peewee as pw

from pmo.db import BaseModel, UTCDateTimeField
from pmo.models.accounts import User
from pmo.models.files import Attachment
from pmo.models.tasks import Task


class ChecklistItem(BaseModel):
    """A line of a task's checklist. `version` counts edits of its text; a tick is none."""

    task = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE", index=False)
    task_id: int
    position = pw.IntegerField()
    text = pw.CharField(max_length=300)
    is_done = pw.BooleanField(default=False)
    done_by = pw.ForeignKeyField(User, null=True, backref="+", index=False)
    done_by_id: int | None
    done_at = UTCDateTimeField(null=True)
    became = pw.ForeignKeyField(Task, null=True, backref="+", on_delete="SET NULL")
    became_id: int | None
    version = pw.IntegerField(default=1)

    class Meta:
        """Places are written anew under the lock of the task's column: not unique meanwhile."""

        table_name = "checklist_items"
        indexes = ((("task", "position"), False),)


class Evidence(BaseModel):
    """What confirms a task's result: an address or a file of it, and in which form it is."""

    task = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE")
    task_id: int
    title = pw.CharField(max_length=200)
    url = pw.CharField(max_length=2000, default="")  # '' for a file
    attachment = pw.ForeignKeyField(Attachment, null=True, backref="+")
    attachment_id: int | None
    presentation = pw.CharField(max_length=200, default="")
    note = pw.TextField(default="")
    added_by = pw.ForeignKeyField(User, backref="+", index=False)
    added_by_id: int
    added_at = UTCDateTimeField()
    version = pw.IntegerField(default=1)

    class Meta:
        """Uncountable."""

        table_name = "evidence"


class TaskDependency(BaseModel):
    """A task that waits for another one of the same project."""

    task = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE", index=False)
    task_id: int
    blocker = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE")
    blocker_id: int

    class Meta:
        """By task for a board, by blocker for what it frees."""

        table_name = "task_dependencies"
        primary_key = pw.CompositeKey("task", "blocker")
        constraints = [pw.Check("task_id <> blocker_id")]


class TaskWatcher(BaseModel):
    """A person who wants to hear of a task."""

    task = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE", index=False)
    task_id: int
    user = pw.ForeignKeyField(User, backref="+")
    user_id: int

    class Meta:
        """By task for what happens to it, by user for what they watch."""

        table_name = "task_watchers"
        primary_key = pw.CompositeKey("task", "user")
