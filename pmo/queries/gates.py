"""The gate process of a project: where it can go, and where it has been."""

from dataclasses import dataclass
from datetime import datetime

import peewee as pw

from pmo.db import rows
from pmo.domain import gates
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate
from pmo.models import GateDecision, Project, User
from pmo.queries import access
from pmo.queries.access import ProjectAccess


@dataclass(frozen=True, slots=True)
class GateDecisionView:
    """A gate that was passed; from_gate is None for the proposal itself."""

    at: datetime
    by: str
    from_gate: Gate | None
    to_gate: Gate
    reason: str


@dataclass(frozen=True, slots=True)
class GatePage:
    """A project before its gate. passages: the gates that this actor may take it to."""

    project_id: int
    code: str
    short_name: str
    gate: Gate
    passages: tuple[Gate, ...]


def gate_page(project_id: int, actor: Actor) -> GatePage:
    """Return where a project stands and may go; two statements. Raises NotFound."""
    allowed = access.project(project_id, actor, Capability.PROJECT_READ)
    short_name = Project.select(Project.short_name).where(Project.id == project_id).scalar()
    return GatePage(project_id, allowed.code, short_name, allowed.gate, passages(allowed))


def passages(allowed: ProjectAccess) -> tuple[Gate, ...]:
    """Return the gates that the actor may take the project to now, in the process's order."""
    return tuple(
        target
        for target in gates.next_gates(allowed.gate)
        if allowed.may(gates.PASSAGES[allowed.gate, target])
    )


def history(project_id: int, actor: Actor) -> tuple[GateDecisionView, ...]:
    """Return the gates passed, newest first, down to the proposal; three statements.

    Raises NotFound.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    decisions = (
        GateDecision.select(
            GateDecision.decided_at,
            User.name,
            GateDecision.from_gate,
            GateDecision.to_gate,
            GateDecision.reason,
        )
        .join(User)
        .where(GateDecision.project == project_id)
        .order_by(GateDecision.id.desc())
    )
    return (*(GateDecisionView(*row) for row in rows(decisions)), _proposal(project_id))


def _proposal(project_id: int) -> GateDecisionView:
    [(at, by)] = rows(
        Project.select(Project.proposed_at, User.name)
        .join(User, pw.JOIN.INNER, on=(Project.proposed_by == User.id))
        .where(Project.id == project_id)
    )
    return GateDecisionView(at, by, None, Gate.INITIATIVE, "")
