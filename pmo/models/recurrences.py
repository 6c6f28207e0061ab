"""The cyclogram of a project: recurring tasks, and what became of each time they came round."""

import peewee as pw

from pmo.db import BaseModel, EnumField, JsonTextField, UTCDateTimeField
from pmo.domain.vocabulary import OccurrenceOutcome, RecurrenceKind, TaskKind
from pmo.models.accounts import User
from pmo.models.boards import Board, Column
from pmo.models.projects import Label, Project, Stage
from pmo.models.tasks import Task


class Recurrence(BaseModel):
    """A recurring task: what its cards are like, and how often they come.

    Which of the particulars of its rule count, `domain.recurrences` tells.
    """

    project = pw.ForeignKeyField(Project, backref="recurrences", index=False)
    project_id: int
    key = pw.CharField(max_length=16)  # r1, r2 …: names it in files and in the journal
    position = pw.IntegerField()
    is_on = pw.BooleanField(default=True)
    since = pw.DateField()  # on without a break since; what was due before is not looked at
    title = pw.CharField(max_length=200)
    description = pw.TextField(default="")
    kind = EnumField(TaskKind)
    board = pw.ForeignKeyField(Board, backref="+")
    board_id: int
    column = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="SET NULL")
    column_id: int | None  # None: removed; cards go to the first of the board
    stage = pw.ForeignKeyField(Stage, null=True, backref="+", on_delete="SET NULL")
    stage_id: int | None
    plan_number = pw.CharField(max_length=16, default="")
    weight = pw.IntegerField(default=1)
    expected_result = pw.TextField(default="")
    responsible = pw.TextField(default="")
    checklist = JsonTextField(default=list)
    rule = EnumField(RecurrenceKind)
    month_from = pw.IntegerField(null=True)
    month_to = pw.IntegerField(null=True)
    day = pw.IntegerField(null=True)
    weekdays = JsonTextField(default=list)
    times = pw.IntegerField(null=True)
    starts_on = pw.DateField()
    until = pw.DateField(null=True)
    days_ahead = pw.IntegerField(default=0)
    participants = pw.CharField(max_length=300, default="")
    document = pw.CharField(max_length=300, default="")
    submitted_to = pw.CharField(max_length=300, default="")
    created_by = pw.ForeignKeyField(User, backref="+", index=False)
    created_by_id: int
    version = pw.IntegerField(default=1)

    class Meta:
        """The key is what the journal calls it by."""

        table_name = "recurrences"
        indexes = ((("project", "key"), True),)
        constraints = [pw.Check("weight >= 0"), pw.Check("days_ahead >= 0")]


class RecurrenceAssignee(BaseModel):
    """A person who gets the cards of a recurring task."""

    recurrence = pw.ForeignKeyField(Recurrence, backref="+", on_delete="CASCADE", index=False)
    recurrence_id: int
    user = pw.ForeignKeyField(User, backref="+")
    user_id: int

    class Meta:
        """Plural."""

        table_name = "recurrence_assignees"
        primary_key = pw.CompositeKey("recurrence", "user")


class RecurrenceLabel(BaseModel):
    """A label on the cards of a recurring task."""

    recurrence = pw.ForeignKeyField(Recurrence, backref="+", on_delete="CASCADE", index=False)
    recurrence_id: int
    label = pw.ForeignKeyField(Label, backref="+", on_delete="CASCADE")
    label_id: int

    class Meta:
        """Plural."""

        table_name = "recurrence_labels"
        primary_key = pw.CompositeKey("recurrence", "label")


class RecurrenceOccurrence(BaseModel):
    """What became of one time that a recurring task came round; its row makes it happen once.

    key: of `domain.recurrences`, never another one for the same time. note: why no card could be
    made, as code and facts of an error; under `left` who it could not be given to, by login.
    """

    recurrence = pw.ForeignKeyField(
        Recurrence, backref="occurrences", on_delete="CASCADE", index=False
    )
    recurrence_id: int
    key = pw.CharField(max_length=32)
    starts_on = pw.DateField()
    ends_on = pw.DateField()
    due_on = pw.DateField()
    outcome = EnumField(OccurrenceOutcome)
    task = pw.ForeignKeyField(Task, null=True, unique=True, backref="+")
    task_id: int | None
    at = UTCDateTimeField()
    note = JsonTextField(default=dict)

    class Meta:
        """Once, whoever comes first; a card stands for one at most."""

        table_name = "recurrence_occurrences"
        indexes = ((("recurrence", "key"), True),)
