"""Loaders: each brings one kind of object with the actor's standing in its project.

Every loader is one SQL statement that brings the object's chain up to its project,
with the actor's membership. What is unknown, and what the actor may not see, is
`NotFound` alike; what is seen but may not be done is `Forbidden`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import peewee as pw

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import Forbidden, NotFound
from pmo.models import Membership, Project
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class ProjectAccess:
    """A project that the actor may use as asked, and the actor's standing in it."""

    project_id: int
    code: str
    gate: Gate
    membership: MemberRole | None
    actor: Actor

    def may(self, capability: Capability) -> bool:
        """Tell whether the actor may do something else in this project."""
        return permissions.may(self.actor, capability, self.membership)


Access = TypeVar("Access", bound=ProjectAccess)


class Loader(Generic[Access]):
    """Loads one kind of object, by its id, for what an actor wants to do with it.

    access: what a call returns. kind: the object's name in `NotFound`. chain: joins the object's
    chain to `Project`. key: the object's id. more: columns that its access has beyond those of
    every access.
    """

    def __init__(
        self,
        access: Callable[..., Access],
        kind: str,
        chain: Callable[["pw.ModelSelect[Any]"], "pw.ModelSelect[Any]"],
        key: Any,
        *more: Any,
    ) -> None:
        self._access, self._kind = access, kind

        def build(wanted_id: Any, user_id: Any) -> "pw.ModelSelect[Any]":
            mine = (Membership.project == Project.id) & (Membership.user == user_id)
            columns = (Project.id, Project.code, Project.gate, Membership.role, *more)
            query = chain(Project.select(*columns))
            query = query.join_from(Project, Membership, pw.JOIN.LEFT_OUTER, on=mine)
            return query.where(key == wanted_id)

        self._statement = Statement(build)

    def __call__(self, wanted_id: int, actor: Actor, capability: Capability) -> Access:
        """Load an object and check the actor. Raises NotFound, Forbidden."""
        return self._access(*self.values(wanted_id, actor, capability))

    def values(self, wanted_id: int, actor: Actor, capability: Capability) -> tuple[Any, ...]:
        """Return what the access is made of, checked; for kinds that have a check of their own."""
        found = self._statement(wanted_id=wanted_id, user_id=actor.user_id)
        if not found:
            raise NotFound(kind=self._kind)
        project_id, code, gate, role, *more = found[0]
        own = None if role is None else MemberRole(role)
        membership = permissions.membership_of(actor, project_id, own)
        if not permissions.may(actor, Capability.PROJECT_READ, membership):
            raise NotFound(kind=self._kind)
        if not permissions.may(actor, capability, membership):
            raise Forbidden(capability=capability.value)
        return project_id, code, Gate(gate), membership, actor, *more
