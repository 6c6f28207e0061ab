"""Writing the content of a portfolio file into empty tables, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows
from pmo.domain.permissions import Actor
from pmo.models import (
    GateDecision,
    Membership,
    Passport,
    Programme,
    Project,
    StrategicProject,
    User,
)
from pmo.services import (
    accounts,
    portfolio_attachments,
    portfolio_filters,
    portfolio_journal,
    portfolio_recurrences,
    portfolio_rules,
    portfolio_sprints,
    portfolio_tasks,
    portfolio_templates,
    projects,
    workdays,
)
from pmo.services.portfolio_numbers import Used
from pmo.services.portfolio_places import Places

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """How much was taken in. people: those who were not known here yet.

    files: those of cards whose bytes came too; files_missing: those that are only listed.
    """

    people: int
    programmes: int
    projects: int
    tasks: int
    events: int
    files: int = 0
    files_missing: int = 0


def write(content: Part, *, actor: Actor | None, at: datetime) -> Imported:
    """Write checked content, parents before children."""
    return _Import(content, actor, at).run()


class _Import:
    """One import; the ids of what was written, by the names of the file."""

    def __init__(self, content: Part, actor: Actor | None, at: datetime) -> None:
        self.content, self.actor, self.at = content, actor, at
        self.people: dict[str, int] = {}
        self.strategic: dict[str, int] = {}
        self.projects: dict[str, int] = {}
        self.tasks: dict[tuple[str, int], int] = {}
        self.used = Used(content["journal"])

    def run(self) -> Imported:
        """Write everything, parents before children."""
        new_people = self._people()
        self._programmes()
        for project in self.content["projects"]:
            self._project(project)
        portfolio_rules.write_templates(self.content["board_templates"], at=self.at)
        workdays.write(self.content["calendar_days"], self.content["calendar_years"])
        portfolio_templates.write(self.content["project_templates"], self.people)
        portfolio_tasks.write_successors(self.content["projects"], self.tasks)
        portfolio_sprints.write_notes(self.content["projects"], self.tasks, self.people)
        return Imported(
            people=new_people,
            programmes=len(self.content["programmes"]),
            projects=len(self.projects),
            tasks=len(self.tasks),
            events=portfolio_journal.write(
                self.content,
                made=self.used.created,
                people=self.people,
                projects=self.projects,
                tasks=self.tasks,
            ),
            **portfolio_attachments.counts(self.content),
        )

    def _people(self) -> int:
        known = {login for (login,) in rows(User.select(User.login))}
        new = [person for person in self.content["people"] if person["login"] not in known]
        for person in new:
            profile = accounts.Profile(person["name"], person["position"], person["role"])
            accounts.add(
                person["login"], profile=profile, password_hash="", actor=self.actor, at=self.at
            )
        self.people = dict(rows(User.select(User.login, User.id)))
        return len(new)

    def _programmes(self) -> None:
        for programme in self.content["programmes"]:
            own = ("key", "name", "description", "period")
            row = Programme.create(**{name: programme[name] for name in own})
            for position, strategic in enumerate(programme["strategic_projects"], start=1):
                made = StrategicProject.create(programme=row, position=position, **strategic)
                self.strategic[strategic["key"]] = made.id

    def _project(self, project: Part) -> None:
        code = project["code"]
        row = Project.create(
            code=code,
            name=project["name"],
            short_name=project["short_name"],
            strategic_project=self.strategic.get(project["strategic_project"]),
            gate=project["gate"],
            weight=project["weight"],
            lead=self.people.get(project["lead"]),
            proposed_by=self.people[project["proposed_by"]],
            proposed_at=project["proposed_at"],
            next_task_number=self.used.next_task_number(project),
            next_own_number=self.used.next_own_number(project),
            **portfolio_sprints.of_project(project),
            next_recurrence_number=self.used.next_recurrence_number(project),
            search=projects.search_text(
                name=project["name"], short_name=project["short_name"], code=code
            ),
        )
        self.projects[code] = row.id
        Passport.create(project=row, **project["passport"])
        for member in project["members"]:
            Membership.create(project=row, user=self.people[member["login"]], role=member["role"])
        self._gate_decisions(row, project)
        places = Places(row, project, used=self.used, people=self.people)
        portfolio_filters.write(
            row, project, people=self.people, stages=places.stages, labels=places.labels
        )
        numbers = portfolio_tasks.write(row, project, places, used=self.used, people=self.people)
        portfolio_recurrences.write(row, project, places, people=self.people, task_ids=numbers)
        self.tasks.update({(code, number): task_id for number, task_id in numbers.items()})

    def _gate_decisions(self, row: Project, project: Part) -> None:
        for decision in project["gate_decisions"]:
            GateDecision.create(
                project=row,
                from_gate=decision["from"],
                to_gate=decision["to"],
                reason=decision["reason"],
                decided_by=self.people[decision["decided_by"]],
                decided_at=decision["decided_at"],
            )
