"""What all errors are made of, and those that any thing can raise."""

from dataclasses import dataclass
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


class TooMany(Conflict):
    """There is no room for one more. most: how many there may be."""

    code = "too_many"
    template = _("There may be at most {most} of them.")


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


class AlreadyTaken(Conflict):
    """A name or code that must be unique is in use. field: which one."""

    code = "already_taken"
    template = _("This is already in use.")


class InUse(Conflict):
    """It cannot be removed while something stands on it. count: how many."""

    code = "in_use"
    template = _("It cannot be removed while it is in use ({count}).")


class IdempotencyMismatch(PmoError):
    """The same Idempotency-Key came with another request."""

    code = "idempotency_mismatch"
    template = _("This Idempotency-Key was used for another request.")


class ConfigurationError(PmoError):
    """A setting makes no sense. name; reason: a sentence."""

    code = "configuration"
    template = _("{name}: {reason}")
