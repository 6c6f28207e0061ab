"""Into which lane a card goes, and what a card gets that is put into another lane."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pmo.domain.board_looks import SEVERAL, WITHOUT
from pmo.domain.vocabulary import Lanes


@dataclass(frozen=True, slots=True)
class LaneKey:
    """A lane: of which kind, and the id of its stage, person or label; or `SEVERAL`."""

    kind: Lanes
    part: str

    def __str__(self) -> str:
        """Return it as pages and looks name it: `stage-7`."""
        return f"{self.kind.value}-{self.part}"


def parse(text: str) -> LaneKey:
    """Return the lane of a key that `str` made."""
    kind, _, part = text.partition("-")
    return LaneKey(Lanes(kind), part)


def part_of(ids: Sequence[int]) -> str:
    """Return the part of a card's lane: of its one stage, person or label."""
    if not ids:
        return WITHOUT
    return SEVERAL if len(ids) > 1 else str(ids[0])


def after(ids: Collection[int], target: str) -> list[int] | None:
    """Return what a card has after it was put into a lane; None if nobody could say.

    ids: what it has. Into a lane of several, or out of it, nothing can be told.
    """
    if target == SEVERAL or len(ids) > 1:
        return None
    return [] if target == WITHOUT else [int(target)]
