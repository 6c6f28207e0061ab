"""Looks of boards, and filters kept under a name."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Board, Char, Project, Table, Text, User, create, drop


class BoardLook(Table):
    user = pw.ForeignKeyField(User, backref="+", on_delete="CASCADE", index=False)
    board = pw.ForeignKeyField(Board, backref="+", on_delete="CASCADE")
    look = Text()

    class Meta:
        table_name = "board_looks"
        primary_key = pw.CompositeKey("user", "board")


class SavedFilter(Table):
    project = pw.ForeignKeyField(Project, backref="+", index=False)
    owner = pw.ForeignKeyField(User, backref="+")
    name = Char(max_length=60)
    is_shared = pw.BooleanField()
    asked = Text()
    version = pw.IntegerField()

    class Meta:
        table_name = "saved_filters"
        indexes = ((("project", "owner", "name"), True),)


TABLES = (BoardLook, SavedFilter)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES)
