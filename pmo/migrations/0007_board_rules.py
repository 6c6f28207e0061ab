"""Rules of boards: who may move what, how much at once, what follows by itself; templates."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations import tables
from pmo.migrations.tables import Board, Char, Column, Label, Moment, Stage, Table, Task, Text, User


class MoveRule(Table):
    board = pw.ForeignKeyField(Board)
    source = pw.ForeignKeyField(Column, null=True, on_delete="CASCADE")
    target = pw.ForeignKeyField(Column, null=True, on_delete="CASCADE")
    least_role = Char(max_length=32)

    class Meta:
        table_name = "move_rules"


class WipRule(Table):
    board = pw.ForeignKeyField(Board)
    by = Char(max_length=32)
    user = pw.ForeignKeyField(User, null=True)
    stage = pw.ForeignKeyField(Stage, null=True, on_delete="CASCADE")
    label = pw.ForeignKeyField(Label, null=True, on_delete="CASCADE")
    most = pw.IntegerField()
    kind = Char(max_length=32)

    class Meta:
        table_name = "wip_rules"
        constraints = [pw.Check("most > 0")]


class AutomationRule(Table):
    board = pw.ForeignKeyField(Board, index=False)
    position = pw.IntegerField()
    name = Char(max_length=80)
    is_on = pw.BooleanField()
    trigger = Char(max_length=32)
    column = pw.ForeignKeyField(Column, null=True, on_delete="CASCADE")
    days = pw.IntegerField(null=True)
    action = Char(max_length=32)
    target = pw.ForeignKeyField(Column, null=True, on_delete="CASCADE")
    user = pw.ForeignKeyField(User, null=True)
    label = pw.ForeignKeyField(Label, null=True, on_delete="CASCADE")
    text = Text()
    refusals = pw.IntegerField()
    version = pw.IntegerField()

    class Meta:
        table_name = "automation_rules"
        indexes = ((("board", "name"), True),)


class AutomationRun(Table):
    id = pw.BigAutoField()
    board = pw.ForeignKeyField(Board, index=False)
    rule = pw.ForeignKeyField(AutomationRule, null=True, on_delete="SET NULL", index=False)
    rule_name = Char(max_length=80)
    task = pw.ForeignKeyField(Task)
    occasion = Char(max_length=64)
    depth = pw.IntegerField()
    at = Moment()
    outcome = Char(max_length=32)
    note = Text()

    class Meta:
        table_name = "automation_runs"
        indexes = (
            (("rule", "task", "occasion"), True),
            (("board", "id"), False),
            (("outcome", "id"), False),
        )


class BoardTemplate(Table):
    name = Char(max_length=120)
    folded = Char(max_length=240, unique=True)
    content = Text()
    created_at = Moment()
    version = pw.IntegerField()

    class Meta:
        table_name = "board_templates"


TABLES = (MoveRule, WipRule, AutomationRule, AutomationRun, BoardTemplate)
COLUMNS = (
    "ALTER TABLE boards ADD COLUMN rule_kinds integer NOT NULL DEFAULT 0",
    "ALTER TABLE board_columns ADD COLUMN guard integer NOT NULL DEFAULT 0",
)
BACK = (
    "ALTER TABLE board_columns DROP COLUMN guard",
    "ALTER TABLE boards DROP COLUMN rule_kinds",
)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    for statement in COLUMNS:
        db.execute_sql(statement)
    tables.create(db, TABLES)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.drop(db, TABLES)
    for statement in BACK:
        db.execute_sql(statement)
