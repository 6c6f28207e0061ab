"""What lists of tasks can be ordered by: a closed list."""

from typing import Final

SORTS: Final = ("place", "number", "title", "due_on", "weight", "stage", "archived_at")
"""Names to sort by; a minus before one turns its order round. place: as the board shows them."""

ORDERS: Final = (*SORTS, *(f"-{name}" for name in SORTS))
