"""Acts on many cards of a board at once: what is asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_CARDS = 500


class BulkAct(StrEnum):
    """What can be done to many cards."""

    MOVE = "move"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    ADD_LABEL = "add_label"
    REMOVE_LABEL = "remove_label"
    SET_DUE = "set_due"
    SHIFT_DUE = "shift_due"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Bulk:
    """An act on many cards, with what it needs.

    column_id: to move to. user_id, label_id: to add or remove. due_on: to set, None clears it.
    days: to shift by, may be negative.
    """

    act: BulkAct
    column_id: int | None = None
    user_id: int | None = None
    label_id: int | None = None
    due_on: date | None = None
    days: int | None = None


NEEDS = {
    BulkAct.MOVE: "column_id",
    BulkAct.ASSIGN: "user_id",
    BulkAct.UNASSIGN: "user_id",
    BulkAct.ADD_LABEL: "label_id",
    BulkAct.REMOVE_LABEL: "label_id",
    BulkAct.SHIFT_DUE: "days",
}
"""What must be told with an act."""
