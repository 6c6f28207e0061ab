"""The cyclogram: recurring tasks and their occurrences."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import (
    Board,
    Char,
    Column,
    Day,
    Label,
    Moment,
    Project,
    Stage,
    Table,
    Task,
    Text,
    User,
    create,
    drop,
)

NUMBERS = "ALTER TABLE projects ADD COLUMN next_recurrence_number INTEGER NOT NULL DEFAULT 1"
BACK = "ALTER TABLE projects DROP COLUMN next_recurrence_number"


class Recurrence(Table):
    project = pw.ForeignKeyField(Project, backref="+", index=False)
    key = Char(max_length=16)
    position = pw.IntegerField()
    is_on = pw.BooleanField()
    since = Day()
    title = Char(max_length=200)
    description = Text()
    kind = Char(max_length=32)
    board = pw.ForeignKeyField(Board, backref="+")
    column = pw.ForeignKeyField(Column, null=True, backref="+", on_delete="SET NULL")
    stage = pw.ForeignKeyField(Stage, null=True, backref="+", on_delete="SET NULL")
    plan_number = Char(max_length=16)
    weight = pw.IntegerField()
    expected_result = Text()
    responsible = Text()
    checklist = Text()
    rule = Char(max_length=32)
    month_from = pw.IntegerField(null=True)
    month_to = pw.IntegerField(null=True)
    day = pw.IntegerField(null=True)
    weekdays = Text()
    times = pw.IntegerField(null=True)
    starts_on = Day()
    until = Day(null=True)
    days_ahead = pw.IntegerField()
    participants = Char(max_length=300)
    document = Char(max_length=300)
    submitted_to = Char(max_length=300)
    created_by = pw.ForeignKeyField(User, backref="+", index=False)
    version = pw.IntegerField()

    class Meta:
        table_name = "recurrences"
        indexes = ((("project", "key"), True),)
        constraints = [pw.Check("weight >= 0"), pw.Check("days_ahead >= 0")]


class RecurrenceAssignee(Table):
    recurrence = pw.ForeignKeyField(Recurrence, backref="+", on_delete="CASCADE", index=False)
    user = pw.ForeignKeyField(User, backref="+")

    class Meta:
        table_name = "recurrence_assignees"
        primary_key = pw.CompositeKey("recurrence", "user")


class RecurrenceLabel(Table):
    recurrence = pw.ForeignKeyField(Recurrence, backref="+", on_delete="CASCADE", index=False)
    label = pw.ForeignKeyField(Label, backref="+", on_delete="CASCADE")

    class Meta:
        table_name = "recurrence_labels"
        primary_key = pw.CompositeKey("recurrence", "label")


class RecurrenceOccurrence(Table):
    recurrence = pw.ForeignKeyField(Recurrence, backref="+", on_delete="CASCADE", index=False)
    key = Char(max_length=32)
    starts_on = Day()
    ends_on = Day()
    due_on = Day()
    outcome = Char(max_length=32)
    task = pw.ForeignKeyField(Task, null=True, unique=True, backref="+")
    at = Moment()
    note = Text()

    class Meta:
        table_name = "recurrence_occurrences"
        indexes = ((("recurrence", "key"), True),)


TABLES = (Recurrence, RecurrenceAssignee, RecurrenceLabel, RecurrenceOccurrence)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql(NUMBERS)
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES[::-1])
    db.execute_sql(BACK)
