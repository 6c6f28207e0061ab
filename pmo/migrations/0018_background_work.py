"""What became of the jobs of the clock: when each was tried, and how often it failed in a row."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

UP = (
    "ALTER TABLE clock_turns ADD COLUMN tried_at {moment}",
    "ALTER TABLE clock_turns ADD COLUMN failures integer NOT NULL DEFAULT 0",
    "ALTER TABLE clock_turns ADD COLUMN fault {text} NOT NULL DEFAULT ''",
)
DOWN = (
    "ALTER TABLE clock_turns DROP COLUMN fault",
    "ALTER TABLE clock_turns DROP COLUMN failures",
    "ALTER TABLE clock_turns DROP COLUMN tried_at",
)
SQLITE = {"moment": "TEXT", "text": "TEXT"}
POSTGRESQL = {"moment": "timestamp", "text": "varchar(300)"}


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    types = SQLITE if isinstance(db, pw.SqliteDatabase) else POSTGRESQL
    for statement in UP:
        db.execute_sql(statement.format(**types))


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    for statement in DOWN:
        db.execute_sql(statement)
