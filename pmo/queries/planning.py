"""The planning of a sprint: its cards beside the backlog, and what of them does not fit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import peewee as pw

from pmo.db import rows
from pmo.domain import capacity as capacities
from pmo.domain import commitments, sprint_fit
from pmo.domain.capacity import Capacity, Presence
from pmo.domain.commitments import Past, Room
from pmo.domain.flow.lives import Lives
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprint_fit import Blocker, Misfit, Planned
from pmo.domain.sprints import Span
from pmo.domain.vocabulary import ColumnMeaning, SprintState, WeightUnit
from pmo.errors import Conflict
from pmo.models import Board, Column, Sprint, SprintPerson, SprintReport, Task, TaskDependency
from pmo.queries import cards, flow_events, sprints, task_filters, workdays
from pmo.queries.cards import CardView
from pmo.queries.sprints import ShareView, SprintDetail, SprintView
from pmo.queries.task_filters import BACKLOG, EVERYTHING, TaskFilters
from pmo.queries.task_tables import ORDER

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A card of a plan. board, column: names of where it stands.

    late: keys of the blockers that will not be done in time.
    """

    card: CardView
    board: str
    column: str
    expected_result: str
    misfits: tuple[Misfit, ...]
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Capacity against commitment. shares: of the people, in the order of `people`."""

    people: tuple[ShareView, ...]
    capacity: Capacity
    room: Room
    committed: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    """A page of the backlog. total: how many cards fit the filter."""

    cards: tuple[PlannedCard, ...]
    total: int
    page: int

    @property
    def page_count(self) -> int:
        """How many pages there are; one at least."""
        return max(-(-self.total // PAGE_SIZE), 1)


@dataclass(frozen=True, slots=True)
class Planning:
    """A sprint as it is planned. refused: why it takes no cards yet, or any more."""

    detail: SprintDetail
    refused: Conflict | None
    cards: tuple[PlannedCard, ...]
    backlog: Backlog
    load: Load


def of_sprint(
    sprint_id: int, actor: Actor, filters: TaskFilters, *, page: int, today: date
) -> Planning:
    """Return a sprint with its cards, and a page of the backlog. Raises NotFound, Forbidden.

    As many statements for one card as for hundreds.
    """
    detail = sprints.detail(sprint_id, actor, Capability.SPRINT_PLAN)
    sprint, siblings = detail.sprint, detail.siblings
    refused = sprints.takes(sprint.number, siblings.standings, siblings.policy)
    asked = replace(filters, sprint=BACKLOG)
    scope = Task.project == siblings.project_id
    waiting = task_filters.ids(scope, asked, today=today, order=ORDER) if refused is None else []
    # A page behind the last shows the last: its cards may just have gone into the sprint.
    page = min(page, max(-(-len(waiting) // PAGE_SIZE), 1))
    shown = waiting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    mine = _cards_of(sprint_id, today)
    planned = _planned([*mine, *shown], detail.siblings.code, sprint, today)
    return Planning(
        detail,
        refused,
        tuple(planned[: len(mine)]),
        Backlog(tuple(planned[len(mine) :]), len(waiting), page),
        load(detail),
    )


def cards_of(sprint_id: int, actor: Actor, *, today: date) -> tuple[PlannedCard, ...]:
    """Return the cards of a sprint, in board order. Raises NotFound."""
    view, siblings = sprints.sprint(sprint_id, actor)
    return tuple(_planned(_cards_of(sprint_id, today), siblings.code, view, today))


def load(detail: SprintDetail) -> Load:
    """Return capacity against commitment; two statements, and the journal's where it tells."""
    sprint, siblings = detail.sprint, detail.siblings
    calendar = workdays.calendar()
    present = [Presence(it.login, it.percent, it.days_off) for it in detail.people]
    found = capacities.capacity(calendar, sprint.starts_on, sprint.ends_on, present)
    past: tuple[Past, ...] = ()
    if siblings.weight_unit is WeightUnit.POINTS:
        past = past_of(siblings.project_id, siblings.sprints)
    room = commitments.room(siblings.weight_unit, found.person_days, found.person_hours, past)
    years = range(sprint.starts_on.year, sprint.ends_on.year + 1)
    known = all(calendar.is_confirmed(year) for year in years)
    return Load(detail.people, found, room, sprint.weight, known)


