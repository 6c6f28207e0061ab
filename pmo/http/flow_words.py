"""What the figures of flow say in the same words, and how they lead to their cards."""

from collections.abc import Callable, Mapping

from pmo.http import formats
from pmo.http.wording import _

Address = Callable[..., str]
"""Gives the path of the cards behind a figure: figure=…, and what narrows it down; values are
keys, days and numbers, which need no quoting."""

Columns = Mapping[tuple[str, str], str]
"""Names of columns by the keys of board and column, in the order of the boards."""


def too_few(count: int, least: int) -> str:
    """Say that there is too little to take percentiles from."""
    return _(
        "Too little data: %(count)d finished of the %(least)d that it needs.",
        count=count,
        least=least,
    )


def number(value: float) -> str:
    """Return a number with one digit after the point at most, as the visitor writes it."""
    return formats.number(f"{value:.1f}".removesuffix(".0"))
