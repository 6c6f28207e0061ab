"""Sprints of a project, and the cards that stand in them and in the backlog."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprints import TRIAL
from pmo.domain.vocabulary import ColumnMeaning, SprintPolicy, SprintState, WeightUnit
from pmo.models import Column, Project, Sprint, SprintPerson, Task, User
from pmo.queries import access
from pmo.queries.cards import LIVE, Cards


@dataclass(frozen=True, slots=True)
class SprintView:
    """A sprint as it stands today; what it was at any other moment is told by the journal.

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
class SprintsView:
    """The sprints of a project, in order. count: fixed at the start, the trial one beside it."""

    project_id: int
    code: str
    short_name: str
    policy: SprintPolicy
    count: int | None
    weight_unit: WeightUnit
    sprints: tuple[SprintView, ...]
    can_plan: bool

    @property
    def active(self) -> SprintView | None:
        """Return the sprint that runs, None if none does."""
        running = [it for it in self.sprints if it.state is SprintState.ACTIVE]
        return running[0] if running else None


def of_project(project_id: int, actor: Actor) -> SprintsView:
    """Return all sprints of a project; three statements. Raises NotFound."""
    found = access.project(project_id, actor, Capability.PROJECT_READ)
    head = Project.select(
        Project.code,
        Project.short_name,
        Project.sprint_policy,
        Project.sprint_count,
        Project.weight_unit,
    )
    [(code, name, policy, count, unit)] = rows(head.where(Project.id == project_id))
    sprints = tuple(_view(row) for row in rows(_sprints(Sprint.project == project_id)))
    can_plan = found.may(Capability.SPRINT_PLAN)
    return SprintsView(project_id, code, name, policy, count, unit, sprints, can_plan)


def sprint(sprint_id: int, actor: Actor) -> tuple[SprintView, SprintsView]:
    """Return a sprint, and all of its project. Raises NotFound."""
    found = access.sprint(sprint_id, actor, Capability.PROJECT_READ)
    siblings = of_project(found.project_id, actor)
    [view] = [it for it in siblings.sprints if it.id == sprint_id]
    return view, siblings


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


def _view(row: tuple[Any, ...]) -> SprintView:
    return SprintView(*row[:10], *map(int, row[10:]))  # PostgreSQL sums into Decimal


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