def past_of(project_id: int, all_of_project: Sequence[SprintView]) -> tuple[Past, ...]:
    """Return what the closed sprints of a project brought; the caller has checked the actor.

    As their reports keep it; of a sprint without one, which came in a file, from the journal.
    """
    closed = [it for it in all_of_project if it.state is SprintState.CLOSED]
    if not closed:
        return ()
    calendar = workdays.calendar()
    people = defaultdict(list)
    query = SprintPerson.select(SprintPerson.sprint, SprintPerson.percent, SprintPerson.days_off)
    for sprint_id, percent, days_off in rows(
        query.where(SprintPerson.sprint.in_([it.id for it in closed]))
    ):
        people[sprint_id].append(Presence("", percent, days_off))
    kept = SprintReport.select(SprintReport.sprint, SprintReport.data)
    reports = dict(rows(kept.where(SprintReport.sprint.in_([it.id for it in closed]))))
    is_untold = len(reports) < len(closed)
    lives = flow_events.lives(project_id).lives if is_untold else {}
    found = []
    for it in closed:
        done = reports[it.id]["velocity"] if it.id in reports else _done(lives, it)
        days = capacities.capacity(calendar, it.starts_on, it.ends_on, people[it.id]).person_days
        found.append(Past(it.number, done, days))
    return tuple(found)


def _done(lives: Lives, sprint: SprintView) -> int:
    """Return the weight of what was done in a sprint at its closing, of which no report is kept."""
    at = sprint.closed_at
    assert at is not None  # noqa: S101 - a closed sprint has one
    return sum(
        life.weight(at)
        for life in lives.values()
        if life.sprint(at) == sprint.number and life.finished_at(at) is not None
    )


def _cards_of(sprint_id: int, today: date) -> list[int]:
    return task_filters.ids(Task.sprint == sprint_id, EVERYTHING, today=today, order=ORDER)


def _planned(ids: list[int], code: str, sprint: SprintView, today: date) -> list[PlannedCard]:
    """Return cards with what of them does not fit; six statements."""
    if not ids:
        return []
    fields = (
        Task.id,
        Board.name,
        Column.name,
        Task.expected_result,
        Task.starts_on,
        Task.ends_on,
    )
    query = Task.select(*fields).join(Column).join(Board).where(Task.id.in_(ids))
    texts = {row[0]: row[1:] for row in rows(query)}
    blockers = _blockers(ids, code)
    found = []
    for card in cards.of_tasks(ids, today=today):
        board, column, result, starts_on, ends_on = texts[card.id]
        of_card = tuple(blockers[card.id])
        planned = Planned(bool(result), starts_on, ends_on, card.due_on, of_card)
        span = Span(sprint.starts_on, sprint.ends_on)
        wrong = () if card.is_done else sprint_fit.misfits(planned, sprint.number, span)
        late = tuple(it.key for it in sprint_fit.late(of_card, sprint.number))
        found.append(PlannedCard(card, board, column, result, wrong, late))
    return found


def _blockers(ids: list[int], code: str) -> dict[int, list[Blocker]]:
    """Return what the cards wait for, with the sprint that is to do it; one statement."""
    blocker, column = Task.alias(), Column.alias()
    fields = (TaskDependency.task, blocker.number, Sprint.number, Sprint.state)
    query = TaskDependency.select(*fields)
    query = query.join(blocker, on=(TaskDependency.blocker == blocker.id))
    query = query.join(column, on=(blocker.column == column.id))
    query = query.join_from(blocker, Sprint, pw.JOIN.LEFT_OUTER, on=(blocker.sprint == Sprint.id))
    open_ = blocker.archived_at.is_null() & (column.meaning != ColumnMeaning.DONE)
    found: dict[int, list[Blocker]] = defaultdict(list)
    query = query.where(TaskDependency.task.in_(ids) & open_).order_by(blocker.number)
    for task_id, number, sprint, state in rows(query):
        is_to_do = sprint if state is not SprintState.CLOSED else None
        found[task_id].append(Blocker(f"{code}-{number}", is_to_do))
    return found
