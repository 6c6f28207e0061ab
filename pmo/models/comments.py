"""What people say on a task."""

import peewee as pw

from pmo.db import BaseModel, UTCDateTimeField
from pmo.models.accounts import User
from pmo.models.tasks import Task


class Comment(BaseModel):
    """A comment on a task. A removed one keeps its text, which nobody is shown any more."""

    task = pw.ForeignKeyField(Task, backref="comments", index=False)
    task_id: int
    number = pw.IntegerField()  # names it within its task, never used again
    author = pw.ForeignKeyField(User, null=True, backref="+")  # none: a rule of the board
    author_id: int | None
    text = pw.TextField()  # Markdown
    written_at = UTCDateTimeField()
    edited_at = UTCDateTimeField(null=True)
    removed_at = UTCDateTimeField(null=True)
    removed_by = pw.ForeignKeyField(User, null=True, backref="+")
    removed_by_id: int | None
    version = pw.IntegerField(default=1)

    class Meta:
        """Read by task, the latest first."""

        table_name = "comments"
        indexes = ((("task", "number"), True),)
