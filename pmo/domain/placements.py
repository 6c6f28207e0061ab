"""What a move did: the fact that a service returns and a query draws from."""

from dataclasses import dataclass

from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload


@dataclass(frozen=True, slots=True)
class Placed:
    """A task was placed.

    page_revision: of the board as the mover saw it, None if not told.
    revision: the board's after the move. overrun: a soft limit that was passed.
    event_id: of the move, by which it can be taken back; None if nothing moved.
    overloads: those who now have more in progress than agreed.
    """

    task_id: int
    board_id: int
    from_column_id: int
    column_id: int
    page_revision: int | None
    revision: int
    overrun: Overrun | None
    event_id: int | None = None
    overloads: tuple[Overload, ...] = ()
