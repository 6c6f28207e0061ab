"""Figures of flow by day, kept for trends: made of the journal alone, and anew at any time.

Only days that are over are kept. Reading needs none of this: what is not kept yet is computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain.flow import daily
from pmo.domain.flow.daily import RULES, DayFigures
from pmo.domain.flow.days import DAY, end_of
from pmo.models import Event, FlowDay, FlowState, Project
from pmo.queries import flow_days as queries
from pmo.queries import flow_events

SETTLED = timedelta(minutes=10)
"""After so long nobody's transaction is open any more: no event can come to be seen before the
last one that was."""

BATCH = 500
"""Rows of one INSERT."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilding came across. days: that are kept now. differing: that were not equal."""

    projects: int
    events: int
    days: int
    differing: int


@dataclass(frozen=True, slots=True)
class _Due:
    """A project whose days are to be kept. last_event: of its journal, at that moment."""

    project_id: int
    last_event: int
    last_at: datetime


def keep(at: datetime, today: date) -> None:
    """Bring all projects up to the day before: what time brings every day. at: in their zone."""
    zone = _zone(at)
    for due in _due(at, today - DAY, zone):
        _write(due, at, today - DAY, zone)


def rebuild(at: datetime, today: date, *, only_compare: bool = False) -> Rebuilt:
    """Make everything that is kept anew; tell how much of it had not been equal.

    only_compare: write nothing but what has not been kept yet. at: in the zone of the office.
    """
    zone, last_on = _zone(at), today - DAY
    for due in _due(at, last_on, zone, also_changed=True):
        _write(due, at, last_on, zone)
    projects = events = days = differing = 0
    for due in _all():
        found = flow_events.lives(due.project_id)
        made = daily.of(found.lives, last_on, zone)
        there = queries.kept(due.project_id, last_on)
        projects, days = projects + 1, days + len(made)
        events += found.count
        wrong = len(set(made) ^ set(there))
        differing += wrong
        if wrong and not only_compare:
            _replace(due, at, last_on, zone, made)
    return Rebuilt(projects, events, days, differing)


def _zone(at: datetime) -> tzinfo:
    if at.tzinfo is None:
        message = "a moment must know its time zone"
        raise ValueError(message)
    return at.tzinfo


def _all() -> Iterator[_Due]:
    """Yield every project that has a journal, with the end of it."""
    last = Event.alias()
    newest = last.select(pw.fn.MAX(last.id)).where(last.project == Project.id)
    query = Project.select(Project.id, Event.id, Event.at).join(Event, on=(Event.id == newest))
    for project_id, last_event, last_at in rows(query.order_by(Project.id)):
        yield _Due(project_id, last_event, last_at)


def _due(
    at: datetime, last_on: date, zone: tzinfo, *, also_changed: bool = False
) -> Iterator[_Due]:
    """Yield projects of which a day that is over is not kept yet.

    also_changed: those too whose journal has got more since, be it of a day still to be kept.
    """
    states = {state.project_id: state for state in FlowState.select()}
    for due in _all():
        state = states.get(due.project_id)
        if state is None or (state.zone, state.rules) != (str(zone), RULES):
            yield due
            continue
        has_more = due.last_event != state.last_event
        is_behind = state.kept_to < last_on
        if (has_more and (is_behind or also_changed)) or (is_behind and not state.is_complete):
            yield due


def _write(due: _Due, at: datetime, last_on: date, zone: tzinfo) -> None:
    made = daily.of(flow_events.lives(due.project_id).lives, last_on, zone)
    _replace(due, at, last_on, zone, made)


def _replace(due: _Due, at: datetime, last_on: date, zone: tzinfo, made: list[DayFigures]) -> None:
    """Write what differs, unless another process has meanwhile kept what came later."""
    settled = min(end_of(last_on, zone), at - SETTLED)
    state = {
        "kept_to": last_on,
        "last_event": due.last_event,
        "is_complete": due.last_at <= settled,
        "zone": str(zone),
        "rules": RULES,
    }
    with transaction():
        first = {**state, "project": due.project_id, "last_event": 0, "rules": 0}
        FlowState.insert(first).on_conflict_ignore().execute()
        present = locked(FlowState.select().where(FlowState.project == due.project_id)).get()
        if present.last_event > due.last_event or (
            present.rules == RULES and present.kept_to > last_on
        ):
            return
        mine = FlowDay.project == due.project_id
        there = set(queries.kept(due.project_id, date.max))
        for days in pw.chunked([it.day for it in there - set(made)], BATCH):
            FlowDay.delete().where(mine & FlowDay.day.in_(days)).execute()
        new = (_row(due.project_id, it) for it in made if it not in there)
        for batch in pw.chunked(new, BATCH):
            FlowDay.insert_many(batch).execute()
        FlowState.update(state).where(FlowState.project == due.project_id).execute()


def _row(project_id: int, it: DayFigures) -> dict[str, object]:
    names = [column.name for column in (*queries.COLUMNS, *queries.REACHED)]
    values = [getattr(it, name) for name in names[: len(queries.COLUMNS)]]
    return {"project": project_id, **dict(zip(names, [*values, *it.reached], strict=True))}
