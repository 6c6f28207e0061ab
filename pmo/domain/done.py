"""The definition of done as a list that is asked for at the done column."""

from collections.abc import Collection

from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import DefinitionOfDoneAsked

MARKS = "-*•–— \t"
"""What people put before the lines of a list."""

Confirmed = bool | Collection[str]
"""What a person says holds: all of it, nothing, or these lines."""


def criteria(text: str) -> tuple[str, ...]:
    """Return the conditions of a definition of done, each once, in their order."""
    lines = (line.strip().lstrip(MARKS).strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def asked(meaning: ColumnMeaning, definition: str) -> tuple[str, ...]:
    """Return what must be confirmed when a card enters a column; () if nothing."""
    return criteria(definition) if meaning is ColumnMeaning.DONE else ()


def check(asked_for: tuple[str, ...], confirmed: Confirmed, *, column: str) -> tuple[str, ...]:
    """Return what was confirmed, for the journal.

    column: its name, for the message. Raises DefinitionOfDoneAsked if a line is not confirmed.
    """
    given = set(asked_for if confirmed is True else () if confirmed is False else confirmed)
    if not given.issuperset(asked_for):
        raise DefinitionOfDoneAsked(asked_for, column=column)
    return asked_for
