"""The people of a project, and who else could join."""

from dataclasses import dataclass

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.urgency import initials
from pmo.domain.vocabulary import MemberRole
from pmo.models import Membership, Project, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person's part in a project. is_lead: the one that the project names as its lead."""

    user_id: int
    login: str
    name: str
    initials: str
    position: str
    role: MemberRole
    is_active: bool
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person that can be chosen."""

    id: int
    login: str
    name: str


def members(project_id: int, actor: Actor) -> tuple[MemberView, ...]:
    """Return a project's members, its lead first, then by name; two statements.

    Raises NotFound.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    columns = (User.id, User.login, User.name, User.position, User.is_active)
    query = (
        Membership.select(*columns, Membership.role, Project.lead == User.id)
        .join(User)
        .join_from(Membership, Project)
        .where(Membership.project == project_id)
        .order_by(User.name, User.id)
    )
    found = [_member(*row) for row in rows(query)]
    return tuple(sorted(found, key=lambda member: (not member.is_lead, _rank(member))))


def people() -> tuple[Person, ...]:
    """Return everybody who can be given a part: the active people, by name; one statement."""
    query = User.select(User.id, User.login, User.name).where(User.is_active)
    return tuple(Person(*row) for row in rows(query.order_by(User.name, User.id)))


def _member(  # noqa: PLR0913, PLR0917 - a row
    user_id: int,
    login: str,
    name: str,
    position: str,
    is_active: bool,
    role: MemberRole,
    is_lead: bool | None,
) -> MemberView:
    return MemberView(
        user_id=user_id,
        login=login,
        name=name,
        initials=initials(name),
        position=position,
        role=role,
        is_active=bool(is_active),
        is_lead=bool(is_lead),
    )


def _rank(member: MemberView) -> int:
    return list(MemberRole).index(member.role)
