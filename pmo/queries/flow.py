"""The figures of flow of a project, and its forecast: from its journal, as of any moment.

What the caller may read is the caller's affair but for `of_project` and `forecast_of_project`.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from pmo.db import rows
from pmo.domain.flow import columns, computing, cumulative, forecast
from pmo.domain.flow.columns import BoardColumns
from pmo.domain.flow.cumulative import Steps
from pmo.domain.flow.days import end_of, on, window
from pmo.domain.flow.figures import Figures, FlowStep, Tasks
from pmo.domain.flow.forecast import Asked, Forecast
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Board, Column, Stage
from pmo.queries import access, flow_events
from pmo.queries.flow_events import ProjectLives, State
from pmo.queries.flow_memo import Memo

MOST_CARDS = 5_000
"""Whose lives a process keeps; one of them takes about two kilobytes."""

MOST_FIGURES = 12

_lives: Memo[ProjectLives] = Memo(MOST_CARDS)
_figures: Memo[Figures] = Memo(MOST_FIGURES)
_forecasts: Memo[Forecast] = Memo(MOST_FIGURES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at: days from first to last, with the knowledge of a moment.

    board_id: whose columns the cumulative flow has; None for the meanings of all boards, or the
    columns of the only one. first_on, last_on: None for the usual days.
    """

    as_of: datetime
    first_on: date | None
    last_on: date | None
    board_id: int | None
    zone: tzinfo
    percent: int = 85
    window_days: int = 90


@dataclass(frozen=True, slots=True)
class Between:
    """The cards between a step of the cumulative flow and the next one."""

    step: FlowStep
    tasks: Tasks


def of_project(project_id: int, actor: Actor, wanted: Wanted) -> Figures:
    """Return all figures of a project. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return figures(project_id, wanted)


def forecast_of_project(
    project_id: int, actor: Actor, as_of: datetime, zone: tzinfo, asked: Asked
) -> Forecast:
    """Return the forecast of a project; `asked.planned` is filled in. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return forecast_of(project_id, as_of, zone, asked)


def state(project_id: int) -> State:
    """Return what changes with every event of a project; one statement."""
    return flow_events.state(project_id)


def lives(project_id: int) -> ProjectLives:
    """Return the lives of a project's cards, kept as long as nothing is added: never alter them."""
    known = state(project_id)
    return _lives.get(
        (project_id, known), lambda: flow_events.lives(project_id), lambda it: len(it.lives) + 1
    )


def figures(project_id: int, wanted: Wanted) -> Figures:
    """Return all figures; a few statements, whatever the journal holds. Raises NotFound."""
    found = lives(project_id)
    boards = _boards(project_id)
    moment = _moment(found, wanted.as_of, wanted.zone)
    key = (project_id, found.state, moment, replace(wanted, as_of=datetime.max), boards)
    return _figures.get(key, lambda: _computed(found, wanted, boards), lambda _it: 1)


def between(project_id: int, wanted: Wanted, day: date, key: str) -> Between:
    """Return the cards in a band of the cumulative flow on a day. Raises NotFound."""
    found = lives(project_id)
    steps = _steps(found, wanted, _boards(project_id))
    step = next((it for it in steps.steps if it.key == key), None)
    if step is None:
        raise NotFound(kind="step")
    tasks = cumulative.between(
        found.lives, wanted.as_of, wanted.zone, steps=steps, key=key, day=day
    )
    return Between(step, tasks)


def forecast_of(project_id: int, as_of: datetime, zone: tzinfo, asked: Asked) -> Forecast:
    """Return the forecast; `asked.planned` is filled in with the last days of the stages.

    The project is to end with the last of them.
    """
    found = lives(project_id)
    query = Stage.select(Stage.key, Stage.ends_on).where(Stage.project == project_id)
    stages: Sequence[tuple[str | None, date | None]] = rows(query.order_by(Stage.position))
    ends = [ends_on for _key, ends_on in stages if ends_on is not None]
    planned = (*stages, (None, max(ends, default=None)))
    full = Asked(asked.seed, asked.count, asked.by, planned, asked.history_days, asked.runs)
    key = (project_id, found.state, _moment(found, as_of, zone), zone, full)
    return _forecasts.get(key, lambda: forecast.of(found.lives, as_of, zone, full), lambda _it: 1)


def _moment(found: ProjectLives, as_of: datetime, zone: tzinfo) -> Hashable:
    """Return what tells moments apart.

    Of an unfinished day all are one if nothing is known of later, though running hours grow.
    """
    if found.last_at is not None and as_of < found.last_at:
        return as_of
    day = on(as_of, zone)
    return day, as_of >= end_of(day, zone)


def _computed(found: ProjectLives, wanted: Wanted, boards: "_Boards") -> Figures:
    shown = window(
        found.lives, wanted.as_of, wanted.zone, first_on=wanted.first_on, last_on=wanted.last_on
    )
    return computing.of(
        found.lives,
        shown,
        wanted.zone,
        steps=_steps(found, wanted, boards),
        percent=wanted.percent,
        window_days=wanted.window_days,
    )


_Boards = tuple[tuple[int, BoardColumns], ...]


def _boards(project_id: int) -> _Boards:
    """Return the boards of a project with their columns as they are now; one statement."""
    query = Column.select(Board.id, Board.key, Column.key, Column.name, Column.meaning)
    query = query.join(Board).where(Board.project == project_id)
    found: dict[tuple[int, str], list[FlowStep]] = {}
    for id_, board, key, name, meaning in rows(
        query.order_by(Board.position, Board.id, Column.position)
    ):
        found.setdefault((id_, board), []).append(FlowStep(key, name, meaning))
    return tuple((id_, BoardColumns(key, tuple(its))) for (id_, key), its in found.items())


def _steps(found: ProjectLives, wanted: Wanted, boards: _Boards) -> Steps:
    """Return the columns of a board as steps; of all boards their meanings."""
    by_id = dict(boards)
    if wanted.board_id is None and len(boards) != 1:
        return Steps()
    board = boards[0][1] if wanted.board_id is None else by_id.get(wanted.board_id)
    if board is None:
        raise NotFound(kind="board")
    then = columns.as_of(board, found.columns, found.lives, wanted.as_of)
    return Steps(then.key, then.columns)
