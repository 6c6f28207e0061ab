"""Writing the content of a portfolio file into empty tables, inside the caller's transaction."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

import peewee as pw

from pmo.db import BaseModel, database, is_postgresql, rows
from pmo.domain import ordering
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor
from pmo.models import (
    Attachment,
    Board,
    Column,
    Comment,
    Event,
    GateDecision,
    Label,
    Membership,
    OwnValue,
    Passport,
    Programme,
    Project,
    Stage,
    StrategicProject,
    Task,
    TaskAssignee,
    TaskLabel,
    User,
)
from pmo.services import (
    accounts,
    portfolio_attachments,
    portfolio_comments,
    portfolio_filters,
    portfolio_own,
    portfolio_rules,
    portfolio_task_parts,
    projects,
)
from pmo.services.portfolio_numbers import Used

BATCH = 500
"""Rows of one INSERT; SQLite takes 32,766 values in a statement."""

Part = dict[str, Any]
TASK_TEXTS = ("title", "description", "plan_number", "expected_result", "responsible")


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
        self._successors()
        return Imported(
            people=new_people,
            programmes=len(self.content["programmes"]),
            projects=len(self.projects),
            tasks=len(self.tasks),
            events=self._journal(),
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
            search=projects.search_text(
                name=project["name"], short_name=project["short_name"], code=code
            ),
        )
        self.projects[code] = row.id
        Passport.create(project=row, **project["passport"])
        for member in project["members"]:
            Membership.create(project=row, user=self.people[member["login"]], role=member["role"])
        self._gate_decisions(row, project)
        places = _Places(row, project, self.used, self.people)
        portfolio_filters.write(
            row, project, people=self.people, stages=places.stages, labels=places.labels
        )
        self._tasks(row, project, places)

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

    def _tasks(self, row: Project, project: Part, places: "_Places") -> None:
        standing = defaultdict(list)
        for task in project["tasks"]:
            standing[places.columns[task["board"], task["column"]]].append(task)
        _insert(
            Task,
            (
                self._task_values(row, task, column_id, rank, places)
                for column_id, tasks in standing.items()
                for task, rank in zip(tasks, ordering.even(len(tasks)), strict=True)
            ),
        )
        for column_id, tasks in standing.items():
            weights = [task["weight"] for task in tasks if task["archived_at"] is None]
            sums = {Column.task_count: len(weights), Column.task_weight: sum(weights)}
            Column.update(sums).where(Column.id == column_id).execute()
        numbers = dict(rows(Task.select(Task.number, Task.id).where(Task.project == row)))
        self.tasks.update({(project["code"], number): task for number, task in numbers.items()})
        self._lists(project, numbers, places)

    def _task_values(
        self, row: Project, task: Part, column_id: int, rank: int, places: "_Places"
    ) -> Part:
        period: Period | None = task["period"]
        return {
            **{name: task[name] for name in TASK_TEXTS},
            "project": row.id,
            "number": task["number"],
            "column": column_id,
            "rank": rank,
            "kind": task["kind"],
            "stage": places.stages.get(task["stage"]),
            **_period_columns(period),
            "period_text": period.text if period else "",
            "due_on": task["due_on"],
            "weight": task["weight"],
            "blocked_reason": task["blocked_reason"] or "",
            "created_by": self.people[task["created_by"]],
            "created_at": task["created_at"],
            "entered_at": self.used.entered_at(row.code, task),
            "archived_at": task["archived_at"],
            **portfolio_task_parts.counters(task),
            "version": self.used.version(row.code, task["number"]),
            "comment_count": portfolio_comments.standing(task),
            "attachment_count": len(task["attachments"]),
        }

    def _lists(self, project: Part, numbers: dict[int, int], places: "_Places") -> None:
        _insert(
            TaskAssignee,
            (
                {"task": numbers[task["number"]], "user": self.people[login]}
                for task in project["tasks"]
                for login in task["assignees"]
            ),
        )
        _insert(
            TaskLabel,
            (
                {"task": numbers[task["number"]], "label": places.labels[name]}
                for task in project["tasks"]
                for name in task["labels"]
            ),
        )
        _insert(Comment, portfolio_comments.rows_of(project, numbers, self.people))
        _insert(OwnValue, portfolio_own.values(project, places.own_fields, numbers))
        _insert(Attachment, portfolio_attachments.rows_of(project, numbers, self.people))
        parts = portfolio_task_parts.rows_of(project["tasks"], numbers, self.people)
        for model, values in parts:
            _insert(model, values)

    def _journal(self) -> int:
        events = _in_order(self.content["journal"], list(self._creations()))
        ids = _event_ids(len(events))
        by_place = [id_ for id_, (place, _event) in zip(ids, events, strict=True) if place]
        _insert(
            Event,
            (
                {
                    "id": event_id,
                    "at": event["at"],
                    "actor": self.people.get(event["actor"]),
                    "kind": event["kind"],
                    "project": self.projects.get(event["project"]),
                    "task": self.tasks.get((event["project"], event["task"])),
                    "data": event["data"],
                    "act": event["act"] and by_place[event["act"] - 1],
                    "undoes": event["undoes"] and by_place[event["undoes"] - 1],
                }
                for event_id, (_place, event) in zip(ids, events, strict=True)
            ),
        )
        return len(events)

    def _successors(self) -> None:
        """Write where tasks went on, once all of them are there."""
        onward = defaultdict(list)
        for project in self.content["projects"]:
            for task in project["tasks"]:
                if task["successor"] is not None:
                    code, _dash, number = task["successor"].rpartition("-")
                    onward[code, int(number)].append(self.tasks[project["code"], task["number"]])
        for key, ids in onward.items():
            Task.update(successor=self.tasks[key]).where(Task.id.in_(ids)).execute()

    def _creations(self) -> Iterator[Part]:
        """Yield what the journal of the file does not tell: that its tasks were made."""
        for project in self.content["projects"]:
            columns = {
                (board["key"], column["key"]): column
                for board in project["boards"]
                for column in board["columns"]
            }
            for task in project["tasks"]:
                if (project["code"], task["number"]) not in self.used.created:
                    column = columns[task["board"], task["column"]]
                    yield _creation(project, task, column)


class _Places:
    """Stages, labels, boards and columns of a project that were written, by their names."""

    def __init__(
        self, row: Project, project: Part, used: "Used", people: Mapping[str, int]
    ) -> None:
        self.stages = {
            stage["key"]: Stage.create(
                project=row,
                key=stage["key"],
                name=stage["name"],
                position=position,
                **_period_columns(stage["period"]),
            ).id
            for position, stage in enumerate(project["stages"], start=1)
        }
        self.labels = {
            label["name"]: Label.create(project=row, **label).id for label in project["labels"]
        }
        self.own_fields = portfolio_own.write_fields(row, project)
        self.columns: dict[tuple[str, str], int] = {}
        for position, board in enumerate(project["boards"], start=1):
            made = Board.create(
                project=row,
                key=board["key"],
                name=board["name"],
                position=position,
                next_column_number=used.next_column_number(row.code, board),
            )
            for place, column in enumerate(board["columns"], start=1):
                key = (board["key"], column["key"])
                self.columns[key] = Column.create(board=made, position=place, **column).id
            own = {key: id_ for (of, key), id_ in self.columns.items() if of == board["key"]}
            parts = portfolio_rules.Written(own, people, self.stages, self.labels)
            portfolio_rules.write(made.id, board, parts)


def _creation(project: Part, task: Part, column: Part) -> Part:
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


def _period_columns(period: Period | None) -> Part:
    return {
        "period": period,
        "starts_on": period.starts_on if period else None,
        "ends_on": period.ends_on if period else None,
    }


def _insert(model: type[BaseModel], values: Iterable[Part]) -> None:
    for batch in pw.chunked(values, BATCH):
        model.insert_many(batch).execute()
