"""Ranks with gaps: where a card stands among its neighbours.

A rank is a positive whole number, unique in its column; a new one is the middle of
its neighbours' ranks. When no whole number is left between them the column is
ranked anew, evenly, by the caller in the same transaction.
"""

GAP = 1 << 16


def between(before: int | None, after: int | None) -> int | None:
    """Return a rank between two neighbours, or None when the gap is used up.

    before: rank of the card above, None at the top of the column.
    after: rank of the card below, None at the bottom.
    """
    low = before or 0
    if after is None:
        return low + GAP
    middle = (low + after) // 2
    return middle if low < middle < after else None


def even(count: int) -> list[int]:
    """Return `count` ranks, evenly spaced, from the top of a column."""
    return [GAP * place for place in range(1, count + 1)]
