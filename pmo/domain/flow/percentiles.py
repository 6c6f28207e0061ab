"""Percentiles by the nearest rank: always a value that was there."""

from collections.abc import Iterable, Sequence

from pmo.domain.flow.figures import Percentiles


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """Return the value of rank ⌈percent × n ÷ 100⌉ of values in order; None of none.

    percent: 1 to 100, whole, so that no rounding of fractions moves the rank.
    """
    if not ordered:
        return None
    return ordered[-(-percent * len(ordered) // 100) - 1]


def of(values: Iterable[int]) -> Percentiles:
    """Return the three that are drawn."""
    ordered = sorted(values)
    return Percentiles(len(ordered), *(nearest_rank(ordered, it) for it in (50, 85, 95)))
