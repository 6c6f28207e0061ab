"""Figures of flow by day, kept for trends: made of the journal alone, and anew at any time.

Only days that are over are kept. Reading needs none of this: what is not kept yet is computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain.flow import daily
from pmo.domain.flow.daily import RULES, DayFigures
from pmo.domain.flow.days import DAY, end_of
from pmo.models import Event, FlowDay, FlowState, Project
from pmo.queries import flow_days as queries
from pmo.queries import flow_events
from pmo.queries.flow_events import ProjectLives

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
class _Journal:
    """The end of a project's journal, before it was read. last_at: the latest moment known of."""

    project_id: int
    last_event: int
    last_at: datetime

    def up_to(self, found: ProjectLives) -> "_Journal":
        """Return it with the latest moment of what was read: the last event need not have it."""
        return replace(self, last_at=max(self.last_at, found.last_at or self.last_at))


def keep(at: datetime, today: date) -> None:
    """Bring all projects up to the day before: what time brings every day. at: in their zone."""
    zone, last_on = _zone(at), today - DAY
    states = _states()
    for known in _journals():
        if _is_behind(known, states.get(known.project_id), last_on, zone):
            found = flow_events.lives(known.project_id)
            _write(known.up_to(found), at, last_on, zone, daily.of(found.lives, last_on, zone))


def rebuild(at: datetime, today: date, *, only_compare: bool = False) -> Rebuilt:
    """Make everything that is kept anew; tell how much of it had not been equal.

    only_compare: write nothing but what has not been kept yet. at: in the zone of the office.
    """
    zone, last_on = _zone(at), today - DAY
    states = _states()
    projects = events = days = differing = 0
    for known in _journals():
        state = states.get(known.project_id)
        found = flow_events.lives(known.project_id)
        made = daily.of(found.lives, last_on, zone)
        is_due = (
            state is None
            or known.last_event != state.last_event
            or _is_behind(known, state, last_on, zone)
        )
        wrong = 0 if is_due else len(set(made) ^ set(queries.kept(known.project_id, last_on)))
        if is_due or (wrong and not only_compare):
            _write(known.up_to(found), at, last_on, zone, made)
        projects, days = projects + 1, days + len(made)
        events, differing = events + found.count, differing + wrong
    return Rebuilt(projects, events, days, differing)


def _zone(at: datetime) -> tzinfo:
    if at.tzinfo is None:
        message = "a moment must know its time zone"
        raise ValueError(message)
    return at.tzinfo


def _states() -> dict[int, FlowState]:
    return {state.project_id: state for state in FlowState.select()}


def _journals() -> Iterator[_Journal]:
    """Yield every project that has a journal, with the end of it."""
    last = Event.alias()
    newest = last.select(pw.fn.MAX(last.id)).where(last.project == Project.id)
    query = Project.select(Project.id, Event.id, Event.at).join(Event, on=(Event.id == newest))
    for project_id, last_event, last_at in rows(query.order_by(Project.id)):
        yield _Journal(project_id, last_event, last_at)


def _is_behind(known: _Journal, state: FlowState | None, last_on: date, zone: tzinfo) -> bool:
    """Tell whether a day that is over is not kept yet."""
    if state is None or (state.zone, state.rules) != (str(zone), RULES):
        return True
    has_more = known.last_event != state.last_event or not state.is_complete
    return has_more and state.kept_to < last_on


def _write(
    known: _Journal, at: datetime, last_on: date, zone: tzinfo, made: list[DayFigures]
) -> None:
    """Write what differs, unless another process has meanwhile kept what came later."""
    settled = min(end_of(last_on, zone), at - SETTLED)
    state = {
        "kept_to": last_on,
        "last_event": known.last_event,
        "is_complete": known.last_at <= settled,
        "zone": str(zone),
        "rules": RULES,
    }
    with transaction():
        first = {**state, "project": known.project_id, "last_event": 0, "rules": 0}
        FlowState.insert(first).on_conflict_ignore().execute()
        present = locked(FlowState.select().where(FlowState.project == known.project_id)).get()
        if present.last_event > known.last_event or (
            present.rules == RULES and present.kept_to > last_on
        ):
            return
        mine = FlowDay.project == known.project_id
        there = set(queries.kept(known.project_id, date.max))
        for days in pw.chunked([it.day for it in there - set(made)], BATCH):
            FlowDay.delete().where(mine & FlowDay.day.in_(days)).execute()
        new = (_row(known.project_id, it) for it in made if it not in there)
        for batch in pw.chunked(new, BATCH):
            FlowDay.insert_many(batch).execute()
        FlowState.update(state).where(FlowState.project == known.project_id).execute()


def _row(project_id: int, it: DayFigures) -> dict[str, object]:
    names = [column.name for column in (*queries.COLUMNS, *queries.REACHED)]
    values = [getattr(it, name) for name in names[: len(queries.COLUMNS)]]
    return {"project": project_id, **dict(zip(names, [*values, *it.reached], strict=True))}
