"""The journal as a portfolio file holds it."""

from typing import Any

from pmo.db import rows
from pmo.domain import event_kinds
from pmo.models import Event, Project, Task
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]


def journal(logins: dict[int, str]) -> list[Part]:
    """Return the events that go out, the oldest first; three statements. logins: by id."""
    codes = dict(rows(Project.select(Project.id, Project.code)))
    numbers = dict(rows(Task.select(Task.id, Task.number)))
    fields = (Event.at, Event.actor, Event.kind, Event.project, Event.task, Event.data)
    query = Event.select(Event.id, *fields, Event.act, Event.undoes)
    query = query.where(Event.kind.in_(sorted(event_kinds.PORTFOLIO)))
    found = rows(query.order_by(Event.id))
    places = {row[0]: place for place, row in enumerate(found, start=1)}
    return [
        {
            "at": moment_text(at),
            "actor": logins.get(actor),
            "kind": kind,
            "project": codes.get(project),
            "task": numbers.get(task),
            "data": data,
            "act": places.get(act),
            "undoes": places.get(undoes),
        }
        for _id, at, actor, kind, project, task, data, act, undoes in found
    ]
