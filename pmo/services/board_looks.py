"""Commands on how a person looks at a board: their own affair, so that no event tells of it."""

from collections.abc import Callable
from typing import Any

from pmo.db import locked, transaction
from pmo.domain import board_looks
from pmo.domain.board_looks import PLAIN, Look
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import CardOrder, Density, Lanes
from pmo.errors import NotFound
from pmo.models import BoardLook, Column
from pmo.queries import access


def arrange(
    board_id: int,
    *,
    lanes: Lanes | None = None,
    order: CardOrder | None = None,
    density: Density | None = None,
    actor: Actor,
) -> None:
    """Choose lanes, order, density; None leaves one as it is. Raises NotFound, Forbidden."""
    wanted: dict[str, Any] = {"lanes": lanes, "order": order, "density": density}
    _change(board_id, actor, lambda look: board_looks.arranged(look, **wanted))


def fold(
    board_id: int,
    *,
    is_folded: bool,
    column_id: int | None = None,
    lane: str | None = None,
    actor: Actor,
) -> None:
    """Fold or unfold a column or a lane. Raises NotFound (board, column), Forbidden."""

    def folded(look: Look) -> Look:
        if column_id is not None and not _is_of_board(column_id, board_id):
            raise NotFound(kind="column")
        return board_looks.folded(look, is_folded=is_folded, column_id=column_id, lane=lane)

    _change(board_id, actor, folded)


def _change(board_id: int, actor: Actor, change: Callable[[Look], Look]) -> None:
    with transaction():
        access.board(board_id, actor, Capability.OWN_VIEW)
        key = {"user": actor.user_id, "board": board_id}
        first = BoardLook.insert(**key, look=board_looks.to_dict(PLAIN))
        first.on_conflict_ignore().execute()
        mine = (BoardLook.user == actor.user_id) & (BoardLook.board == board_id)
        present = locked(BoardLook.select(BoardLook.look).where(mine)).get()
        look = change(board_looks.from_dict(present.look))
        BoardLook.update(look=board_looks.to_dict(look)).where(mine).execute()


def _is_of_board(column_id: int, board_id: int) -> bool:
    there = (Column.id == column_id) & (Column.board == board_id)
    return bool(Column.select().where(there).exists())
