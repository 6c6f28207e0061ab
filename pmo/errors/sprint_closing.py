"""What the closing of a sprint and its retrospective refuse, and why."""

from pmo.errors.base import Conflict, _
from pmo.errors.sprints import SprintError


class LeftoversUndecided(SprintError):
    """Unfinished cards without a decision. cards: their numbers, in a sentence."""

    code = "leftovers_undecided"
    template = _(
        "Every unfinished card needs a decision before its sprint is closed. Not decided yet:"
        " {cards}."
    )


class LeftoversChanged(SprintError):
    """Decisions on cards that are not unfinished in this sprint any more. cards: their numbers."""

    code = "leftovers_changed"
    template = _(
        "These cards were finished, moved or changed by somebody meanwhile: {cards}. Nothing was"
        " closed; look at them again."
    )


class NoNextSprint(SprintError):
    """There is no sprint to carry over to."""

    code = "no_next_sprint"
    template = _("After this one there is no sprint to carry over to: {sprint}.")


class NoColumnForLeftovers(Conflict):
    """A board has no column for what was decided. board: its name."""

    code = "no_column_for_leftovers"
    template = _(
        "The board “{board}” has no column of the kind that this decision needs: a queue for the"
        " backlog and for the rest of a split card, a done column for what is done of it."
    )


class AlreadyACard(Conflict):
    """A note of a retrospective that is a card already. card: its number."""

    code = "already_a_card"
    template = _("A card was made of this note already: {card}.")
