"""The sprints of projects, as portfolio files write them."""

from collections import defaultdict
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.models import Project, Sprint, SprintNote, SprintPerson, SprintReport, Task
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]


class Sprints:
    """The sprints of all projects; four statements. logins: of all people, by id."""

    def __init__(self, logins: dict[int, str]) -> None:
        people: dict[int, list[Part]] = defaultdict(list)
        for share in SprintPerson.select():
            people[share.sprint_id].append(
                {
                    "login": logins[share.user_id],
                    "percent": share.percent,
                    "days_off": share.days_off,
                }
            )
        notes = _notes(logins)
        reports = dict(rows(SprintReport.select(SprintReport.sprint, SprintReport.data)))
        self._of_projects: dict[int, list[Part]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        for sprint in Sprint.select().order_by(Sprint.project, Sprint.number):
            self._numbers[sprint.id] = sprint.number
            self._of_projects[sprint.project_id].append(
                {
                    "number": sprint.number,
                    "goal": sprint.goal,
                    "starts_on": sprint.starts_on.isoformat(),
                    "ends_on": sprint.ends_on.isoformat(),
                    "state": sprint.state.value,
                    "started_at": sprint.started_at and moment_text(sprint.started_at),
                    "closed_at": sprint.closed_at and moment_text(sprint.closed_at),
                    "goal_met": sprint.goal_met,
                    "people": sorted(people[sprint.id], key=lambda it: str(it["login"])),
                    "notes": notes[sprint.id],
                    "report": reports.get(sprint.id),
                }
            )

    def of(self, project: Project) -> Part:
        """Return what a project says of its sprints, in the order of the file."""
        return {
            "sprint_policy": project.sprint_policy.value,
            "sprint_count": project.sprint_count,
            "weight_unit": project.weight_unit.value,
            "sprints": self._of_projects[project.id],
        }

    def number(self, sprint_id: int | None) -> int | None:
        """Return the number of the sprint in which a task stands; None for none."""
        return None if sprint_id is None else self._numbers[sprint_id]


def _notes(logins: dict[int, str]) -> dict[int, list[Part]]:
    """Return the notes of retrospectives by sprint id, the oldest first."""
    query = SprintNote.select(
        SprintNote.sprint,
        SprintNote.column,
        SprintNote.text,
        SprintNote.author,
        SprintNote.created_at,
        Task.number,
    )
    query = query.join(Task, pw.JOIN.LEFT_OUTER, on=(SprintNote.task == Task.id))
    found: dict[int, list[Part]] = defaultdict(list)
    for sprint_id, column, text, author_id, created_at, number in rows(
        query.order_by(SprintNote.id)
    ):
        found[sprint_id].append(
            {
                "column": column.value,
                "text": text,
                "author": logins[author_id],
                "created_at": moment_text(created_at),
                "task": number,
            }
        )
    return found
