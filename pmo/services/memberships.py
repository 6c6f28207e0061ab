"""Commands on the people of a project."""

from datetime import datetime

from pmo.db import locked, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import MemberRole
from pmo.errors import Invalid, LeadStays, NotFound, _
from pmo.models import Membership, Project, User
from pmo.queries import access
from pmo.services import board_locks, journal


def set_role(
    project_id: int, *, user_id: int, role: MemberRole, actor: Actor, at: datetime
) -> None:
    """Make a person a member with this role, or change the role they have.

    Raises NotFound, Forbidden, Invalid(user_id) for nobody or a disabled newcomer,
    LeadStays if the project's lead would get another role.
    """
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_STAFF)
        present = _membership(project_id, user_id)
        user = User.get_or_none(User.id == user_id)
        if user is None or not (user.is_active or present):
            raise Invalid({"user_id": [_("There is no such person, or they are disabled.")]})
        if role is not MemberRole.LEAD:
            _refuse_lead(project_id, user_id)
        if present and present.role is role:
            return
        board_locks.touch(project_id)  # the boards offer their people to filter by
        Membership.insert(project=project_id, user=user_id, role=role).on_conflict(
            conflict_target=[Membership.project, Membership.user], update={Membership.role: role}
        ).execute()
        data = {"login": user.login, "role": role.value}
        journal.append("project.member_set", actor=actor, at=at, project_id=project_id, data=data)


def remove(project_id: int, *, user_id: int, actor: Actor, at: datetime) -> None:
    """End a person's membership; their cards stay theirs. Raises NotFound, Forbidden, LeadStays."""
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_STAFF)
        present = _membership(project_id, user_id)
        if present is None:
            raise NotFound(kind="membership")
        _refuse_lead(project_id, user_id)
        board_locks.touch(project_id)
        Membership.delete().where(Membership.id == present.id).execute()
        data = {"login": present.user.login}
        journal.append(
            "project.member_removed", actor=actor, at=at, project_id=project_id, data=data
        )


def _membership(project_id: int, user_id: int) -> Membership | None:
    found: Membership | None = (
        Membership.select(Membership, User)
        .join(User)
        .where((Membership.project == project_id) & (Membership.user == user_id))
        .first()
    )
    return found


def _refuse_lead(project_id: int, user_id: int) -> None:
    """Look under the project's lock: nobody makes them its lead meanwhile."""
    if locked(Project.select().where(Project.id == project_id)).get().lead_id == user_id:
        raise LeadStays
