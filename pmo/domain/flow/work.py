"""When cards were in work: started, not finished, on a board."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pmo.domain.flow.lives import DONE, QUEUE, CardLife


class Sojourn(NamedTuple):
    """A card came into work and left it; until: None while it is still there."""

    since: datetime
    until: datetime | None


def sojourns(life: CardLife, as_of: datetime) -> Iterator[Sojourn]:
    """Yield the times of a card in work, as known at a moment, in order.

    A card that was started stays in work when it goes back to a queue; it leaves when it is done
    or put away, and may come again.
    """
    since = until = None
    is_started = False
    for spell in life.spells:
        if spell.since > as_of:
            break
        is_started = is_started or spell.meaning is not QUEUE
        if since is not None and (until != spell.since or spell.meaning is DONE):
            yield Sojourn(since, until)
            since = None
        if is_started and spell.meaning is not DONE:
            since = since or spell.since
            until = spell.until
    if since is not None:
        yield Sojourn(since, until if until is not None and until <= as_of else None)
