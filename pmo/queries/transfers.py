"""Where a task can be copied, moved or merged to."""

from dataclasses import dataclass

import peewee as pw

from pmo.db import rows
from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import MemberRole
from pmo.models import Board, Column, Membership, Project, Task
from pmo.queries import access, cards, departures
from pmo.queries.departures import LeftBehind

MOST_CARDS = 500


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """A project that a task could go to."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that a task could go to."""

    id: int
    name: str
    board: str
    board_id: int


@dataclass(frozen=True, slots=True)
class TransferChoices:
    """Where a task can go. target: the project that is chosen, its columns in `columns`.

    left: what would stay behind, once a project is chosen.
    """

    own_columns: tuple[ColumnChoice, ...]
    projects: tuple[ProjectChoice, ...]
    target: int | None
    columns: tuple[ColumnChoice, ...]
    left: LeftBehind | None
    cards: tuple[tuple[int, str, str], ...]


def choices(task_id: int, actor: Actor, *, target: int | None) -> TransferChoices:
    """Return where a task can go. Raises NotFound, Forbidden, Archived."""
    found = access.task(task_id, actor, Capability.TASK_EDIT)
    projects = tuple(one for one in _projects(actor) if one.id != found.project_id)
    chosen = target if target in {one.id for one in projects} else None
    others = (Task.project == found.project_id) & (Task.id != task_id) & cards.LIVE
    query = Task.select(Task.id, Task.number, Task.title).where(others)
    return TransferChoices(
        own_columns=_columns(found.project_id),
        projects=projects,
        target=chosen,
        columns=() if chosen is None else _columns(chosen),
        left=None if chosen is None else departures.of_task(task_id, chosen)[1],
        cards=tuple(
            (id_, f"{found.code}-{number}", title)
            for id_, number, title in rows(query.order_by(Task.number.desc()).limit(MOST_CARDS))
        ),
    )


def left_behind(task_id: int, actor: Actor, *, target: int) -> LeftBehind:
    """Return what would stay behind. Raises NotFound, Forbidden (either project), Archived."""
    access.task(task_id, actor, Capability.TASK_EDIT)
    access.project(target, actor, Capability.TASK_EDIT)
    return departures.of_task(task_id, target)[1]


def _projects(actor: Actor) -> list[ProjectChoice]:
    """Return the projects in which the actor may edit cards."""
    mine = (Membership.project == Project.id) & (Membership.user == actor.user_id)
    query = Project.select(Project.id, Project.code, Project.short_name, Membership.role)
    query = query.join(Membership, pw.JOIN.LEFT_OUTER, on=mine).order_by(Project.code)
    return [
        ProjectChoice(id_, code, name)
        for id_, code, name, role in rows(query)
        if permissions.may(actor, Capability.TASK_EDIT, None if role is None else MemberRole(role))
    ]


def _columns(project_id: int) -> tuple[ColumnChoice, ...]:
    query = Column.select(Column.id, Column.name, Board.name, Board.id).join(Board)
    query = query.where(Board.project == project_id)
    return tuple(
        ColumnChoice(*row) for row in rows(query.order_by(Board.position, Column.position))
    )
