"""What follows from an event, in its transaction: the one list of who listens to what.

A reaction writes what must never differ from the journal (the search index, notifications, what
an automation owes). What may fail on its own it leaves to `db.after_commit`.
"""

from collections.abc import Callable, Mapping

from pmo.domain.happenings import Happening

Reaction = Callable[[Happening], None]

REACTIONS: Mapping[str, tuple[Reaction, ...]] = {}
"""By kind of event; those of one kind run in this order."""


def follow(happening: Happening) -> None:
    """Do all that follows from an event."""
    for reaction in REACTIONS.get(happening.kind, ()):
        reaction(happening)
