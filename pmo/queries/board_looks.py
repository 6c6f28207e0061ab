"""What a person's page of a board needs of their own: the look, and the filters they may use."""

import json
from dataclasses import dataclass
from typing import Any

from peewee import SQL

from pmo.domain import board_looks
from pmo.domain.board_looks import PLAIN, Look
from pmo.domain.permissions import Actor, Capability
from pmo.models import BoardLook, SavedFilter
from pmo.queries import access
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A saved filter as a link. asked: as `http.task_filters` reads it from an address."""

    id: int
    name: str
    asked: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Own:
    """What one person has of a board for themselves."""

    look: Look
    filters: tuple[FilterChoice, ...]


def own(board_id: int, project_id: int, actor: Actor) -> Own:
    """Return a person's look and filters; one statement. The caller has loaded the board."""
    look, filters = PLAIN, []
    found = OWN(board_id=board_id, project_id=project_id, user_id=actor.user_id)
    for id_, name, values, is_shared in found:
        if id_ is None:
            look = board_looks.from_dict(json.loads(values))
        else:
            filters.append(FilterChoice(id_, name, values, bool(is_shared)))
    filters.sort(key=lambda it: (it.is_shared, it.name.casefold(), it.id))
    return Own(look, tuple(filters))


def look(board_id: int, actor: Actor) -> Look:
    """Return how a person looks at a board; two statements. Raises NotFound."""
    access.board(board_id, actor, Capability.PROJECT_READ)
    return kept(board_id, actor.user_id)


def kept(board_id: int, user_id: int) -> Look:
    """Return a look whose board the caller has loaded."""
    found = LOOK(board_id=board_id, user_id=user_id)
    return board_looks.from_dict(json.loads(found[0][0])) if found else PLAIN


@Statement
def LOOK(board_id: Any, user_id: Any) -> Any:
    """Return a look as it is written."""
    mine = (BoardLook.user == user_id) & (BoardLook.board == board_id)
    return BoardLook.select(BoardLook.look).where(mine)


@Statement
def OWN(board_id: Any, project_id: Any, user_id: Any) -> Any:
    """Return the look, without an id, and the filters in one statement: every page asks it."""
    mine = (BoardLook.user == user_id) & (BoardLook.board == board_id)
    looks = BoardLook.select(SQL("NULL"), SQL("''"), BoardLook.look, SQL("NULL")).where(mine)
    open_ = (SavedFilter.project == project_id) & (
        (SavedFilter.owner == user_id) | SavedFilter.is_shared
    )
    columns = (SavedFilter.id, SavedFilter.name, SavedFilter.asked, SavedFilter.is_shared)
    return SavedFilter.select(*columns).where(open_).union_all(looks)
