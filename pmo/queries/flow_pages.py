"""The figures of flow of a project that the caller may read, computed from its journal."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from pmo.db import rows
from pmo.domain.flow import computing, cumulative
from pmo.domain.flow.cumulative import Steps
from pmo.domain.flow.days import window
from pmo.domain.flow.figures import Figures, FlowStep, Tasks
from pmo.errors import NotFound
from pmo.models import Board, Column
from pmo.queries import flow_events
from pmo.queries.flow_events import State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at: days from first to last, with the knowledge of a moment.

    board_id: whose columns the cumulative flow has; None for the meanings of all boards, or the
    columns of the only one.
    """

    as_of: datetime
    first_on: date
    last_on: date
    board_id: int | None
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Between:
    """The cards between a step of the cumulative flow and the next one."""

    step: FlowStep
    tasks: Tasks


def state(project_id: int) -> State:
    """Return what changes with every event of a project; one statement."""
    return flow_events.state(project_id)


def figures(project_id: int, wanted: Wanted) -> Figures:
    """Return all figures; a few statements, whatever the journal holds. Raises NotFound."""
    lives = flow_events.lives(project_id).lives
    shown = window(
        lives, wanted.as_of, wanted.zone, first_on=wanted.first_on, last_on=wanted.last_on
    )
    return computing.of(lives, shown, wanted.zone, steps=_steps(project_id, wanted.board_id))


def between(project_id: int, wanted: Wanted, day: date, key: str) -> Between:
    """Return the cards in a band of the cumulative flow on a day. Raises NotFound."""
    steps = _steps(project_id, wanted.board_id)
    step = next((it for it in steps.steps if it.key == key), None)
    if step is None:
        raise NotFound(kind="step")
    lives = flow_events.lives(project_id).lives
    found = cumulative.between(lives, wanted.as_of, wanted.zone, steps=steps, key=key, day=day)
    return Between(step, found)


def _steps(project_id: int, board_id: int | None) -> Steps:
    """Return the columns of a board as steps; of all boards their meanings."""
    query = Column.select(Board.id, Board.key, Column.key, Column.name, Column.meaning)
    query = query.join(Board).where(Board.project == project_id)
    found = rows(query.order_by(Board.position, Column.position))
    boards = {row[0] for row in found}
    if board_id is not None and board_id not in boards:
        raise NotFound(kind="board")
    wanted = board_id if board_id is not None else next(iter(boards), None)
    if wanted is None or (board_id is None and len(boards) > 1):
        return Steps()
    mine = [row for row in found if row[0] == wanted]
    return Steps(mine[0][1], [FlowStep(key, name, meaning) for *_, key, name, meaning in mine])
