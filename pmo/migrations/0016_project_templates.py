"""Templates of projects."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations import tables
from pmo.migrations.tables import Char, Moment, Table, Text, User


class ProjectTemplate(Table):
    name = Char(max_length=120)
    folded = Char(max_length=240, unique=True)
    source = Char(max_length=8)
    saved_by = pw.ForeignKeyField(User)
    saved_at = Moment()
    holds = Text()
    content = Text()
    version = pw.IntegerField()

    class Meta:
        table_name = "project_templates"


TABLES = (ProjectTemplate,)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.drop(db, TABLES)
