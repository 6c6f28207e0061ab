"""Errors of the cyclogram."""

from pmo.errors.base import Conflict, _


class AlreadyRecurring(Conflict):
    """The card belongs to a recurring task already."""

    code = "already_recurring"
    template = _("This card belongs to a recurring task already.")


class NoColumnForCards(Conflict):
    """The board of a recurring task has no column where its cards could begin."""

    code = "no_column_for_cards"
    template = _("The board has no column where the cards could begin.")
