"""Statements compiled once: for the reads and writes behind every click.

peewee takes several times longer to write such a statement out than SQLite takes to
run it (measured: of 5 ms for a card's move, 3 ms were writing SQL). So it is written
out once, with named parameters, and then only run.
"""

import inspect
from collections.abc import Callable
from typing import Any

import peewee as pw

from pmo.db import database


class Statement:
    """A query with parameters, written out at its first use for the database in use.

    build: gets one placeholder per parameter, by name, and returns the query. Values
    reach the driver as they are: encode moments with the field's `db_value`.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._names = tuple(inspect.signature(build).parameters)
        self._written: dict[type, tuple[str, tuple[Any, ...]]] = {}

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it and return the raw rows, as the driver gives them; [] for a plain write."""
        kind = type(database.obj)
        if kind not in self._written:
            self._written[kind] = self._write_out()
        sql, parameters = self._written[kind]
        given = [values[p.name] if isinstance(p, _Parameter) else p for p in parameters]
        cursor = database.execute_sql(sql, given)
        return list(cursor.fetchall()) if cursor.description else []

    def _write_out(self) -> tuple[str, tuple[Any, ...]]:
        placeholders = {name: pw.Value(_Parameter(name), converter=False) for name in self._names}
        context = database.get_sql_context()
        sql, parameters = context.sql(self._build(**placeholders)).query()
        return sql, tuple(parameters)


class _Parameter:
    """Stands for a value in the list of parameters."""

    def __init__(self, name: str) -> None:
        self.name = name
