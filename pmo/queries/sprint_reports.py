"""Figures of sprints, computed from the journal; of closed ones the reports that were kept."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from pmo.db import rows
from pmo.domain.flow import sprint_figures, sprint_journal, sprint_reports
from pmo.domain.flow.replaying import Happened
from pmo.domain.flow.sprint_journal import SprintJournal
from pmo.domain.flow.sprint_reports import Report, Velocity
from pmo.domain.permissions import Actor, Capability
from pmo.domain.sprints import Span
from pmo.domain.vocabulary import SprintState
from pmo.errors import NotFound
from pmo.models import Event, Sprint, SprintReport, Task
from pmo.queries import access, flow_events, workdays


@dataclass(frozen=True, slots=True)
class ReportedCard:
    """A card that a report names, as it is today. id: None if there is none any more."""

    id: int | None
    key: str
    title: str


def report(sprint_id: int, actor: Actor, *, as_of: datetime, zone: tzinfo) -> Report | None:
    """Return the report of a sprint at a moment; None if it had not started by then.

    After its closing that is the one that was kept then. Raises NotFound.
    """
    access.sprint(sprint_id, actor, Capability.PROJECT_READ)
    sprint = Sprint.get_by_id(sprint_id)
    if sprint.closed_at is not None and sprint.closed_at <= as_of:
        kept = SprintReport.get_or_none(SprintReport.sprint == sprint_id)
        if kept is not None:
            found: Report = kept.data
            return found
    return computed(sprint, as_of=as_of, zone=zone)


def at(sprint_id: int, actor: Actor, *, as_of: datetime, zone: tzinfo) -> Report:
    """Return the same; NotFound also where the sprint had not started."""
    found = report(sprint_id, actor, as_of=as_of, zone=zone)
    if found is None:
        raise NotFound(kind="report")
    return found


def computed(sprint: Sprint, *, as_of: datetime, zone: tzinfo) -> Report | None:
    """Compute the report of a sprint from the journal; None if it had not started."""
    found = sprint_figures.figures(
        sprint.number,
        told(sprint.project_id),
        flow_events.lives(sprint.project_id).lives,
        span=Span(sprint.starts_on, sprint.ends_on),
        as_of=as_of,
    )
    if found is None:
        return None
    return sprint_reports.report(found, workdays.calendar(), zone, goal=sprint.goal)


def told(project_id: int) -> SprintJournal:
    """Return what the journal of a project tells of its sprints; one statement."""
    query = Event.select(Event.at, Event.kind, Task.number, Event.data)
    query = query.left_outer_join(Task, on=(Event.task == Task.id))
    mine = (Event.project == project_id) & Event.kind.in_(sorted(sprint_journal.KINDS))
    return sprint_journal.tell(Happened(*row) for row in rows(query.where(mine).order_by(Event.id)))


def velocity(
    project_id: int, actor: Actor, *, as_of: datetime
) -> tuple[Velocity, dict[int, Report]]:
    """Return the velocity of a project, and the reports of its closed sprints by number.

    As of a moment; raises NotFound.
    """
    access.project(project_id, actor, Capability.PROJECT_READ)
    closed = (Sprint.project == project_id) & (Sprint.state == SprintState.CLOSED)
    query = SprintReport.select(Sprint.number, SprintReport.data).join(Sprint)
    query = query.where(closed & (Sprint.closed_at <= as_of)).order_by(Sprint.closed_at)
    reports = dict(rows(query))
    done = [(number, kept["velocity"]) for number, kept in reports.items()]
    return sprint_reports.velocity(done), reports


def carried(sprint_id: int, project_id: int) -> dict[int, int]:
    """Return by task id how often the cards of a sprint were carried over into another one."""
    query = Event.select(Event.task, Event.data).join(Task, on=(Event.task == Task.id))
    mine = (Event.project == project_id) & (Event.kind == "task.sprint_set")
    found: dict[int, int] = {}
    for task_id, data in rows(query.where(mine & (Task.sprint == sprint_id))):
        if data["carried"] and data["to"] is not None:
            found[task_id] = found.get(task_id, 0) + 1
    return found


def can_note(sprint_id: int, actor: Actor) -> dict[str, bool]:
    """Tell what the actor may do with the retrospective of a sprint. Raises NotFound."""
    found = access.sprint(sprint_id, actor, Capability.PROJECT_READ)
    works, leads = found.may(Capability.TASK_EDIT), found.may(Capability.SPRINT_PLAN)
    return {"write": works, "make": works, "plan": leads}


def cards(kept: Report, project_id: int, code: str) -> dict[int, ReportedCard]:
    """Return the cards that a report tells of, by number; one statement."""
    numbers = sprint_reports.tasks_of(kept)
    query = Task.select(Task.number, Task.id, Task.title)
    query = query.where((Task.project == project_id) & Task.number.in_(numbers))
    found = {
        number: ReportedCard(task_id, f"{code}-{number}", title)
        for number, task_id, title in rows(query)
    }
    return {it: found.get(it, ReportedCard(None, f"{code}-{it}", "")) for it in numbers}
