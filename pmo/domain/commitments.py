"""Capacity against commitment: whether what a sprint holds can be done by its people.

Hours are compared with the hours that its people have. Points are compared with what the closed
sprints brought for a person-day, as the median, times the person-days of this sprint; where it is
not known who worked how much, with the median of what they brought as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median

from pmo.domain.vocabulary import WeightUnit

TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")


class Basis(StrEnum):
    """What a commitment is compared with."""

    HOURS = "hours"
    RATE = "rate"
    VELOCITY = "velocity"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Past:
    """A closed sprint. done: weight of what was done at its end. person_days: of its people."""

    number: int
    done: int
    person_days: Decimal


@dataclass(frozen=True, slots=True)
class Room:
    """How much a sprint can take. most: in the project's unit, None if nothing tells it.

    rate: points for a person-day. past: of how many sprints it was learnt.
    """

    basis: Basis
    most: Decimal | None = None
    rate: Decimal | None = None
    past: int = 0

    def left(self, committed: int) -> Decimal | None:
        """Return how much more fits; negative if it is too much already."""
        return None if self.most is None else self.most - committed

    def percent(self, committed: int) -> int | None:
        """Return how full it is; None if that cannot be said."""
        if not self.most:
            return None
        return int((committed / self.most * 100).quantize(Decimal(1), ROUND_HALF_UP))


def room(
    unit: WeightUnit, person_days: Decimal, person_hours: Decimal, closed: Iterable[Past]
) -> Room:
    """Return how much a sprint can take.

    person_days, person_hours: of its people. closed: sprints that ended before; the trial one
    (number 0) only tells something as long as there is no other.
    """
    if unit is WeightUnit.HOURS:
        return Room(Basis.HOURS, person_hours)
    all_closed = tuple(closed)
    past = tuple(it for it in all_closed if it.number) or all_closed
    rates = [it.done / it.person_days for it in past if it.person_days]
    if rates and person_days:
        rate = Decimal(median(rates))
        most = (rate * person_days).quantize(TENTH, ROUND_HALF_UP)
        return Room(Basis.RATE, most, rate.quantize(HUNDREDTH, ROUND_HALF_UP), len(rates))
    if past:
        usual = Decimal(median(it.done for it in past)).quantize(TENTH, ROUND_HALF_UP)
        return Room(Basis.VELOCITY, usual, past=len(past))
    return Room(Basis.NOTHING)
