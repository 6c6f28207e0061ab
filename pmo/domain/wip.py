"""Limits of work in progress: a soft one warns, a hard one refuses."""

from dataclasses import dataclass

from pmo.domain.vocabulary import WipKind
from pmo.errors import WipLimitReached


@dataclass(frozen=True, slots=True)
class Overrun:
    """A soft limit that was passed: `count` cards where `limit` were agreed."""

    limit: int
    count: int


def check(limit: int | None, kind: WipKind, *, count: int, column: str) -> Overrun | None:
    """Check that one more card may enter a column that holds `count` cards.

    column: its name, for the message. Returns the overrun of a soft limit, or None.
    Raises WipLimitReached if the limit is hard and the column is full.
    """
    if limit is None or kind is WipKind.NONE or count < limit:
        return None
    if kind is WipKind.HARD:
        raise WipLimitReached(column=column, limit=limit, count=count)
    return Overrun(limit=limit, count=count + 1)


def is_over(limit: int | None, kind: WipKind, *, count: int) -> bool:
    """Tell whether a column holds more cards than agreed."""
    return limit is not None and kind is not WipKind.NONE and count > limit
