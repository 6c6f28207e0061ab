"""The one command of the gate process: pass a gate."""

from datetime import datetime

from pmo.db import transaction
from pmo.domain import gates
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate
from pmo.errors import Forbidden, GateClosed, GateMoved, Invalid, _
from pmo.models import GateDecision, Project
from pmo.queries import access
from pmo.services import board_locks, journal


def pass_gate(
    project_id: int, *, to: Gate, reason: str, expected_gate: Gate, actor: Actor, at: datetime
) -> None:
    """Take a project from the gate that the actor saw to another, for a reason.

    Raises NotFound, Forbidden, Invalid(reason), GateClosed if there is no such passage,
    GateMoved if somebody else passed a gate since.
    """
    if not reason.strip():
        raise Invalid({"reason": [_("Say why.")]})
    with transaction():
        allowed = access.project(project_id, actor, Capability.PROJECT_READ)
        if allowed.gate is not expected_gate:
            raise GateMoved(gate=allowed.gate.value)
        needed = gates.needed_capability(expected_gate, to)
        if needed is None:
            raise GateClosed(gate=expected_gate.value, target=to.value)
        if not allowed.may(needed):
            raise Forbidden(capability=needed.value)
        _compare_and_set(project_id, expected_gate, to)
        GateDecision.create(
            project=project_id,
            from_gate=expected_gate,
            to_gate=to,
            reason=reason.strip(),
            decided_by=actor.user_id,
            decided_at=at,
        )
        data = {"from": expected_gate.value, "to": to.value, "reason": reason.strip()}
        journal.append("project.gate_passed", actor=actor, at=at, project_id=project_id, data=data)
        board_locks.touch(project_id)


def _compare_and_set(project_id: int, expected: Gate, to: Gate) -> None:
    same = (Project.id == project_id) & (Project.gate == expected)
    if not Project.update(gate=to).where(same).execute():
        raise GateMoved(gate=expected.value)
