"""What follows from an event, in its transaction: the one list of who listens to what.

A reaction writes what must never differ from the journal (the search index, notifications, what
an automation owes). What may fail on its own it leaves to `db.after_commit`.
"""

from collections.abc import Callable, Mapping

from pmo.domain.happenings import Happening
from pmo.services import automation_runs, search_index, waiting_cards
from pmo.services import notification_reactions as told

TOLD: Mapping[str, Callable[[Happening], None]] = {
    "automation.rule_switched_off": told.of_rule_off,
    "comment.added": told.of_comment,
    "comment.edited": told.of_edited_comment,
    "comment.removed": told.of_removed_comment,
    "project.gate_passed": told.of_gate,
    "recurrence.held": told.of_cyclogram,
    "recurrence.skipped": told.of_cyclogram,
    "sprint.closed": told.of_closed_sprint,
    "task.created": told.of_new_task,
    "task.edited": told.of_edited_task,
}
"""By kind of event: who is notified of it, unless it is quiet."""


def follow(*happenings: Happening) -> None:
    """Do all that follows from events that belong to one act."""
    search_index.follow(happenings)
    for happening in happenings:
        for reaction in waiting_cards.FOLLOWED.get(happening.kind, ()):
            reaction(happening)
        if happening.kind in TOLD and not happening.is_quiet:
            TOLD[happening.kind](happening)
    automation_runs.follow(happenings)
