"""The archive of tasks, what their cards count, and acts of several events."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

SQLITE_COLUMNS = (
    "ALTER TABLE tasks ADD COLUMN archived_at TEXT",
    "ALTER TABLE tasks ADD COLUMN successor_id INTEGER REFERENCES tasks (id)",
    "ALTER TABLE tasks ADD COLUMN entered_at TEXT NOT NULL DEFAULT '1970-01-01 00:00:00.000000'",
    "ALTER TABLE board_columns ADD COLUMN amber_days INTEGER",
    "ALTER TABLE board_columns ADD COLUMN red_days INTEGER",
    "ALTER TABLE events ADD COLUMN act_id INTEGER REFERENCES events (id)",
    "ALTER TABLE events ADD COLUMN undoes_id INTEGER REFERENCES events (id)",
)
POSTGRESQL_COLUMNS = (
    "ALTER TABLE tasks ADD COLUMN archived_at timestamp",
    "ALTER TABLE tasks ADD COLUMN successor_id integer REFERENCES tasks (id)",
    "ALTER TABLE tasks ADD COLUMN entered_at timestamp NOT NULL DEFAULT '1970-01-01'",
    "ALTER TABLE board_columns ADD COLUMN amber_days integer",
    "ALTER TABLE board_columns ADD COLUMN red_days integer",
    "ALTER TABLE events ADD COLUMN act_id bigint REFERENCES events (id)",
    "ALTER TABLE events ADD COLUMN undoes_id bigint REFERENCES events (id)",
)
COUNTERS = (
    "ALTER TABLE tasks ADD COLUMN checklist_total integer NOT NULL DEFAULT 0",
    "ALTER TABLE tasks ADD COLUMN checklist_done integer NOT NULL DEFAULT 0",
    "ALTER TABLE tasks ADD COLUMN comment_count integer NOT NULL DEFAULT 0",
    "ALTER TABLE tasks ADD COLUMN attachment_count integer NOT NULL DEFAULT 0",
    "ALTER TABLE tasks ADD COLUMN evidence_count integer NOT NULL DEFAULT 0",
)
ENTERED = """UPDATE tasks SET entered_at = COALESCE(
    (SELECT MAX(e.at) FROM events e
     WHERE e.task_id = tasks.id AND e.kind IN ('task.created', 'task.moved')), created_at)"""
INDEXES = (
    "DROP INDEX tasks_column_id_due_on",
    "CREATE INDEX tasks_column_id_due_on_archived_at ON tasks (column_id, due_on, archived_at)",
    "CREATE INDEX tasks_column_id_archived_at_rank ON tasks (column_id, archived_at, rank)",
    "CREATE INDEX tasks_successor_id ON tasks (successor_id)",
    # Partial: nearly all are NULL, and SQLite's statistics say of such an index that it is no help.
    "CREATE INDEX events_act_id ON events (act_id) WHERE act_id IS NOT NULL",
    "CREATE INDEX events_undoes_id ON events (undoes_id) WHERE undoes_id IS NOT NULL",
)
BACK = (
    "DROP INDEX events_undoes_id",
    "DROP INDEX events_act_id",
    "DROP INDEX tasks_successor_id",
    "DROP INDEX tasks_column_id_archived_at_rank",
    "DROP INDEX tasks_column_id_due_on_archived_at",
    "CREATE INDEX tasks_column_id_due_on ON tasks (column_id, due_on)",
    "ALTER TABLE events DROP COLUMN undoes_id",
    "ALTER TABLE events DROP COLUMN act_id",
    "ALTER TABLE board_columns DROP COLUMN red_days",
    "ALTER TABLE board_columns DROP COLUMN amber_days",
    "ALTER TABLE tasks DROP COLUMN evidence_count",
    "ALTER TABLE tasks DROP COLUMN attachment_count",
    "ALTER TABLE tasks DROP COLUMN comment_count",
    "ALTER TABLE tasks DROP COLUMN checklist_done",
    "ALTER TABLE tasks DROP COLUMN checklist_total",
    "ALTER TABLE tasks DROP COLUMN entered_at",
    "ALTER TABLE tasks DROP COLUMN successor_id",
    "ALTER TABLE tasks DROP COLUMN archived_at",
)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    columns = SQLITE_COLUMNS if isinstance(db, pw.SqliteDatabase) else POSTGRESQL_COLUMNS
    for statement in (*columns, *COUNTERS, ENTERED, *INDEXES):
        db.execute_sql(statement)
    if not isinstance(db, pw.SqliteDatabase):
        db.execute_sql("ALTER TABLE tasks ALTER COLUMN entered_at DROP DEFAULT")


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    for statement in BACK:
        db.execute_sql(statement)
