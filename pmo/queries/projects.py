"""A project with its passport and parts; the registry and the portfolio board."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import gates, permissions
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability
from pmo.domain.rollup import TaskSums
from pmo.domain.vocabulary import Gate
from pmo.models import (
    Board,
    Label,
    Passport,
    Programme,
    Project,
    Stage,
    StrategicProject,
    User,
)
from pmo.queries import access, memberships, sums
from pmo.queries import gates as gate_queries
from pmo.queries import registry as _registry
from pmo.queries.cards import LabelView
from pmo.queries.memberships import MemberView
from pmo.queries.registry import RegistryChoices, RegistryItem, RegistryPage, choices, registry

__all__ = [
    "RegistryChoices",
    "RegistryItem",
    "RegistryPage",
    "choices",
    "codes",
    "passport",
    "portfolio_board",
    "project",
    "registry",
    "stages",
]


@dataclass(frozen=True, slots=True)
class PassportView:
    """A passport: texts and lists of Markdown. version: counts its own edits."""

    unique_idea: str
    goal: str
    objectives: tuple[str, ...]
    relevance: str
    concept: str
    advantage: str
    toolkit: tuple[str, ...]
    target_audience: str
    participants: tuple[str, ...]
    leads: tuple[str, ...]
    funding: tuple[str, ...]
    expected_results: tuple[str, ...]
    indicators: tuple[str, ...]
    risks: tuple[str, ...]
    acts: tuple[str, ...]
    national_directions: tuple[str, ...]
    products: tuple[str, ...]
    dissemination: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage. is_now: its period holds today."""

    id: int
    key: str
    name: str
    period: Period | None
    starts_on: date | None
    ends_on: date | None
    is_now: bool
    version: int


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board of the project."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with all that its page shows, and what this actor may do to it.

    weight: its share in roll-ups. passages: gates that the actor may take it to.
    version: counts edits of the head; the passport and each stage count their own.
    """

    id: int
    code: str
    name: str
    short_name: str
    gate: Gate
    weight: int
    lead_id: int | None
    lead: str
    strategic_project_id: int | None
    strategic_project: str
    programme: str
    proposed_by: str
    proposed_at: datetime
    version: int
    passport: PassportView
    stages: tuple[StageView, ...]
    members: tuple[MemberView, ...]
    labels: tuple[LabelView, ...]
    boards: tuple[BoardLink, ...]
    tasks: TaskSums
    passages: tuple[Gate, ...]
    can_edit: bool
    can_staff: bool
    can_configure: bool


@dataclass(frozen=True, slots=True)
class PortfolioCard:
    """A project as a card. passages: gates that this actor may take it to."""

    item: RegistryItem
    passages: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class GateColumn:
    """A gate as a column of the portfolio board."""

    gate: Gate
    cards: tuple[PortfolioCard, ...]


def project(project_id: int, actor: Actor, *, today: date) -> ProjectView:
    """Return a project with everything; nine statements. Raises NotFound."""
    allowed = access.project(project_id, actor, Capability.PROJECT_READ)
    return ProjectView(
        **_head(project_id),
        passport=_passport(project_id),
        stages=_stages(project_id, today),
        members=memberships.members(project_id, actor),
        labels=_labels(project_id),
        boards=_boards(project_id),
        tasks=sums.of_project(project_id, today=today),
        passages=gate_queries.passages(allowed),
        can_edit=allowed.may(Capability.PROJECT_EDIT),
        can_staff=allowed.may(Capability.PROJECT_STAFF),
        can_configure=allowed.may(Capability.BOARD_CONFIGURE),
    )


def passport(project_id: int, actor: Actor) -> PassportView:
    """Return the passport of a project; two statements. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return _passport(project_id)


def stages(project_id: int, actor: Actor, *, today: date) -> tuple[StageView, ...]:
    """Return the stages of a project in their order; two statements. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return _stages(project_id, today)


def codes() -> frozenset[str]:
    """Return all codes in use, so that a free one can be suggested; one statement."""
    return frozenset(code for (code,) in rows(Project.select(Project.code)))


def portfolio_board(actor: Actor, *, today: date) -> tuple[GateColumn, ...]:
    """Return the projects that the actor may see, gate by gate; two statements."""
    by_gate: dict[Gate, list[PortfolioCard]] = {gate: [] for gate in Gate}
    for item, membership in _registry.everything(actor, today=today):
        open_gates = tuple(
            target
            for target in gates.next_gates(item.gate)
            if permissions.may(actor, gates.PASSAGES[item.gate, target], membership)
        )
        by_gate[item.gate].append(PortfolioCard(item, open_gates))
    return tuple(GateColumn(gate, tuple(cards)) for gate, cards in by_gate.items())


def _head(project_id: int) -> dict[str, Any]:
    lead, proposer = User.alias(), User.alias()
    outer = pw.JOIN.LEFT_OUTER
    columns: dict[str, Any] = {
        "id": Project.id,
        "code": Project.code,
        "name": Project.name,
        "short_name": Project.short_name,
        "gate": Project.gate,
        "weight": Project.weight,
        "lead_id": lead.id,
        "lead": lead.name,
        "strategic_project_id": StrategicProject.id,
        "strategic_project": StrategicProject.name,
        "programme": Programme.name,
        "proposed_by": proposer.name,
        "proposed_at": Project.proposed_at,
        "version": Project.version,
    }
    [row] = rows(
        Project.select(*columns.values())
        .join(lead, outer, on=(Project.lead == lead.id))
        .join_from(Project, proposer, on=(Project.proposed_by == proposer.id))
        .join_from(Project, StrategicProject, outer)
        .join(Programme, outer)
        .where(Project.id == project_id)
    )
    head = dict(zip(columns, row, strict=True))
    empty = {name: head[name] or "" for name in ("lead", "strategic_project", "programme")}
    return head | empty


def _passport(project_id: int) -> PassportView:
    names = PassportView.__slots__
    columns = [getattr(Passport, name) for name in names]
    [values] = rows(Passport.select(*columns).where(Passport.project == project_id))
    listed: Any = (tuple(value) if isinstance(value, list) else value for value in values)
    return PassportView(*listed)


def _stages(project_id: int, today: date) -> tuple[StageView, ...]:
    query = Stage.select().where(Stage.project == project_id)
    return tuple(_stage(row, today) for row in query.order_by(Stage.position, Stage.id))


def _stage(row: Stage, today: date) -> StageView:
    begun = row.starts_on is not None and row.starts_on <= today
    return StageView(
        id=row.id,
        key=row.key,
        name=row.name,
        period=row.period,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_now=begun and (row.ends_on is None or row.ends_on >= today),
        version=row.version,
    )


def _labels(project_id: int) -> tuple[LabelView, ...]:
    query = Label.select(Label.id, Label.name, Label.colour).where(Label.project == project_id)
    return tuple(LabelView(*row) for row in rows(query.order_by(Label.name)))


def _boards(project_id: int) -> tuple[BoardLink, ...]:
    query = Board.select(Board.id, Board.key, Board.name).where(Board.project == project_id)
    return tuple(BoardLink(*row) for row in rows(query.order_by(Board.position, Board.id)))
