"""Tasks (cards on a board), with their assignees and labels."""

import peewee as pw

from pmo.db import BaseModel, EnumField, PeriodField, UTCDateTimeField
from pmo.domain.vocabulary import TaskKind
from pmo.models.accounts import User
from pmo.models.boards import Column
from pmo.models.projects import Label, Project, Stage
from pmo.models.sprints import Sprint


class Task(BaseModel):
    """A task. `version` counts edits, `moves` counts moves: the two never clash."""

    project = pw.ForeignKeyField(Project, backref="tasks")
    project_id: int
    number = pw.IntegerField()
    column = pw.ForeignKeyField(Column, backref="tasks")
    column_id: int
    rank = pw.BigIntegerField()
    title = pw.CharField(max_length=200)
    description = pw.TextField(default="")
    kind = EnumField(TaskKind)
    stage = pw.ForeignKeyField(Stage, null=True, backref="tasks")
    stage_id: int | None
    plan_number = pw.CharField(max_length=16, default="")
    period = PeriodField(null=True)
    period_text = pw.CharField(max_length=300, default="")  # of `period`: all that a card shows
    starts_on = pw.DateField(null=True)
    ends_on = pw.DateField(null=True)
    due_on = pw.DateField(null=True)
    weight = pw.IntegerField(default=1)
    expected_result = pw.TextField(default="")
    responsible = pw.TextField(default="")
    blocked_reason = pw.TextField(default="")  # '' is not blocked
    created_by = pw.ForeignKeyField(User, backref="+")
    created_by_id: int
    created_at = UTCDateTimeField()
    version = pw.IntegerField(default=1)
    moves = pw.IntegerField(default=0)
    entered_at = UTCDateTimeField()  # since when it stands in its column
    archived_at = UTCDateTimeField(null=True)  # it keeps its place, and takes no part in sums
    successor = pw.ForeignKeyField("self", null=True, backref="+")  # moved or merged into
    successor_id: int | None
    sprint = pw.ForeignKeyField(Sprint, null=True, backref="tasks")  # null: backlog
    sprint_id: int | None
    # How much hangs on it: kept for its card, under the lock of its column.
    checklist_total = pw.IntegerField(default=0)
    checklist_done = pw.IntegerField(default=0)
    comment_count = pw.IntegerField(default=0)
    attachment_count = pw.IntegerField(default=0)
    evidence_count = pw.IntegerField(default=0)

    class Meta:
        """Rank is never shared, not even with an archived task; the third index draws a column.

        Overdue tasks of a project are counted in (column, due_on, archived_at) alone.
        """

        table_name = "tasks"
        indexes = (
            (("project", "number"), True),
            (("column", "rank"), True),
            (("column", "due_on", "archived_at"), False),
            (("column", "archived_at", "rank"), False),
        )
        constraints = [pw.Check("weight >= 0")]


class TaskAssignee(BaseModel):
    """A person who does a task."""

    task = pw.ForeignKeyField(Task, backref="assignments", on_delete="CASCADE", index=False)
    task_id: int
    user = pw.ForeignKeyField(User, backref="assignments")
    user_id: int

    class Meta:
        """By task for a board, by user for “my work”."""

        table_name = "task_assignees"
        primary_key = pw.CompositeKey("task", "user")


class TaskLabel(BaseModel):
    """A label on a task."""

    task = pw.ForeignKeyField(Task, backref="labelings", on_delete="CASCADE", index=False)
    task_id: int
    label = pw.ForeignKeyField(Label, backref="labelings", on_delete="CASCADE")
    label_id: int

    class Meta:
        """By task for a board, by label for its removal."""

        table_name = "task_labels"
        primary_key = pw.CompositeKey("task", "label")
