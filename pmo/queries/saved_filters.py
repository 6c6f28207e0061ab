"""Filters of a project kept under a name: one's own, and those shared with the project."""

from dataclasses import dataclass
from typing import Any

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Board, SavedFilter, User
from pmo.queries import access
from pmo.queries.access import ProjectAccess


@dataclass(frozen=True, slots=True)
class SavedFilterView:
    """A saved filter. asked: by the names of `schemas.task_filters`, plain values."""

    id: int
    project_id: int
    name: str
    owner: str
    is_shared: bool
    asked: dict[str, Any]
    version: int
    can_edit: bool


def of_project(project_id: int, actor: Actor) -> tuple[SavedFilterView, ...]:
    """Return the filters that an actor may use, their own first. Raises NotFound."""
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    usable = (SavedFilter.owner == actor.user_id) | SavedFilter.is_shared
    return _views(found, (SavedFilter.project == project_id) & usable)


def one(filter_id: int, actor: Actor) -> SavedFilterView:
    """Return a filter that the actor may use. Raises NotFound."""
    found = access.saved_filter(filter_id, actor, Capability.PROJECT_READ)
    for view in _views(found, SavedFilter.id == filter_id):
        return view
    raise NotFound(kind="filter")


def first_board(project_id: int, actor: Actor) -> int:
    """Return the first board of a project, where a filter is shown. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    query = Board.select(Board.id).where(Board.project == project_id)
    for (board_id,) in rows(query.order_by(Board.position, Board.id).limit(1)):
        return int(board_id)
    raise NotFound(kind="board")


FIELDS = ("id", "project_id", "name", "owner", "is_shared", "asked", "version")


def _views(found: ProjectAccess, condition: Any) -> tuple[SavedFilterView, ...]:
    leads = found.may(Capability.BOARD_CONFIGURE)
    query = SavedFilter.select(
        SavedFilter.id,
        SavedFilter.project,
        SavedFilter.name,
        User.name,
        SavedFilter.is_shared,
        SavedFilter.asked,
        SavedFilter.version,
    )
    query = query.join(User).where(condition)
    read = (dict(zip(FIELDS, row, strict=True)) for row in rows(query))
    views = (SavedFilterView(**it, can_edit=leads or not it["is_shared"]) for it in read)
    return tuple(sorted(views, key=lambda it: (it.is_shared, it.name.casefold(), it.id)))
