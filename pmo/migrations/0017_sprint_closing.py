"""Notes of retrospectives, and the frozen reports of closed sprints."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations import tables
from pmo.migrations.tables import Char, Moment, Table, Task, Text, User


class Sprint(Table):
    class Meta:
        table_name = "sprints"


class SprintNote(Table):
    sprint = pw.ForeignKeyField(Sprint, on_delete="CASCADE")
    column = Char(max_length=32)
    text = Text()
    author = pw.ForeignKeyField(User, index=False)
    created_at = Moment()
    task = pw.ForeignKeyField(Task, null=True, on_delete="SET NULL")
    version = pw.IntegerField()

    class Meta:
        table_name = "sprint_notes"


class SprintReport(Table):
    sprint = pw.ForeignKeyField(Sprint, primary_key=True, on_delete="CASCADE")
    data = Text()

    class Meta:
        table_name = "sprint_reports"


TABLES = (SprintNote, SprintReport)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.bind([Sprint], bind_refs=False, bind_backrefs=False)
    tables.create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.bind([Sprint], bind_refs=False, bind_backrefs=False)
    tables.drop(db, TABLES)
