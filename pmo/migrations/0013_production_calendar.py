"""What an office has set in the production calendar."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Char, Day, Table, create, drop


class OwnWorkday(Table):
    """See `pmo.models`."""

    day = Day(primary_key=True)
    kind = Char(max_length=32)
    note = Char(max_length=200)
    version = pw.IntegerField()

    class Meta:
        table_name = "own_workdays"


class ConfirmedYear(Table):
    """See `pmo.models`."""

    year = pw.IntegerField(primary_key=True)

    class Meta:
        table_name = "confirmed_years"


class CalendarState(Table):
    """See `pmo.models`."""

    id = pw.IntegerField(primary_key=True)
    revision = pw.IntegerField()
    stamp = Char(max_length=32)

    class Meta:
        table_name = "calendar_state"


TABLES = (OwnWorkday, ConfirmedYear, CalendarState)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES[::-1])
