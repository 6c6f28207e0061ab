"""Sprints of a project, and the cards that stand in them and in the backlog."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprints import TRIAL, Standing, check_takes
from pmo.domain.vocabulary import ColumnMeaning, SprintPolicy, SprintState, WeightUnit
from pmo.errors import Conflict
from pmo.models import Board, Column, Project, Sprint, SprintPerson, SprintReport, Task, User
from pmo.queries import access
from pmo.queries.cards import LIVE, Cards
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class SprintView:
    """A sprint as it stands today, a closed one as its report was frozen.

    Counts are of cards, weights of what they weigh, archived ones left out.
    """

    id: int
    number: int
    goal: str
    starts_on: date
    ends_on: date
    state: SprintState
    started_at: datetime | None
    closed_at: datetime | None
    goal_met: bool | None
    version: int
    task_count: int
    done_count: int
    weight: int
    done_weight: int

    @property
    def is_trial(self) -> bool:
        """Tell whether it is the trial sprint."""
        return self.number == TRIAL


@dataclass(frozen=True, slots=True)
class ShareView:
    """A person in a sprint. percent: of a working day. days_off: working days away."""

    user_id: int
    login: str
    name: str
    percent: int
    days_off: int


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A board of the project."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SprintsView:
    """The sprints of a project, in order. count: fixed at the start, the trial one beside it."""

    project_id: int
    code: str
    short_name: str
    policy: SprintPolicy
    count: int | None
    weight_unit: WeightUnit
    sprints: tuple[SprintView, ...]
    boards: tuple[BoardLink, ...]
    can_plan: bool

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return them as the rules see them."""
        return tuple(Standing(it.number, it.state, it.starts_on, it.ends_on) for it in self.sprints)

    @property
    def active(self) -> SprintView | None:
        """Return the sprint that runs, None if none does."""
        running = [it for it in self.sprints if it.state is SprintState.ACTIVE]
        return running[0] if running else None


def has_active(project_id: int) -> bool:
    """Tell whether a sprint of a project runs; one statement. The caller has checked the actor."""
    return bool(_active(project_id=project_id))


@Statement
def _active(*, project_id: Any) -> Any:
    active = Sprint.state == SprintState.ACTIVE.value
    return Sprint.select(Sprint.id).where((Sprint.project == project_id) & active)


@dataclass(frozen=True, slots=True)
class OpenSprint:
    """A sprint that takes cards now."""

    id: int
    number: int
    state: SprintState


@dataclass(frozen=True, slots=True)
class TaskSprints:
    """The sprints that a card may be put into. count: of the project, None without sprints."""

    project_id: int
    count: int | None
    choices: tuple[OpenSprint, ...]
    can_plan: bool


def of_task(task_id: int, actor: Actor) -> TaskSprints:
    """Return the sprints that take a card of this project now; three statements. NotFound."""
    found = access.archived_or_live_task(task_id, actor, Capability.PROJECT_READ)
    head = Project.select(Project.sprint_policy, Project.sprint_count)
    [(policy, count)] = rows(head.where(Project.id == found.project_id))
    can_plan = found.may(Capability.SPRINT_PLAN)
    fields = (Sprint.number, Sprint.state, Sprint.starts_on, Sprint.ends_on)
    query = Sprint.select(Sprint.id, *fields).where(Sprint.project == found.project_id)
    all_of_project = rows(query.order_by(Sprint.number))
    standings = tuple(Standing(*row[1:]) for row in all_of_project)
    choices = tuple(
        OpenSprint(sprint_id, number, state)
        for sprint_id, number, state, *_days in all_of_project
        if takes(number, standings, policy) is None
    )
    return TaskSprints(found.project_id, count, choices, can_plan)


def takes(number: int, standings: tuple[Standing, ...], policy: SprintPolicy) -> Conflict | None:
    """Return why a sprint takes no cards now, None if it does."""
    try:
        check_takes(number, standings, policy)
    except Conflict as refusal:
        return refusal
    return None


