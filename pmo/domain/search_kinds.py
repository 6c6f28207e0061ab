"""What can be found, and how the index numbers it."""

from enum import StrEnum

ROOM = 16
"""How many kinds there can ever be."""


class SearchKind(StrEnum):
    """A kind of thing that can be found."""

    TASK = "task"
    PROJECT = "project"
    PASSPORT = "passport"
    COMMENT = "comment"
    ATTACHMENT = "attachment"


NUMBERS = {kind: number for number, kind in enumerate(SearchKind)}
"""Never to be changed without a new version of the index."""


def entry_id(kind: SearchKind, object_id: int) -> int:
    """Return the number of a thing in the index: newer things of a kind have greater ones."""
    return object_id * ROOM + NUMBERS[kind]
