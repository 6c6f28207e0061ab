"""The one way to get at an object: one loader per kind, which checks the actor.

Every loader is one SQL statement that brings the object's chain up to its project,
with the actor's membership. What is unknown, and what the actor may not see, is
`NotFound` alike; what is seen but may not be done is `Forbidden`.
"""

from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import Forbidden, NotFound
from pmo.models import Board, Column, Label, Membership, Project, Stage, Task


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


@dataclass(frozen=True, slots=True)
class BoardAccess(ProjectAccess):
    """A board with what its page's head says; `revision` is the present one."""

    board_id: int
    name: str
    revision: int
    version: int
    project_name: str


@dataclass(frozen=True, slots=True)
class ColumnAccess(ProjectAccess):
    """A column of a board."""

    column_id: int
    board_id: int
    board_key: str


@dataclass(frozen=True, slots=True)
class TaskAccess(ProjectAccess):
    """A task, where it stands now, and its two counters."""

    task_id: int
    column_id: int
    board_id: int
    board_key: str
    board_revision: int
    version: int
    moves: int


@dataclass(frozen=True, slots=True)
class PartAccess(ProjectAccess):
    """A stage or a label of a project."""

    part_id: int


def project(project_id: int, actor: Actor, capability: Capability) -> ProjectAccess:
    """Load a project. Raises NotFound, Forbidden."""
    row = _with_membership(_standing(), actor).where(Project.id == project_id)
    return ProjectAccess(*_allowed(row, actor, capability, "project"))


def board(board_id: int, actor: Actor, capability: Capability) -> BoardAccess:
    """Load a board. Raises NotFound, Forbidden."""
    query = _standing(Board.id, Board.name, Board.revision, Board.version, Project.short_name).join(
        Board
    )
    row = _with_membership(query, actor).where(Board.id == board_id)
    return BoardAccess(*_allowed(row, actor, capability, "board"))


def column(column_id: int, actor: Actor, capability: Capability) -> ColumnAccess:
    """Load a column. Raises NotFound, Forbidden."""
    query = _standing(Column.id, Board.id, Board.key).join(Board).join(Column)
    row = _with_membership(query, actor).where(Column.id == column_id)
    return ColumnAccess(*_allowed(row, actor, capability, "column"))


def task(task_id: int, actor: Actor, capability: Capability) -> TaskAccess:
    """Load a task. Raises NotFound, Forbidden."""
    query = _standing(
        Task.id, Column.id, Board.id, Board.key, Board.revision, Task.version, Task.moves
    )
    query = query.join(Task, on=(Task.project == Project.id)).join(Column).join(Board)
    row = _with_membership(query, actor).where(Task.id == task_id)
    return TaskAccess(*_allowed(row, actor, capability, "task"))


def stage(stage_id: int, actor: Actor, capability: Capability) -> PartAccess:
    """Load a stage. Raises NotFound, Forbidden."""
    row = _with_membership(_standing(Stage.id).join(Stage), actor).where(Stage.id == stage_id)
    return PartAccess(*_allowed(row, actor, capability, "stage"))


def label(label_id: int, actor: Actor, capability: Capability) -> PartAccess:
    """Load a label. Raises NotFound, Forbidden."""
    row = _with_membership(_standing(Label.id).join(Label), actor).where(Label.id == label_id)
    return PartAccess(*_allowed(row, actor, capability, "label"))


def visible_projects(actor: Actor) -> Any:
    """Return the condition on `Project` rows that the actor may see, for lists."""
    if permissions.office_may(actor, Capability.PROJECT_READ):
        return pw.SQL("1 = 1")
    own = Membership.select(Membership.project).where(Membership.user == actor.user_id)
    return Project.id.in_(own)


def require(actor: Actor, capability: Capability) -> None:
    """Check a capability that belongs to the office role alone. Raises Forbidden."""
    if not permissions.office_may(actor, capability):
        raise Forbidden(capability=capability.value)


def _standing(*more: Any) -> "pw.ModelSelect[Any]":
    """Select what every access has; `more` is appended behind the membership."""
    return Project.select(Project.id, Project.code, Project.gate, Membership.role, *more)


def _with_membership(query: "pw.ModelSelect[Any]", actor: Actor) -> "pw.ModelSelect[Any]":
    mine = (Membership.project == Project.id) & (Membership.user == actor.user_id)
    return query.join_from(Project, Membership, pw.JOIN.LEFT_OUTER, on=mine)


def _allowed(
    query: "pw.ModelSelect[Any]", actor: Actor, capability: Capability, kind: str
) -> tuple[Any, ...]:
    row = query.tuples().first()
    if row is None:
        raise NotFound(kind=kind)
    project_id, code, gate, membership, *more = row
    if not permissions.may(actor, Capability.PROJECT_READ, membership):
        raise NotFound(kind=kind)
    if not permissions.may(actor, capability, membership):
        raise Forbidden(capability=capability.value)
    return project_id, code, gate, membership, actor, *more
