"""What numbered migrations are made of, from 0002 on. Frozen: never imports the models.

On SQLite tables are STRICT, so that a column holds only what PostgreSQL would take too.
"""

from collections.abc import Sequence

import peewee as pw


class Text(pw.TextField):
    """Text that must be there."""


class Char(pw.CharField):
    """Short text. STRICT tables of SQLite know no length: services check it."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Moment(pw.DateTimeField):
    """A moment, naive UTC."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Day(pw.DateField):
    """A calendar day."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Table(pw.Model):
    """Base of the frozen copies."""

    class Meta:
        """Names are given, never made up."""

        legacy_table_names = False


# Tables of 0001 that later ones refer to; of their columns only the key is of use here.


class User(Table):
    class Meta:
        table_name = "users"


class Project(Table):
    class Meta:
        table_name = "projects"


class Board(Table):
    class Meta:
        table_name = "boards"


class Column(Table):
    class Meta:
        table_name = "board_columns"


class Stage(Table):
    class Meta:
        table_name = "stages"


class Label(Table):
    class Meta:
        table_name = "labels"


class Task(Table):
    class Meta:
        table_name = "tasks"


class Event(Table):
    id = pw.BigAutoField()

    class Meta:
        table_name = "events"


REFERRED = (User, Project, Board, Column, Stage, Label, Task, Event)


def create(db: pw.Database, tables: Sequence[type[Table]]) -> None:
    """Create tables, parents before children."""
    for table in tables:
        table._meta.strict_tables = isinstance(db, pw.SqliteDatabase)
    db.bind([*REFERRED, *tables], bind_refs=False, bind_backrefs=False)
    db.create_tables(list(tables), safe=False)


def drop(db: pw.Database, tables: Sequence[type[Table]]) -> None:
    """Drop tables that `create` made."""
    db.bind([*REFERRED, *tables], bind_refs=False, bind_backrefs=False)
    db.drop_tables(list(tables), safe=False)


def _is_sqlite(field: pw.Field) -> bool:
    return isinstance(field.model._meta.database, pw.SqliteDatabase)
