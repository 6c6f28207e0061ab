"""Sprints: how many a project has, when, with whom; and the sprint that a task is in."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations import tables
from pmo.migrations.tables import Char, Day, Moment, Project, Table, Text, User


class Sprint(Table):
    project = pw.ForeignKeyField(Project, index=False)
    number = pw.IntegerField()
    goal = Text()
    starts_on = Day()
    ends_on = Day()
    state = Char(max_length=32)
    started_at = Moment(null=True)
    closed_at = Moment(null=True)
    goal_met = pw.BooleanField(null=True)
    version = pw.IntegerField()

    class Meta:
        table_name = "sprints"
        indexes = ((("project", "number"), True),)
        constraints = [pw.Check("number >= 0"), pw.Check("starts_on <= ends_on")]


class SprintPerson(Table):
    sprint = pw.ForeignKeyField(Sprint, on_delete="CASCADE", index=False)
    user = pw.ForeignKeyField(User)
    percent = pw.IntegerField()
    days_off = pw.IntegerField()

    class Meta:
        table_name = "sprint_people"
        primary_key = pw.CompositeKey("sprint", "user")
        constraints = [
            pw.Check("percent > 0"),
            pw.Check("percent <= 100"),
            pw.Check("days_off >= 0"),
        ]


TABLES = (Sprint, SprintPerson)

COLUMNS = (
    ("projects", "sprint_policy", "{char} NOT NULL DEFAULT 'rolling'"),
    ("projects", "sprint_count", "INTEGER"),
    ("projects", "weight_unit", "{char} NOT NULL DEFAULT 'points'"),
    ("tasks", "sprint_id", "INTEGER REFERENCES sprints (id)"),
)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    tables.create(db, TABLES)
    char = "TEXT" if isinstance(db, pw.SqliteDatabase) else "VARCHAR(32)"
    for table, column, definition in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column} {definition.format(char=char)}")
    db.execute_sql("CREATE INDEX tasks_sprint_id ON tasks (sprint_id)")
    db.execute_sql(
        "CREATE UNIQUE INDEX sprints_active ON sprints (project_id) WHERE state = 'active'"
    )


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql("DROP INDEX tasks_sprint_id")
    for table, column, _ in reversed(COLUMNS):
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    tables.drop(db, TABLES)
