"""Figures of flow by day, and up to where they are kept. They fill themselves from the journal."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Char, Day, Project, Table, create, drop


class FlowDay(Table):
    """See `pmo.models`."""

    project = pw.ForeignKeyField(Project, backref="+", index=False, on_delete="CASCADE")
    day = Day()
    remaining = pw.IntegerField()
    in_work = pw.IntegerField()
    blocked = pw.IntegerField()
    finished = pw.IntegerField()
    finished_weight = pw.BigIntegerField()
    remaining_weight = pw.BigIntegerField()
    done_weight = pw.BigIntegerField()
    reached_queue = pw.IntegerField()
    reached_in_progress = pw.IntegerField()
    reached_waiting = pw.IntegerField()
    reached_cancelled = pw.IntegerField()
    reached_done = pw.IntegerField()

    class Meta:
        table_name = "flow_days"
        primary_key = pw.CompositeKey("project", "day")


class FlowState(Table):
    """See `pmo.models`."""

    project = pw.ForeignKeyField(Project, primary_key=True, backref="+", on_delete="CASCADE")
    kept_to = Day()
    last_event = pw.BigIntegerField()
    is_complete = pw.BooleanField()
    zone = Char(max_length=64)
    rules = pw.IntegerField()

    class Meta:
        table_name = "flow_states"


TABLES = (FlowDay, FlowState)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    drop(db, TABLES[::-1])
