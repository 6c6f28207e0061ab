"""What goes by the office role: acts of the office, and which projects lists show."""

from typing import Any

import peewee as pw

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Forbidden
from pmo.models import Membership, Project


def require(actor: Actor, capability: Capability) -> None:
    """Check a capability that belongs to the office role alone. Raises Forbidden."""
    if not permissions.office_may(actor, capability):
        raise Forbidden(capability=capability.value)


def visible_projects(actor: Actor) -> Any:
    """Return the condition on `Project` rows that the actor may see, for lists."""
    if permissions.office_may(actor, Capability.PROJECT_READ):
        return pw.SQL("1 = 1")
    own = Membership.select(Membership.project).where(Membership.user == actor.user_id)
    return Project.id.in_(own)


def seen(actor: Actor, project_column: str) -> tuple[str, list[Any]]:
    """Return the condition of `visible_projects` for SQL that is written out, and its values.

    project_column: where the statement has the project's id. `{p}` stands for a value.
    """
    if permissions.office_may(actor, Capability.PROJECT_READ):
        return "1 = 1", []
    own = "SELECT m.project_id FROM memberships m WHERE m.user_id = {p}"
    return f"{project_column} IN ({own})", [actor.user_id]
