"""How long a card may stand in a column before its board shows it."""

from enum import StrEnum

MOST_DAYS = 3_650


class Age(StrEnum):
    """How a card is tinted that has stood too long."""

    AMBER = "amber"
    RED = "red"


def age(days: int, *, amber_days: int | None, red_days: int | None) -> Age | None:
    """Tell how a card is tinted after so many days in its column; None: not at all."""
    if red_days is not None and days >= red_days:
        return Age.RED
    if amber_days is not None and days >= amber_days:
        return Age.AMBER
    return None


def is_order(amber_days: int | None, red_days: int | None) -> bool:
    """Tell whether the limits of a column fit together: red comes after amber."""
    return amber_days is None or red_days is None or amber_days < red_days
