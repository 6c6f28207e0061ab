"""Lives of cards: what the journal of a project tells of each, and how it was at any moment.

They are made by `pmo.domain.flow.replaying`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from pmo.domain.vocabulary import ColumnMeaning

QUEUE, DONE = ColumnMeaning.QUEUE, ColumnMeaning.DONE

T = TypeVar("T")


class Spell(NamedTuple):
    """A card stood in a column that meant this. until: the moment it no longer did."""

    since: datetime
    until: datetime | None
    board: str
    column: str
    meaning: ColumnMeaning


class Reasoned(NamedTuple):
    """A card was blocked, or away (archived, merged, transferred), for a reason."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(slots=True)
class CardLife:
    """All that the journal tells of a card; lists in the order of time.

    spells: where it stood while it was on a board. weights, sprints, stages, assigned: each value
    with the moment from which it holds; a stage by its key, people by login.
    """

    number: int
    created_at: datetime
    last_at: datetime
    spells: list[Spell] = field(default_factory=list)
    weights: list[tuple[datetime, int]] = field(default_factory=list)
    sprints: list[tuple[datetime, int | None]] = field(default_factory=list)
    stages: list[tuple[datetime, str | None]] = field(default_factory=list)
    assigned: list[tuple[datetime, tuple[str, ...]]] = field(default_factory=list)
    blocked: list[Reasoned] = field(default_factory=list)
    away: list[Reasoned] = field(default_factory=list)

    def at(self, moment: datetime) -> Spell | None:
        """Return where it stood last, up to a moment; None before it was made."""
        for spell in reversed(self.spells):
            if spell.since <= moment:
                return spell
        return None

    def is_away(self, moment: datetime) -> bool:
        """Tell whether it was in the archive, merged into another or moved to another project."""
        return self.away_for(moment) is not None

    def away_for(self, moment: datetime) -> str | None:
        """Return why it was off its board: archived, merged, transferred; None if it was on it."""
        return _reason(self.away, moment)

    def blocked_for(self, moment: datetime) -> str | None:
        """Return why it was blocked; None if it was not."""
        return _reason(self.blocked, moment)

    def started_at(self, moment: datetime) -> datetime | None:
        """Return when it first came into work, waiting or done; None if not by that moment."""
        for spell in self.spells:
            if spell.since > moment:
                return None
            if spell.meaning is not QUEUE:
                return spell.since
        return None

    def finished_at(self, moment: datetime) -> datetime | None:
        """Return when it was done for the last time; None if it was not, or was opened again.

        A card that is put away while it is done stays done.
        """
        finished = None
        for spell in self.spells:
            if spell.since > moment:
                break
            if spell.meaning is not DONE:
                finished = None
            elif finished is None:
                finished = spell.since
        return finished

    def is_cancelled(self, moment: datetime) -> bool:
        """Tell whether it had left its board without being done."""
        return self.is_away(moment) and self.finished_at(moment) is None

    def is_open(self, moment: datetime) -> bool:
        """Tell whether it stood on a board, not done."""
        made = self.created_at <= moment
        return made and not self.is_away(moment) and self.finished_at(moment) is None

    def is_in_work(self, moment: datetime) -> bool:
        """Tell whether it counted as work in progress: started, not finished, not away."""
        return self.is_open(moment) and self.started_at(moment) is not None

    def weight(self, moment: datetime) -> int:
        """Return its weight then; 0 before it was made."""
        return held(self.weights, moment) or 0

    def sprint(self, moment: datetime) -> int | None:
        """Return the number of its sprint then; None for none."""
        return held(self.sprints, moment)

    def stage(self, moment: datetime) -> str | None:
        """Return the key of its stage then; None for none."""
        return held(self.stages, moment)


Lives = Mapping[int, CardLife]
"""By number of the card."""


def held(values: Sequence[tuple[datetime, T]], moment: datetime) -> T | None:
    """Return what held at a moment; None before the first."""
    for since, value in reversed(values):
        if since <= moment:
            return value
    return None


def _reason(spells: Sequence[Reasoned], moment: datetime) -> str | None:
    for spell in reversed(spells):
        if spell.since <= moment:
            return None if spell.until is not None and spell.until <= moment else spell.reason
    return None
