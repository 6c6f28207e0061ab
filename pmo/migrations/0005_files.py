"""Files of tasks, and boards from outside that wait to be confirmed."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Board, Char, Moment, Table, Task, Text, User, create, drop


class Attachment(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    name = Char(max_length=200)
    sha256 = Char(max_length=64)
    size = pw.BigIntegerField()
    media_type = Char(max_length=100)
    width = pw.IntegerField(null=True)
    height = pw.IntegerField(null=True)
    added_by = pw.ForeignKeyField(User)
    added_at = Moment()

    class Meta:
        table_name = "attachments"
        indexes = ((("task", "sha256"), True), (("sha256",), False))
        constraints = [pw.Check("size > 0")]


class BoardDraft(Table):
    board = pw.ForeignKeyField(Board, on_delete="CASCADE")
    owner = pw.ForeignKeyField(User, on_delete="CASCADE")
    created_at = Moment()
    name = Char(max_length=200)
    format = Char(max_length=16)
    content = Text()

    class Meta:
        table_name = "board_drafts"


TABLES = (Attachment, BoardDraft)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES)
