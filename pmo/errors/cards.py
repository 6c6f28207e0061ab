"""What cards and their boards refuse."""

from pmo.errors.base import Conflict, Forbidden, _


class MoveNotAllowed(Forbidden):
    """A rule of the board keeps this move for the lead. source, target: names of columns."""

    code = "move_not_allowed"
    template = _("Only the lead of the project moves cards from “{source}” to “{target}”.")


class CardsNotAllowed(MoveNotAllowed):
    """The same of some among many cards. cards: their numbers."""

    template = _(
        "Nothing was done: only the lead of the project moves cards from “{source}” to “{target}”"
        " ({cards})."
    )


class EntryNotAllowed(Forbidden):
    """A rule of the board keeps new cards of this column for the lead. target: its name."""

    code = "move_not_allowed"
    template = _("Only the lead of the project puts cards into “{target}”.")


class WipLimitReached(Conflict):
    """A hard limit: column, limit, count."""

    code = "wip_limit_reached"
    template = _("The column “{column}” is full: its limit is {limit}.")


class TooManyForColumn(WipLimitReached):
    """The same for several cards at once. total: how many there would be."""

    template = _(
        "Nothing was done: the column “{column}” would have {total} cards; its limit is {limit}."
    )


class WipRuleReached(Conflict):
    """A hard limit of work in progress: name of whom or what it is for, limit, count with it."""

    code = "wip_rule_reached"
    template = _("“{name}” would have {count} cards in progress; the limit is {limit}.")


class DefinitionOfDoneAsked(Conflict):
    """A card enters a column whose definition of done was not confirmed. criteria: its lines."""

    code = "definition_of_done_asked"
    template = _("Confirm that everything holds that “{column}” demands.")

    def __init__(self, criteria: tuple[str, ...], *, column: str) -> None:
        super().__init__(column=column)
        self.criteria = criteria


class NoDoneColumn(Conflict):
    """The task's board has no column that means done."""

    code = "no_done_column"
    template = _("No column of this board means “done”: move the card yourself.")


class Archived(Conflict):
    """The task is in the archive: it can be read and restored, and nothing else."""

    code = "archived"
    template = _("The card is in the archive. Restore it first.")


class GoesOnElsewhere(Conflict):
    """A card went on in another project, as `key`: only one of the two can be on a board."""

    code = "goes_on_elsewhere"
    template = _("The card goes on as {key}. Move that one back, or undo the move in the history.")


class DependencyCircle(Conflict):
    """The two tasks would wait for each other. task, blocker: their numbers, with the code."""

    code = "dependency_circle"
    template = _("{blocker} already waits for {task}: they would wait for each other for ever.")


class OtherColumnNeeded(Conflict):
    """A task is copied inside its project, and moved to another one."""

    code = "other_column_needed"


class SameProjectNeeded(OtherColumnNeeded):
    """A copy stays in the project."""

    template = _("Choose a column of the same project.")


class OtherProjectNeeded(OtherColumnNeeded):
    """Inside a project a task is placed, not transferred."""

    template = _("Choose a column of another project.")


class OtherCardNeeded(Conflict):
    """A task is merged into another one of its project."""

    code = "other_card_needed"
    template = _("Choose another card of the same project.")


class TooLongTogether(Conflict):
    """The descriptions of two tasks do not fit into one."""

    code = "too_long_together"
    template = _("The two descriptions are too long together.")


class NotUndoable(Conflict):
    """What was done cannot be taken back, or has been taken back already."""

    code = "not_undoable"
    template = _("This cannot be undone, or it has been undone already.")


class NoLongerFits(Conflict):
    """Something has changed since what is to be undone. what: sentences, one for each card."""

    code = "no_longer_fits"
    template = _("It cannot be undone: things have changed since. {what}")


class CardRefused(Conflict):
    """An act on many cards was refused because of one. key, title; reason: a sentence."""

    code = "card_refused"
    template = _("Nothing was done: {key} “{title}”. {reason}")


class LaneUnclear(Conflict):
    """A card with several people or labels was put into another lane, or into that of several."""

    code = "lane_unclear"
    template = _("The card has, or would get, several of them: change it in the card itself.")
