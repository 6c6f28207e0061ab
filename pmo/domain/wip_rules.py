"""Limits of work in progress for people, stages and labels of a board."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pmo.domain.card_lanes import LaneKey
from pmo.domain.vocabulary import Lanes, WipBy, WipKind
from pmo.errors import WipRuleReached

LANES = {WipBy.PERSON: Lanes.ASSIGNEE, WipBy.STAGE: Lanes.STAGE, WipBy.LABEL: Lanes.LABEL}


@dataclass(frozen=True, slots=True)
class Limit:
    """How many cards in progress one of a kind may have; subject: its number, None for each."""

    by: WipBy
    subject: int | None
    most: int
    kind: WipKind


@dataclass(frozen=True, slots=True)
class Load:
    """How many cards in progress somebody or something has.

    key: portable: a login, a stage's key, a label's name. name: for people.
    """

    by: WipBy
    subject: int
    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Overload:
    """A load beyond its limit."""

    by: WipBy
    key: str
    name: str
    count: int
    limit: int
    subject: int

    @property
    def lane(self) -> str:
        """Return the key of the lane that it would have."""
        return str(LaneKey(LANES[self.by], str(self.subject)))


def limit_of(limits: Iterable[Limit], load: Load) -> Limit | None:
    """Return the limit of a load: its own, else the one for each of its kind."""
    found = {limit.subject: limit for limit in limits if limit.by is load.by}
    return found.get(load.subject) or found.get(None)


def overloads(limits: Collection[Limit], loads: Iterable[Load]) -> tuple[Overload, ...]:
    """Return the loads beyond their limits, hard ones or soft."""
    return tuple(
        _over(load, limit.most)
        for load in loads
        if (limit := limit_of(limits, load)) is not None and load.count > limit.most
    )


def check(limits: Collection[Limit], loads: Collection[Load]) -> tuple[Overload, ...]:
    """Check loads that have grown. Returns those beyond soft limits.

    Raises WipRuleReached for the first beyond a hard one.
    """
    for load in loads:
        limit = limit_of(limits, load)
        if limit is not None and limit.kind is WipKind.HARD and load.count > limit.most:
            raise WipRuleReached(name=load.name, count=load.count, limit=limit.most)
    return overloads(limits, loads)


def _over(load: Load, limit: int) -> Overload:
    return Overload(load.by, load.key, load.name, load.count, limit, load.subject)