def of_project(project_id: int, actor: Actor) -> SprintsView:
    """Return all sprints of a project; five statements. Raises NotFound."""
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    head = Project.select(
        Project.code,
        Project.short_name,
        Project.sprint_policy,
        Project.sprint_count,
        Project.weight_unit,
    )
    [(code, name, policy, count, unit)] = rows(head.where(Project.id == project_id))
    closed = _frozen(project_id)
    found_rows = rows(_sprints(Sprint.project == project_id))
    sprints = tuple(_view(row, closed.get(row[0])) for row in found_rows)
    can_plan = found.may(Capability.SPRINT_PLAN)
    query = Board.select(Board.id, Board.name).where(Board.project == project_id)
    boards = tuple(BoardLink(*row) for row in rows(query.order_by(Board.position, Board.id)))
    return SprintsView(project_id, code, name, policy, count, unit, sprints, boards, can_plan)


def sprint(
    sprint_id: int, actor: Actor, capability: Capability = Capability.PROJECT_READ
) -> tuple[SprintView, SprintsView]:
    """Return a sprint, and all of its project. Raises NotFound, Forbidden."""
    found = access.sprint(sprint_id, actor, capability)
    siblings = of_project(found.project_id, actor)
    [view] = [it for it in siblings.sprints if it.id == sprint_id]
    return view, siblings


@dataclass(frozen=True, slots=True)
class SprintDetail:
    """A sprint with its people, and the others of its project."""

    sprint: SprintView
    people: tuple[ShareView, ...]
    siblings: SprintsView


def detail(
    sprint_id: int, actor: Actor, capability: Capability = Capability.PROJECT_READ
) -> SprintDetail:
    """Return a sprint with its people; six statements. Raises NotFound, Forbidden."""
    view, siblings = sprint(sprint_id, actor, capability)
    return SprintDetail(view, people(sprint_id), siblings)


def people(sprint_id: int) -> tuple[ShareView, ...]:
    """Return the people of a sprint by name; one statement. The caller has checked the actor."""
    query = SprintPerson.select(
        SprintPerson.user, User.login, User.name, SprintPerson.percent, SprintPerson.days_off
    )
    query = query.join(User).where(SprintPerson.sprint == sprint_id)
    return tuple(ShareView(*row) for row in rows(query.order_by(User.name, User.id)))


def _sprints(condition: Any) -> Any:
    """Return sprints with the sums of their cards, in order."""
    is_done = Column.meaning == ColumnMeaning.DONE
    columns = (
        Sprint.id,
        Sprint.number,
        Sprint.goal,
        Sprint.starts_on,
        Sprint.ends_on,
        Sprint.state,
        Sprint.started_at,
        Sprint.closed_at,
        Sprint.goal_met,
        Sprint.version,
        pw.fn.COUNT(Task.id),
        _sum(pw.Case(None, ((is_done, 1),), 0)),
        _sum(Task.weight),
        _sum(pw.Case(None, ((is_done, Task.weight),), 0)),
    )
    query = Sprint.select(*columns)
    query = query.join(Task, pw.JOIN.LEFT_OUTER, on=(Task.sprint == Sprint.id) & LIVE)
    query = query.join(Column, pw.JOIN.LEFT_OUTER, on=(Task.column == Column.id))
    return query.where(condition).group_by(Sprint.id).order_by(Sprint.number)


def _sum(what: Any) -> Any:
    return pw.fn.COALESCE(pw.fn.SUM(what), 0)


def _frozen(project_id: int) -> dict[int, tuple[int, ...]]:
    """Return what closed sprints held and did at their closing, as the last fields of a view."""
    query = SprintReport.select(SprintReport.sprint, SprintReport.data).join(Sprint)
    found: dict[int, tuple[int, ...]] = {}
    for sprint_id, kept in rows(query.where(Sprint.project == project_id)):
        done = [line["weight"] for line in kept["done"]]
        held = [*done, *(line["weight"] for line in kept["unfinished"])]
        found[sprint_id] = (len(held), len(done), sum(held), sum(done))
    return found


def _view(row: tuple[Any, ...], frozen: tuple[int, ...] | None) -> SprintView:
    sums = frozen or map(int, row[10:])  # PostgreSQL sums into Decimal
    return SprintView(*row[:10], *sums)


CLOSED = Sprint.select(Sprint.id).where(Sprint.state == SprintState.CLOSED)

IN_SPRINT = Cards(lambda sprint_id: (Task.sprint == sprint_id) & LIVE)
BACKLOG = Cards(
    lambda project_id: (
        (Task.project == project_id)
        & LIVE
        & (Column.meaning != ColumnMeaning.DONE)
        & (Task.sprint.is_null() | Task.sprint.in_(CLOSED))
    )
)
"""What no sprint is to do: a card of a closed one too, that came out of the archive since."""
