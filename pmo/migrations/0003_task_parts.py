"""What hangs on a task: checklist, evidence, what it waits for, who watches it."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Char, Moment, Table, Task, Text, User, create, drop


class ChecklistItem(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    position = pw.IntegerField()
    text = Char(max_length=300)
    is_done = pw.BooleanField()
    done_by = pw.ForeignKeyField(User, null=True, index=False)
    done_at = Moment(null=True)
    became = pw.ForeignKeyField(Task, null=True, on_delete="SET NULL")
    version = pw.IntegerField()

    class Meta:
        table_name = "checklist_items"
        indexes = ((("task", "position"), False),)


class Evidence(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE")
    title = Char(max_length=200)
    url = Char(max_length=2000)
    presentation = Char(max_length=200)
    note = Text()
    added_by = pw.ForeignKeyField(User, index=False)
    added_at = Moment()
    version = pw.IntegerField()

    class Meta:
        table_name = "evidence"


class TaskDependency(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    blocker = pw.ForeignKeyField(Task, on_delete="CASCADE")

    class Meta:
        table_name = "task_dependencies"
        primary_key = pw.CompositeKey("task", "blocker")
        constraints = [pw.Check("task_id <> blocker_id")]


class TaskWatcher(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    user = pw.ForeignKeyField(User)

    class Meta:
        table_name = "task_watchers"
        primary_key = pw.CompositeKey("task", "user")


TABLES = (ChecklistItem, Evidence, TaskDependency, TaskWatcher)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, tuple(reversed(TABLES)))
