"""The search index: what it holds, and the index itself in each database's own way."""

import peewee as pw
from playhouse.migrate import SchemaMigrator

from pmo.migrations.tables import Char, Project, Table, Task, create, drop

SQLITE_INDEX = """
    CREATE VIRTUAL TABLE search_index USING fts5(
        key, title, body, scope,
        content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3 4')"""
POSTGRESQL_INDEX = (
    """CREATE TABLE search_index (
        id bigint PRIMARY KEY REFERENCES search_entries (id) ON DELETE CASCADE,
        words tsvector NOT NULL)""",
    "CREATE INDEX search_index_words ON search_index USING gin (words)",
)


class SearchEntry(Table):
    id = pw.BigIntegerField(primary_key=True)
    kind = Char(max_length=32)
    object_id = pw.BigIntegerField()
    project = pw.ForeignKeyField(Project, index=False, on_delete="CASCADE")
    task = pw.ForeignKeyField(Task, null=True, on_delete="CASCADE")

    class Meta:
        table_name = "search_entries"


class SearchState(Table):
    id = pw.IntegerField(primary_key=True)
    version = pw.IntegerField()

    class Meta:
        table_name = "search_state"


TABLES = (SearchEntry, SearchState)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    create(db, TABLES)
    if isinstance(db, pw.SqliteDatabase):
        db.execute_sql(SQLITE_INDEX)
    else:
        for statement in POSTGRESQL_INDEX:
            db.execute_sql(statement)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql("DROP TABLE search_index")
    drop(db, TABLES)
