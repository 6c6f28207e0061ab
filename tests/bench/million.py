"""Making the database large by plain SQL: one project of 200 short tasks, copied over and over.

A copy's titles end with two words of its own, of which one is rare: no more than 200 have it.
"""

import time
from datetime import UTC, datetime

import peewee as pw

from pmo import db
from pmo.db import database
from pmo.domain.vocabulary import Role
from pmo.models import Board, Column, Project, Task, User
from pmo.services import search_index
from tests.bench import portfolio

PATTERN = 2
"""Index of the project that is copied."""

THEMES = ("Лицей", "Гимназия", "Интернат", "Филиал", "Кластер", "Библиотека", "Музей", "Клуб")
DIRECTOR = "director"
BATCH = 500

COPIES: tuple[tuple[type[pw.Model], dict[str, str], str], ...] = (
    (Board, {"project_id": "n.id"}, "o.project_id = p.id"),
    (Column, {"board_id": "b.id"}, "o.board_id = (SELECT id FROM boards WHERE project_id = p.id)"),
    (
        Task,
        {
            "project_id": "n.id",
            "column_id": "c.id",
            "title": "o.title || ' ' || n.short_name",
            "stage_id": "NULL",
        },
        "o.project_id = p.id",
    ),
)
"""In the order of their making: the model, the columns that are not copied, whose rows."""

JOINS = {
    Column: " JOIN boards b ON b.project_id = n.id",
    Task: """ JOIN board_columns k ON k.id = o.column_id JOIN boards b ON b.project_id = n.id
        JOIN board_columns c ON c.board_id = b.id AND c.key = k.key""",
}


def grow(tasks: int) -> float:
    """Add so many tasks or some more; return how long the search index took to be built.

    `DIRECTOR` sees all of them; members see no more than before.
    """
    count = -(-tasks // portfolio.SIZES[PATTERN])
    with db.transaction():
        User.create(
            login=DIRECTOR, name="Директор", role=Role.DIRECTOR, created_at=datetime.now(UTC)
        )
        _projects(count)
        for model, given, condition in COPIES:
            _copy(model, given, condition)
    begun = time.perf_counter()
    search_index.rebuild()
    seconds = time.perf_counter() - begun
    database.execute_sql("ANALYZE")
    return seconds


def _projects(count: int) -> None:
    """Copy the head of the project alone; codes of copies begin with “К”."""
    [pattern] = Project.select().where(Project.code == f"П{PATTERN:02}").dicts()
    del pattern["id"]
    heads = [_head(index) for index in range(count)]
    for batch in pw.chunked(heads, BATCH):
        Project.insert_many([{**pattern, **head} for head in batch]).execute()


def _head(index: int) -> dict[str, str]:
    name = f"{THEMES[index % len(THEMES)]} {10_000 + index}"
    return {"code": f"К{index:05}", "name": name, "short_name": name, "search": name.lower()}


def _copy(model: type[pw.Model], given: dict[str, str], condition: str) -> None:
    """Copy rows of the pattern `p` for each new project `n`."""
    columns = [it.column_name for it in model._meta.sorted_fields if it.column_name != "id"]
    values = ", ".join(given.get(name, f'o."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    sql = f"""INSERT INTO {model._meta.table_name} ({names}) SELECT {values}
        FROM projects p JOIN projects n ON n.code LIKE {database.param}
        JOIN {model._meta.table_name} o ON {condition} {JOINS.get(model, "")}
        WHERE p.code = 'П{PATTERN:02}'"""  # noqa: S608
    database.execute_sql(sql, ("К%",))
