"""How much a file may hold, whatever its format; stated in docs/portfolio-file.md."""

from collections.abc import Iterable
from typing import Any

from pmo.errors import Fault, FileRefused

MAX_DEPTH = 16
"""Levels of lists and mappings inside each other; a portfolio file needs 10."""

MAX_VALUES = 2_000_000
"""Scalars, lists and mappings in one file."""

MAX_FAULTS = 1_000
"""Faults that one refusal lists; of more, their number is told."""


def _(message: str) -> str:
    return message


TOO_DEEP = _("More than {depth} levels of lists and mappings inside each other.")
TOO_MANY = _("More than {count} values in one file.")
REPEATED = _("The key “{key}” stands here twice.")


def refusal(template: str, place: str = "", **facts: Any) -> FileRefused:
    """Return the refusal of a file for one fault."""
    return FileRefused([Fault(place, template, {k: printable(v) for k, v in facts.items()})])


def refused(faults: Iterable[Fault]) -> FileRefused:
    """Return the refusal for many faults: the first thousand, and how many more there are."""
    found = list(faults)
    more = len(found) - MAX_FAULTS
    if more > 0:
        found[MAX_FAULTS:] = [Fault("", _("… and {count} more."), {"count": more})]
    return FileRefused(found)


def printable(value: Any, length: int = 200) -> Any:
    """Return a text that any terminal and page can show; other values as they are.

    length: room for the longest list of what is allowed, the gates.
    """
    if not isinstance(value, str):
        return value
    text = "".join(sign if sign.isprintable() else "�" for sign in value[: length + 1])
    return text if len(text) <= length else f"{text[:length]}…"
