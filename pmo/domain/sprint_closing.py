"""Rules of the closing of a sprint: what may be decided on a card that is not finished."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pmo.domain.sprints import MOST_NAMED
from pmo.domain.vocabulary import LeftoverDecision
from pmo.errors import Invalid, LeftoversChanged, LeftoversUndecided, NoNextSprint, Sentence, _

NEXT, SPLIT = LeftoverDecision.NEXT_SPRINT, LeftoverDecision.SPLIT

REST_TO = (NEXT, LeftoverDecision.BACKLOG_TOP, LeftoverDecision.BACKLOG_BOTTOM)
"""Where the rest of a split card can go."""

FLAGGED = 3
"""The carry-over of one card from which on who leads the project is told of it."""

NO_REASON = _("Say why, here or once for all cards.")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A card that is not finished when its sprint closes."""

    task_id: int
    key: str
    weight: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a leftover.

    Of a split: done_weight, what of its weight is done; rest_to: of `REST_TO`; rest_title: of the
    card that takes the rest, '' for the same. weight: as the person saw it, None if not asked.
    """

    kind: LeftoverDecision
    reason: str = ""
    done_weight: int = 0
    rest_to: LeftoverDecision = NEXT
    rest_title: str = ""
    weight: int | None = None

    @property
    def is_onward(self) -> bool:
        """Tell whether something of the card goes to the next sprint."""
        return self.kind is NEXT or (self.kind is SPLIT and self.rest_to is NEXT)


Decisions = Mapping[int, Decision]
"""By id of the card."""


def check(
    decisions: Decisions,
    leftovers: Iterable[Leftover],
    *,
    number: int,
    has_next: bool,
    reason: str,
) -> dict[int, Decision]:
    """Check decisions on the leftovers of a sprint; return them with their reasons.

    number: of the sprint. reason: of all that have none of their own.
    Raises LeftoversUndecided, LeftoversChanged, NoNextSprint, Invalid with fields named after
    the card: `reason.12`.
    """
    found = {it.task_id: it for it in leftovers}
    if missing := [it.key for task_id, it in found.items() if task_id not in decisions]:
        raise LeftoversUndecided(number, cards=_named(missing))
    changed = [
        it.key
        for task_id, it in found.items()
        if decisions[task_id].kind is SPLIT and decisions[task_id].weight not in {None, it.weight}
    ]
    if changed:
        raise LeftoversChanged(number, cards=_named(changed))
    if not has_next and any(it.is_onward for it in decisions.values()):
        raise NoNextSprint(number)
    told = {
        task_id: replace(decisions[task_id], reason=decisions[task_id].reason.strip() or reason)
        for task_id in found
    }
    if faults := dict(_faults(told, found)):
        raise Invalid(faults)
    return told


def gone(number: int, keys: Iterable[str]) -> LeftoversChanged:
    """Return the refusal of decisions on cards that are no leftovers any more, by their keys."""
    return LeftoversChanged(number, cards=_named(list(keys)))


def _faults(
    decisions: Decisions, leftovers: Mapping[int, Leftover]
) -> Iterable[tuple[str, list[str]]]:
    for task_id, decision in decisions.items():
        if not decision.reason:
            yield f"reason.{task_id}", [NO_REASON]
        weight = leftovers[task_id].weight
        if decision.kind is SPLIT and not 0 <= decision.done_weight <= weight:
            text = Sentence(_("From {least} to {most}."), least=0, most=weight)
            yield f"done_weight.{task_id}", [text]
        if decision.kind is SPLIT and decision.rest_to not in REST_TO:
            yield f"rest_to.{task_id}", [_("The rest goes to the next sprint or to the backlog.")]


def _named(keys: list[str]) -> str:
    return ", ".join([*keys[:MOST_NAMED], *(["…"] if len(keys) > MOST_NAMED else [])])
