"""What follows from an event, in its transaction: the one list of who listens to what.

A reaction writes what must never differ from the journal (the search index, notifications, what
an automation owes). What may fail on its own it leaves to `db.after_commit`.
"""

from collections.abc import Callable, Mapping, Sequence

from pmo.domain.happenings import Happening
from pmo.services import automation_runs, search_index, waiting_cards
from pmo.services import notification_reactions as told

Reaction = Callable[[Happening], None]

REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "automation.rule_switched_off": (told.of_rule_off,),
    "comment.added": (told.of_comment,),
    "comment.edited": (told.of_edited_comment,),
    "comment.removed": (told.of_removed_comment,),
    "project.gate_passed": (told.of_gate,),
    "task.created": (told.of_new_task,),
    "task.edited": (told.of_edited_task,),
}
"""By kind of event; those of one kind run in this order."""


EVERY_TIME: tuple[Mapping[str, tuple[Reaction, ...]], ...] = (
    search_index.FOLLOWED,
    waiting_cards.FOLLOWED,
)
"""Lists that are kept elsewhere; they go before `REACTIONS`."""


TOGETHER: tuple[Callable[[Sequence[Happening]], None], ...] = (automation_runs.follow,)
"""Those who take all events of an act at once; they go last."""


def follow(*happenings: Happening) -> None:
    """Do all that follows from events that belong to one act."""
    for happening in happenings:
        for listed in (*EVERY_TIME, REACTIONS):
            for reaction in listed.get(happening.kind, ()):
                reaction(happening)
    for together in TOGETHER:
        together(happenings)
