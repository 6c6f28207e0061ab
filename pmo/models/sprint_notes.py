"""What is said and kept of a sprint at its end: notes of its retrospective, and its report."""

import peewee as pw

from pmo.db import BaseModel, EnumField, JsonTextField, UTCDateTimeField
from pmo.domain.vocabulary import NoteColumn
from pmo.models.accounts import User
from pmo.models.sprints import Sprint
from pmo.models.tasks import Task


class SprintNote(BaseModel):
    """A note of a retrospective. task: the card that was made of it."""

    sprint = pw.ForeignKeyField(Sprint, backref="+", on_delete="CASCADE")
    sprint_id: int
    column = EnumField(NoteColumn)
    text = pw.TextField()
    author = pw.ForeignKeyField(User, backref="+", index=False)
    author_id: int
    created_at = UTCDateTimeField()
    task = pw.ForeignKeyField(Task, null=True, backref="+", on_delete="SET NULL")
    task_id: int | None
    version = pw.IntegerField(default=1)

    class Meta:
        """By sprint."""

        table_name = "sprint_notes"


class SprintReport(BaseModel):
    """The report of a closed sprint, as it was at its closing; never written again."""

    sprint = pw.ForeignKeyField(Sprint, primary_key=True, backref="+", on_delete="CASCADE")
    sprint_id: int
    data = JsonTextField()

    class Meta:
        """One for each closed sprint."""

        table_name = "sprint_reports"
