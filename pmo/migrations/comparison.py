"""The database's schema against the models, column by column.

Covers what `playhouse.schema_diff` leaves out: types, nulls, foreign keys, checks.
"""

import re
from collections.abc import Iterator, Sequence

import peewee as pw
from playhouse.schema_diff import diff_models

SQLITE_TYPES = {
    "AUTO": "INTEGER",
    "BIGAUTO": "INTEGER",
    "BIGINT": "INTEGER",
    "BOOL": "INTEGER",
    "DATE": "TEXT",
    "DATETIME": "TEXT",
    "INT": "INTEGER",
    "TEXT": "TEXT",
    "VARCHAR": "TEXT",
}
POSTGRESQL_TYPES = {
    "AUTO": "integer",
    "BIGAUTO": "bigint",
    "BIGINT": "bigint",
    "BOOL": "boolean",
    "DATE": "date",
    "DATETIME": "timestamp without time zone",
    "INT": "integer",
    "TEXT": "text",
    "VARCHAR": "character varying({length})",
}

POSTGRESQL_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"""
POSTGRESQL_FOREIGN_KEYS = """
    SELECT a.attname, c.confrelid::regclass::text, c.confdeltype FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.conrelid = %s::regclass"""
POSTGRESQL_CHECKS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'c' AND conrelid = %s::regclass"""
POSTGRESQL_ON_DELETE = {"a": "NO ACTION", "c": "CASCADE", "r": "RESTRICT", "n": "SET NULL"}

Facts = set[tuple[str, ...]]


def differences(database: pw.Database, models: Sequence[type[pw.Model]]) -> list[str]:
    """Return one line for each difference between the tables and the models; [] for none."""
    shape = diff_models(database, list(models))
    found = [line for line in str(shape).splitlines() if " column " not in line]
    missing = {model._meta.table_name for model in shape.create_tables}
    for model in models:
        table = model._meta.table_name
        if table not in missing:
            found.extend(
                _facts_apart(table, _of_model(database, model), _of_table(database, table))
            )
    return found


def _facts_apart(table: str, expected: Facts, actual: Facts) -> Iterator[str]:
    for fact in sorted(expected - actual):
        yield f"{table}: models say {' '.join(fact)}"
    for fact in sorted(actual - expected):
        yield f"{table}: database has {' '.join(fact)}"


def _of_model(database: pw.Database, model: type[pw.Model]) -> Facts:
    facts: Facts = set()
    for field in model._meta.sorted_fields:
        facts.add(("column", field.column_name, _type(database, field), _null(field.null)))
        if isinstance(field, pw.ForeignKeyField):
            target = field.rel_model._meta.table_name
            facts.add(("foreign key", field.column_name, target, field.on_delete or "NO ACTION"))
    for check in model._meta.constraints or ():
        facts.add(("check", _plain(check.sql)))
    return facts


def _of_table(database: pw.Database, table: str) -> Facts:
    if isinstance(database, pw.SqliteDatabase):
        return _of_sqlite_table(database, table)
    return _of_postgresql_table(database, table)


def _of_sqlite_table(database: pw.Database, table: str) -> Facts:
    columns = database.execute_sql(f'PRAGMA table_info("{table}")')
    facts: Facts = {("column", row[1], row[2], _null(not row[3])) for row in columns}
    keys = database.execute_sql(f'PRAGMA foreign_key_list("{table}")')
    facts |= {("foreign key", row[3], row[2], row[6]) for row in keys}
    [(sql,)] = database.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
    return facts | {("check", _plain(check)) for check in re.findall(r"CHECK \([^)]*\)", sql)}


def _of_postgresql_table(database: pw.Database, table: str) -> Facts:
    columns = database.execute_sql(POSTGRESQL_COLUMNS, (table,))
    facts: Facts = {("column", name, kind, _null(null)) for name, kind, null in columns}
    keys = database.execute_sql(POSTGRESQL_FOREIGN_KEYS, (table,))
    facts |= {
        ("foreign key", name, target, POSTGRESQL_ON_DELETE[_letter(on_delete)])
        for name, target, on_delete in keys
    }
    checks = database.execute_sql(POSTGRESQL_CHECKS, (table,))
    return facts | {("check", _plain(definition)) for (definition,) in checks}


def _type(database: pw.Database, field: pw.Field) -> str:
    while isinstance(field, pw.ForeignKeyField):
        field = field.rel_field
    name = field.field_type
    if isinstance(database, pw.SqliteDatabase):
        return SQLITE_TYPES[name]
    return POSTGRESQL_TYPES[name].format(length=getattr(field, "max_length", ""))


def _null(null: bool) -> str:
    return "null" if null else "not null"


def _plain(check: str) -> str:
    return re.sub(r"[\s()]|^CHECK", "", check)


def _letter(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
