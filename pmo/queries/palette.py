"""What the command palette offers beside its commands: where one is, and boards to go to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pmo.db import database
from pmo.domain import folding
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.queries import access
from pmo.queries.access import ProjectAccess

MOST_BOARDS = 6

BOARDS = """
SELECT p.id, p.code, p.short_name, b.id, b.name FROM projects p
JOIN boards b ON b.project_id = p.id
WHERE {conditions} ORDER BY p.code, b.position, b.id LIMIT {p}"""


class Visitable(StrEnum):
    """What the palette remembers, by the beginning of its address."""

    BOARD = "boards"
    PROJECT = "projects"
    TASK = "tasks"


VISITABLE = {
    Visitable.BOARD: "SELECT o.id, p.code, o.name FROM boards o"
    " JOIN projects p ON p.id = o.project_id",
    Visitable.PROJECT: "SELECT o.id, p.code, p.short_name FROM projects o"
    " JOIN projects p ON p.id = o.id",
    Visitable.TASK: "SELECT o.id, p.code || '-' || o.number, o.title FROM tasks o"
    " JOIN projects p ON p.id = o.project_id",
}


@dataclass(frozen=True, slots=True)
class Visited:
    """Something that the actor looked at before. key: number of a card, code of a project."""

    kind: Visitable
    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is. board_id, first_column_id: None outside a board, or without columns."""

    project: ProjectAccess
    board_id: int | None = None
    first_column_id: int | None = None


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """A board to go to."""

    project_id: int
    project_code: str
    project_name: str
    board_id: int
    board_name: str


def place(actor: Actor, *, board_id: int | None, project_id: int | None) -> Place | None:
    """Return where the actor is, None if there is nothing they may see; two statements at most."""
    try:
        if board_id is not None:
            found = access.board(board_id, actor, Capability.PROJECT_READ)
            sql = "SELECT id FROM board_columns WHERE board_id = {p} ORDER BY position, id LIMIT 1"
            columns = _rows(sql, [board_id])
            return Place(found, board_id, columns[0][0] if columns else None)
        if project_id is not None:
            return Place(access.project(project_id, actor, Capability.PROJECT_READ))
    except NotFound:
        return None
    return None


def visited(wanted: Sequence[tuple[Visitable, int]], actor: Actor) -> tuple[Visited, ...]:
    """Return things by kind and number, in the order given; what may not be seen is left out."""
    ids: dict[Visitable, list[int]] = defaultdict(list)
    for kind, number in wanted:
        ids[kind].append(number)
    found = {
        (kind, number): Visited(kind, number, key, name)
        for kind, numbers in ids.items()
        for number, key, name in _some(kind, numbers, actor)
    }
    return tuple(found[one] for one in wanted if one in found)


def _some(kind: Visitable, numbers: list[int], actor: Actor) -> list[tuple[Any, ...]]:
    seen, values = access.seen(actor, "p.id")
    marks = ", ".join(["{p}"] * len(numbers))
    return _rows(f"{VISITABLE[kind]} WHERE {seen} AND o.id IN ({marks})", [*values, *numbers])


def boards(text: str, actor: Actor) -> tuple[BoardChoice, ...]:
    """Return boards of projects whose code and names have all words; without any, one's own."""
    seen, values = access.seen(actor, "p.id")
    conditions = [seen]
    words = folding.words(text)
    if not words:
        conditions.append("p.id IN (SELECT m.project_id FROM memberships m WHERE m.user_id = {p})")
        values = [*values, actor.user_id]
    for word in words:
        conditions.append("p.search LIKE {p}")
        values = [*values, f"%{word}%"]
    sql = BOARDS.replace("{conditions}", " AND ".join(conditions))
    return tuple(BoardChoice(*row) for row in _rows(sql, [*values, MOST_BOARDS]))


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql.replace("{p}", database.param), values))
