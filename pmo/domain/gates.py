"""The gate process of a project: which passage is allowed, and to whom.

initiative → under review → accepted → preparing → active → closing → closed,
or declined, or suspended and taken up again.
"""

from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Gate

SUBMIT = Capability.GATE_SUBMIT
DECIDE = Capability.GATE_DECIDE

PASSAGES: dict[tuple[Gate, Gate], Capability] = {
    (Gate.INITIATIVE, Gate.UNDER_REVIEW): SUBMIT,
    (Gate.INITIATIVE, Gate.DECLINED): DECIDE,
    (Gate.UNDER_REVIEW, Gate.INITIATIVE): DECIDE,
    (Gate.UNDER_REVIEW, Gate.ACCEPTED): DECIDE,
    (Gate.UNDER_REVIEW, Gate.DECLINED): DECIDE,
    (Gate.ACCEPTED, Gate.PREPARING): SUBMIT,
    (Gate.ACCEPTED, Gate.SUSPENDED): DECIDE,
    (Gate.PREPARING, Gate.ACTIVE): DECIDE,
    (Gate.PREPARING, Gate.SUSPENDED): DECIDE,
    (Gate.ACTIVE, Gate.CLOSING): SUBMIT,
    (Gate.ACTIVE, Gate.SUSPENDED): DECIDE,
    (Gate.CLOSING, Gate.ACTIVE): DECIDE,
    (Gate.CLOSING, Gate.CLOSED): DECIDE,
    (Gate.SUSPENDED, Gate.PREPARING): DECIDE,
    (Gate.SUSPENDED, Gate.ACTIVE): DECIDE,
    (Gate.SUSPENDED, Gate.CLOSING): DECIDE,
    (Gate.DECLINED, Gate.INITIATIVE): DECIDE,
}
"""Every allowed passage and the capability it needs."""


def next_gates(gate: Gate) -> tuple[Gate, ...]:
    """Return the gates that can follow, in the order of the process."""
    return tuple(target for target in Gate if (gate, target) in PASSAGES)


def needed_capability(gate: Gate, target: Gate) -> Capability | None:
    """Return what passing from gate to target needs; None if there is no such passage."""
    return PASSAGES.get((gate, target))
