"""Writing the journal of a portfolio file, with what it does not tell."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from operator import itemgetter
from typing import Any

import peewee as pw

from pmo.db import database, is_postgresql
from pmo.models import Event
from pmo.services import task_facts
from pmo.services.portfolio_inserts import insert

Part = dict[str, Any]

BEGUN = ("weight", "stage", "blocked_reason")
"""Fields that the event of a task's making tells."""


def write(
    content: Part,
    *,
    made: Collection[tuple[str, int]],
    people: Mapping[str, int],
    projects: Mapping[str, int],
    tasks: Mapping[tuple[str, int], int],
) -> int:
    """Write the journal, once all that it tells of is there; return the number of events.

    made: tasks whose making the file tells of, by code and number. people, projects, tasks: ids
    by the names of the file.
    """
    events = _in_order(content["journal"], list(creations(content, made)))
    ids = _event_ids(len(events))
    by_place = [id_ for id_, (place, _event) in zip(ids, events, strict=True) if place]
    insert(
        Event,
        (
            {
                "id": event_id,
                "at": event["at"],
                "actor": people.get(event["actor"]),
                "kind": event["kind"],
                "project": projects.get(event["project"]),
                "task": tasks.get((event["project"], event["task"])),
                "data": event["data"],
                "act": event["act"] and by_place[event["act"] - 1],
                "undoes": event["undoes"] and by_place[event["undoes"] - 1],
            }
            for event_id, (_place, event) in zip(ids, events, strict=True)
        ),
    )
    return len(events)


def creations(content: Part, made: Collection[tuple[str, int]]) -> Iterator[Part]:
    """Yield what the journal of the file does not tell: that its tasks were made."""
    was = _first_values(content["journal"])
    for project in content["projects"]:
        columns = {
            (board["key"], column["key"]): column
            for board in project["boards"]
            for column in board["columns"]
        }
        for task in project["tasks"]:
            if (project["code"], task["number"]) not in made:
                column = columns[task["board"], task["column"]]
                first = {name: task[name] for name in BEGUN}
                first |= was.get((project["code"], task["number"]), {})
                yield _creation(project, task, column, first)


def _first_values(events: list[Part]) -> dict[tuple[str, int], Part]:
    """Return what tasks held before their first edit, of what their making tells."""
    found: dict[tuple[str, int], Part] = {}
    for event in events:
        if event["kind"] == "task.edited":
            values = found.setdefault((event["project"], event["task"]), {})
            for name in BEGUN:
                if name in event["data"]["changes"]:
                    values.setdefault(name, event["data"]["changes"][name][0])
    return found


def _creation(project: Part, task: Part, column: Part, first: Part) -> Part:
    """Return the event that `services.tasks.create` would have appended."""
    return {
        "at": task["created_at"],
        "actor": task["created_by"],
        "kind": "task.created",
        "project": project["code"],
        "task": task["number"],
        "data": {
            "board": task["board"],
            "column": column["key"],
            "meaning": column["meaning"].value,
            "column_name": column["name"],
            **task_facts.begun(**first),
        },
        "act": None,
        "undoes": None,
    }


def _in_order(events: list[Part], missing: list[Part]) -> list[tuple[int | None, Part]]:
    """Put missing events among those of a file, which keep their order and their places."""
    waiting = deque(sorted(missing, key=itemgetter("at")))
    ordered: list[tuple[int | None, Part]] = []
    for place, event in enumerate(events, start=1):
        while waiting and waiting[0]["at"] <= event["at"]:
            ordered.append((None, waiting.popleft()))
        ordered.append((place, event))
    return ordered + [(None, event) for event in waiting]


def _event_ids(count: int) -> list[int]:
    """Take the ids of events to come: they name one another, and none is altered later."""
    if is_postgresql():
        take = "SELECT nextval(pg_get_serial_sequence('events', 'id')) FROM generate_series(1, %s)"
        return [int(event_id) for (event_id,) in database.execute_sql(take, (count,))]
    last = Event.select(pw.fn.MAX(Event.id)).scalar() or 0
    return list(range(last + 1, last + 1 + count))
