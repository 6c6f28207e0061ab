"""The cards behind a figure, and the names of the columns that figures know by their keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.models import Board, Column, Project, Stage, Task

PAGE = 50


@dataclass(frozen=True, slots=True)
class FlowCard:
    """A card as a list of cards behind a figure shows it: where it stands today."""

    id: int
    number: int
    key: str
    title: str
    board: str
    column: str
    is_archived: bool


def columns(project_id: int) -> dict[tuple[str, str], str]:
    """Return the names of a project's columns by the keys of board and column, in order."""
    query = Column.select(Board.key, Column.key, Column.name)
    query = query.join(Board).where(Board.project == project_id)
    found = rows(query.order_by(Board.position, Column.position))
    return {(board, column): name for board, column, name in found}


def boards(project_id: int) -> tuple[tuple[int, str], ...]:
    """Return ids and names of a project's boards, in order."""
    query = Board.select(Board.id, Board.name).where(Board.project == project_id)
    return tuple((id_, name) for id_, name in rows(query.order_by(Board.position)))


def stages(project_id: int) -> dict[str, str]:
    """Return the names of a project's stages by their keys."""
    return dict(rows(Stage.select(Stage.key, Stage.name).where(Stage.project == project_id)))


def page(
    project_id: int, numbers: Sequence[int], number: int, *, size: int = PAGE
) -> tuple[FlowCard, ...]:
    """Return a page, from 1, of cards of a project that the caller may read; one statement."""
    wanted = list(numbers[size * (number - 1) : size * number])
    if not wanted:
        return ()
    query = Task.select(
        Task.id, Task.number, Project.code, Task.title, Board.name, Column.name, Task.archived_at
    )
    query = query.join(Project).switch(Task).join(Column, pw.JOIN.LEFT_OUTER)
    query = query.join(Board, pw.JOIN.LEFT_OUTER)
    found: dict[int, Any] = {}
    for id_, its, code, title, board, column, archived_at in rows(
        query.where((Task.project == project_id) & Task.number.in_(wanted))
    ):
        card = FlowCard(id_, its, f"{code}-{its}", title, board, column, archived_at is not None)
        found[its] = card
    return tuple(found[it] for it in wanted if it in found)
