"""The sprints of projects, as portfolio files write them."""

from collections import defaultdict
from typing import Any

from pmo.models import Project, Sprint, SprintPerson
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]


class Sprints:
    """The sprints of all projects; two statements. logins: of all people, by id."""

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
