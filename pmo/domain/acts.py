"""What an act on cards did: the fact that services return and pages draw from."""

from dataclasses import dataclass, field

from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload


@dataclass(frozen=True, slots=True)
class Acted:
    """Some cards were changed as one act.

    event_id: the first event of the act, by which it can be taken back; None if nothing was
    different. task_ids: the cards that were changed. revisions: of their boards, by id.
    overrun: a soft limit that was passed. overloads: as of `Placed`.
    """

    event_id: int | None
    task_ids: tuple[int, ...] = ()
    revisions: dict[int, int] = field(default_factory=dict)
    overrun: Overrun | None = None
    overloads: tuple[Overload, ...] = ()
