"""Comments on tasks, notifications of people, and the turns of the clock."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations import tables
from pmo.migrations.tables import Char, Day, Event, Moment, Project, Table, Task, Text, User


class Comment(Table):
    task = pw.ForeignKeyField(Task, index=False)
    number = pw.IntegerField()
    author = pw.ForeignKeyField(User, null=True, backref="+")
    text = Text()
    written_at = Moment()
    edited_at = Moment(null=True)
    removed_at = Moment(null=True)
    removed_by = pw.ForeignKeyField(User, null=True, backref="+")
    version = pw.IntegerField()

    class Meta:
        table_name = "comments"
        indexes = ((("task", "number"), True),)


class Notification(Table):
    id = pw.BigAutoField()
    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    kind = Char(max_length=32)
    project = pw.ForeignKeyField(Project, backref="+", index=False)
    task = pw.ForeignKeyField(Task, null=True, backref="+")
    comment = pw.ForeignKeyField(Comment, null=True, backref="+", on_delete="CASCADE")
    event = pw.ForeignKeyField(Event, null=True, backref="+", index=False)
    due_on = Day(null=True)
    text = Char(max_length=300)
    at = Moment()
    read_at = Moment(null=True)

    class Meta:
        table_name = "notifications"
        indexes = (
            (("user", "read_at", "project"), False),
            (("user", "id"), False),
            (("user", "task", "due_on"), True),
            (("read_at",), False),
        )


class MutedProject(Table):
    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    project = pw.ForeignKeyField(Project, backref="+", on_delete="CASCADE")
    muted_at = Moment()

    class Meta:
        table_name = "muted_projects"
        primary_key = pw.CompositeKey("user", "project")


class ClockTurn(Table):
    name = Char(max_length=32, primary_key=True)
    done_at = Moment()

    class Meta:
        table_name = "clock_turns"


TABLES = (Comment, Notification, MutedProject, ClockTurn)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.drop(db, tuple(reversed(TABLES)))
