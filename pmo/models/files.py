"""Files attached to tasks, and boards from outside that wait to be confirmed."""

import peewee as pw

from pmo.db import BaseModel, JsonTextField, UTCDateTimeField
from pmo.models.accounts import User
from pmo.models.boards import Board
from pmo.models.tasks import Task


class Attachment(BaseModel):
    """A file of a task. Its bytes lie in the store of files under their hash, once for all."""

    task = pw.ForeignKeyField(Task, backref="attachments", on_delete="CASCADE", index=False)
    task_id: int
    name = pw.CharField(max_length=200)
    sha256 = pw.CharField(max_length=64)
    size = pw.BigIntegerField()
    media_type = pw.CharField(max_length=100)  # by its content, whatever its name says
    width = pw.IntegerField(null=True)  # of pictures that can be shown
    height = pw.IntegerField(null=True)
    added_by = pw.ForeignKeyField(User, backref="+")
    added_by_id: int
    added_at = UTCDateTimeField()

    class Meta:
        """A task has the same content once: its hash names it there."""

        table_name = "attachments"
        indexes = ((("task", "sha256"), True), (("sha256",), False))
        constraints = [pw.Check("size > 0")]


class BoardDraft(BaseModel):
    """A board of another program as it was read, until its owner confirms or it expires."""

    board = pw.ForeignKeyField(Board, backref="+", on_delete="CASCADE")
    board_id: int
    owner = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE")
    owner_id: int
    created_at = UTCDateTimeField()
    name = pw.CharField(max_length=200)  # of the file
    format = pw.CharField(max_length=16)
    content = JsonTextField()

    class Meta:
        """By owner, who may have a few."""

        table_name = "board_drafts"
