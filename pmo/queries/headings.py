"""What the head of a page about a part of a project says of the project."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate
from pmo.models import Project
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class ProjectHeading:
    """A project's name, and which of its editing pages are open to this actor."""

    id: int
    code: str
    short_name: str
    gate: Gate
    can_edit: bool
    can_staff: bool


def of_project(project_id: int, actor: Actor, capability: Capability) -> ProjectHeading:
    """Return the heading of a project; two statements. Raises NotFound, Forbidden."""
    return _heading(access.project(project_id, actor, capability))


def of_stage(stage_id: int, actor: Actor, capability: Capability) -> ProjectHeading:
    """Return the heading of a stage's project; two statements. Raises NotFound, Forbidden."""
    return _heading(access.stage(stage_id, actor, capability))


def of_label(label_id: int, actor: Actor, capability: Capability) -> ProjectHeading:
    """Return the heading of a label's project; two statements. Raises NotFound, Forbidden."""
    return _heading(access.label(label_id, actor, capability))


def of_own_field(field_id: int, actor: Actor, capability: Capability) -> ProjectHeading:
    """Return the heading of an own field's project; two statements. Raises NotFound, Forbidden."""
    return _heading(access.own_field(field_id, actor, capability))


def of_recurrence(recurrence_id: int, actor: Actor, capability: Capability) -> ProjectHeading:
    """Return the heading of a recurring task's project. Raises NotFound, Forbidden."""
    return _heading(access.recurrence(recurrence_id, actor, capability))


def _heading(allowed: access.ProjectAccess) -> ProjectHeading:
    [(short_name,)] = rows(
        Project.select(Project.short_name).where(Project.id == allowed.project_id)
    )
    return ProjectHeading(
        id=allowed.project_id,
        code=allowed.code,
        short_name=short_name,
        gate=allowed.gate,
        can_edit=allowed.may(Capability.PROJECT_EDIT),
        can_staff=allowed.may(Capability.PROJECT_STAFF),
    )
