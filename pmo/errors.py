"""Everything that can go wrong in the product's own terms; no HTTP in here.

Each error has a stable `code`, a `template` for people (the message id of the
catalogues, English, with `{named}` facts) and its `facts` as a dictionary.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar


def _(message: str) -> str:
    """Mark a message for the catalogues; translated where it is shown."""
    return message


class Sentence(str):
    """A sentence with facts in it: reads in English, and can still be translated.

    template: the message id. facts: what stands in its `{named}` places.
    """

    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> "Sentence":
        """Keep the template beside the text."""
        sentence = super().__new__(cls, template.format(**facts))
        sentence.template = template
        sentence.facts = facts
        return sentence


class Sentences(tuple[Sentence, ...]):
    """Several sentences, one after another."""

    __slots__ = ()

    def __str__(self) -> str:
        return " ".join(self)


class PmoError(Exception):
    """Base of all errors that a person can cause or must know of."""

    code: ClassVar[str] = "error"
    template: ClassVar[str] = _("Something went wrong.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return self.template.format(**self.facts)


class NotFound(PmoError):
    """There is no such thing, or the actor may not know of it. kind: its noun in code."""

    code = "not_found"
    template = _("There is nothing here, or it is not open to you.")


class Forbidden(PmoError):
    """The actor sees the thing but may not do this to it."""

    code = "forbidden"
    template = _("You do not have the right to do this.")


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


class PasswordChangeNeeded(Forbidden):
    """The password is an initial one; nothing else can be done before it is changed."""

    code = "password_change_needed"
    template = _("Choose a password of your own first.")


class ForeignOrigin(Forbidden):
    """The request was made by a page of another site."""

    code = "foreign_origin"
    template = _("This request came from another site and was refused.")


class SignInNeeded(PmoError):
    """Nobody is signed in."""

    code = "sign_in_needed"
    template = _("Sign in first.")


class Invalid(PmoError):
    """A value cannot be taken. Carries `fields`: name → list of templates or sentences."""

    code = "invalid"
    template = _("Some values cannot be taken.")

    def __init__(self, fields: dict[str, list[str]] | None = None, **facts: Any) -> None:
        super().__init__(**facts)
        self.fields = fields or {}


class Conflict(PmoError):
    """What was asked does not fit the present state."""

    code = "conflict"
    template = _("This does not fit the present state. Look at it again.")


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


class QuotaReached(Conflict):
    """There is no room for more files. most: MB."""

    code = "quota_reached"


class ProjectQuotaReached(QuotaReached):
    """The project keeps as many files as it may."""

    template = _("There is no room for this: a project may keep {most} MB of files.")


class OfficeQuotaReached(QuotaReached):
    """The office keeps as many files as it may."""

    template = _("There is no room for this: the office may keep {most} MB of files.")


class AlreadyAttached(Conflict):
    """The card has a file of this content. name: of the new one. known: of the one there."""

    code = "already_attached"
    template = _("“{name}” is attached already, as “{known}”.")


class TooMany(Conflict):
    """There is no room for one more. most: how many there may be."""

    code = "too_many"
    template = _("There may be at most {most} of them.")


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


class StaleVersion(Conflict):
    """Somebody changed it since it was read. version: the present one."""

    code = "stale_version"
    template = _("Somebody has changed this since you opened it.")


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people changed: what it was, what stands now, what you typed.

    Values are portable: dates ISO, people by login, labels by name, stages by key.
    """

    field: str
    base: Any
    theirs: Any
    yours: Any


class EditConflict(Conflict):
    """Two people changed the same fields of one thing. version: the present one.

    others: all fields that others changed meanwhile, those in conflict among them.
    """

    code = "edit_conflict"
    template = _("Somebody has changed the same field. Both values are shown.")

    def __init__(
        self, conflicts: tuple[FieldConflict, ...], *, version: int, others: tuple[str, ...] = ()
    ) -> None:
        super().__init__(version=version)
        self.conflicts = conflicts
        self.version = version
        self.others = others


class GateClosed(Conflict):
    """There is no passage from this gate to that. gate, target."""

    code = "gate_closed"
    template = _("The project cannot pass from this gate to that one.")


class GateMoved(Conflict):
    """Somebody else passed a gate of this project meanwhile. gate: the one it stands at."""

    code = "gate_moved"
    template = _("Somebody has passed a gate of this project meanwhile. Look at it again.")


class LeadStays(Conflict):
    """The project's lead cannot lose their membership while they lead it."""

    code = "lead_stays"
    template = _("The lead of the project stays its member. Choose another lead first.")


class AlreadyTaken(Conflict):
    """A name or code that must be unique is in use. field: which one."""

    code = "already_taken"
    template = _("This is already in use.")


class PortfolioNotEmpty(Conflict):
    """A portfolio file is taken by an empty portfolio only. projects, programmes: how many."""

    code = "portfolio_not_empty"
    template = _(
        "There is a portfolio here already: programmes {programmes}, projects {projects}. "
        "A portfolio file is taken by an empty portfolio only; nothing was imported."
    )


class InUse(Conflict):
    """It cannot be removed while something stands on it. count: how many."""

    code = "in_use"
    template = _("It cannot be removed while it is in use ({count}).")


class LastAdministrator(Conflict):
    """Without this person nobody could manage the accounts."""

    code = "last_administrator"
    template = _("This is the last active administrator; appoint another one first.")


class IdempotencyMismatch(PmoError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency_mismatch"
    template = _("This Idempotency-Key was used for another request.")


class SignInFailed(PmoError):
    """The name or the password is wrong; which of them is not told."""

    code = "sign_in_failed"
    template = _("The login or the password is wrong.")


class TooManyAttempts(PmoError):
    """Sign-in is throttled. seconds: how long to wait."""

    code = "too_many_attempts"
    template = _("Too many attempts. Try again in {seconds} s.")


class ConfigurationError(PmoError):
    """A setting makes no sense. name; reason: a sentence."""

    code = "configuration"
    template = _("{name}: {reason}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where (`projects[2].tasks[5].due_on`) and what.

    place: '' for the file as a whole. template: message id, with `{named}` facts.
    """

    place: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English; where it is shown, the template is translated first."""
        return self.template.format(**self.facts)


class FileRefused(PmoError):
    """A file does not fit; nothing of it was taken. faults: every one that was found."""

    code = "file_refused"
    template = _("The file does not fit; nothing was imported.")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults
