"""Fields of a project's own, and what its tasks hold in them."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Char, Project, Table, Task, Text, create, drop

NUMBERS = "ALTER TABLE projects ADD COLUMN next_own_number INTEGER NOT NULL DEFAULT 1"
BACK = "ALTER TABLE projects DROP COLUMN next_own_number"


class OwnField(Table):
    """See `pmo.models`."""

    project = pw.ForeignKeyField(Project, backref="+")
    key = Char(max_length=16)
    name = Char(max_length=60)
    kind = Char(max_length=32)
    choices = Text()
    position = pw.IntegerField()
    version = pw.IntegerField()

    class Meta:
        """Keys and names are unique in a project."""

        table_name = "own_fields"
        indexes = ((("project", "key"), True), (("project", "name"), True))


class OwnValue(Table):
    """See `pmo.models`."""

    task = pw.ForeignKeyField(Task, backref="+", on_delete="CASCADE", index=False)
    field = pw.ForeignKeyField(OwnField, backref="+", on_delete="CASCADE", index=False)
    value = Text()
    folded = Text()
    amount = pw.BigIntegerField(null=True)

    class Meta:
        """One value of a field for a task."""

        table_name = "own_values"
        primary_key = pw.CompositeKey("task", "field")
        indexes = ((("field", "amount"), False),)


TABLES = (OwnField, OwnValue)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql(NUMBERS)
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES[::-1])
    db.execute_sql(BACK)
