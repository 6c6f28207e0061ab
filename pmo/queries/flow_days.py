"""Figures of flow by day: those that are kept, and what came since, computed."""

from collections.abc import Sequence
from datetime import date, tzinfo

from pmo.db import rows
from pmo.domain.flow import daily
from pmo.domain.flow.daily import NOTHING, RULES, DayFigures
from pmo.domain.permissions import Actor, Capability
from pmo.models import FlowDay, FlowState
from pmo.queries import access, flow, flow_events

COLUMNS = (
    FlowDay.day,
    FlowDay.remaining,
    FlowDay.in_work,
    FlowDay.blocked,
    FlowDay.remaining_weight,
    FlowDay.done_weight,
    FlowDay.finished,
    FlowDay.finished_weight,
)
REACHED = (
    FlowDay.reached_queue,
    FlowDay.reached_in_progress,
    FlowDay.reached_waiting,
    FlowDay.reached_cancelled,
    FlowDay.reached_done,
)


def of_project(
    project_id: int, actor: Actor, *, first_on: date, last_on: date, zone: tzinfo
) -> tuple[DayFigures, ...]:
    """Return the figures of every day, both ends included. Raises NotFound.

    From what is kept if it is of the journal as it is, else from the journal: both are the same.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    if is_kept(project_id, last_on, zone):
        found: Sequence[DayFigures] = kept(project_id, last_on)
    else:
        found = daily.of(flow.lives(project_id).lives, last_on, zone)
    before = next((it for it in reversed(found) if it.day < first_on), NOTHING)
    within = [it for it in found if it.day >= first_on]
    return tuple(daily.filled(within, first_on, last_on, before))


def is_kept(project_id: int, last_on: date, zone: tzinfo) -> bool:
    """Tell whether what is kept is of the present journal, and goes to a day; two statements."""
    state = FlowState.get_or_none(FlowState.project == project_id)
    if state is None or (state.zone, state.rules) != (str(zone), RULES):
        return False
    if not (state.is_complete or state.kept_to >= last_on):
        return False
    return flow_events.state(project_id)[:1] == (state.last_event,)


def kept(project_id: int, last_on: date) -> list[DayFigures]:
    """Return the days of a project that are kept, up to one; one statement."""
    mine = (FlowDay.project == project_id) & (FlowDay.day <= last_on)
    query = FlowDay.select(*COLUMNS, *REACHED).where(mine).order_by(FlowDay.day)
    return [daily.of_row(day, row) for day, *row in rows(query)]
