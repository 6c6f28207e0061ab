"""Filling a new project with what a template plans for an academic year.

Inside the transaction of the command that proposes it. The number of statements grows with boards
and columns, which are few, and with tasks only by whole batches.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.domain.project_templates import Content, Plan, TaskPlan
from pmo.domain.vocabulary import LabelColour, OwnFieldKind, TaskKind
from pmo.errors import StaleVersion
from pmo.models import Board, Column, Label, OwnField, Project, Stage, Task, TaskDependency
from pmo.queries import access
from pmo.queries import project_templates as queries
from pmo.services import board_templates, boards, imported_cards, journal, portfolio_rules, tasks
from pmo.services import project_start_rhythm as rhythm
from pmo.services.imported_cards import Card
from pmo.services.journal import Entry
from pmo.services.portfolio_inserts import insert, period_columns
from pmo.services.task_fields import Value, Wanted

TEXTS = ("title", "description", "plan_number", "expected_result", "responsible", "weight")


@dataclass(frozen=True, slots=True)
class Start:
    """Of which template, for which academic year. version: the one that was looked at.

    today: of the office; its cyclogram goes on from there.
    """

    template: str
    academic_year: int
    version: int | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """What a project is filled with: read once, before it is made."""

    name: str
    content: Content
    plan: Plan
    today: date | None

    @property
    def passport(self) -> Mapping[str, Any]:
        """What the passport begins with."""
        return self.content["passport"] or {}


def read(start: Start, actor: Actor) -> Started:
    """Read what a project begins with. Raises NotFound, StaleVersion (saved again meanwhile)."""
    found = queries.planned(start.template, actor, start.academic_year)
    if start.version is not None and start.version != found.head.version:
        raise StaleVersion(version=found.head.version)
    return Started(found.head.name, found.content, found.plan, start.today)


def fill(project_id: int, started: Started, *, actor: Actor, at: datetime) -> None:
    """Make stages, labels, own fields, boards and tasks in a project that has none yet.

    Nobody is notified, and rules of the boards do nothing about the tasks: they come after them.
    """
    filling = _Filling(project_id, started, actor, at)
    filling.run()


class _Filling:
    """One project that is filled; ids of what was written, by the names of the template."""

    def __init__(self, project_id: int, started: Started, actor: Actor, at: datetime) -> None:
        self.project_id, self.actor, self.at = project_id, actor, at
        self.content, self.plan = started.content, started.plan
        self.today = started.today or at.date()
        self.boards: dict[str, tuple[int, str]] = {}
        self.columns: dict[tuple[str, str], tuple[int, str]] = {}
        self.stages: dict[str, tuple[int, str]] = {}
        self.labels: dict[str, int] = {}
        self.events: list[Entry] = []

    def run(self) -> None:
        """Make everything, what others name first."""
        first = tasks.next_number(self.project_id, len(self.plan.tasks))  # the first of all locks
        self._stages()
        self._labels()
        self._own_fields()
        self.events += rhythm.write_sprints(self.project_id, self.content, self.plan)
        self._tell()
        for part in self.content["boards"]:
            mine = [task for task in self.plan.tasks if task.board == part["key"]]
            self._board(part, mine, first)
            first += len(mine)
        self._dependencies()
        places = rhythm.Places(self.boards, self.columns, self.stages, self.labels)
        self.events += rhythm.write_recurrences(
            self.project_id, self.plan, places, user_id=self.actor.user_id, today=self.today
        )
        self._tell()

    def _tell(self) -> None:
        """Append the events that were gathered."""
        if self.events:
            journal.append_all(self.events, actor=self.actor, at=self.at, is_quiet=True)
            self.events = []

    def _stages(self) -> None:
        if not self.plan.stages:
            return
        insert(
            Stage,
            (
                {
                    "project": self.project_id,
                    "key": f"s{place}",
                    "name": stage.name,
                    "position": place,
                    **period_columns(stage.period),
                }
                for place, stage in enumerate(self.plan.stages, start=1)
            ),
        )
        query = Stage.select(Stage.id, Stage.key).where(Stage.project == self.project_id)
        made = rows(query.order_by(Stage.position))
        for stage, (stage_id, key) in zip(self.plan.stages, made, strict=True):
            self.stages[stage.key] = stage_id, key
            self._note("project.stage_added", {"stage": key, "name": stage.name})

    def _labels(self) -> None:
        labels = self.content["labels"]
        if not labels:
            return
        insert(
            Label,
            (
                {
                    "project": self.project_id,
                    "name": label["name"],
                    "colour": LabelColour(label["colour"]),
                }
                for label in labels
            ),
        )
        query = Label.select(Label.name, Label.id).where(Label.project == self.project_id)
        self.labels = dict(rows(query))
        for label in labels:
            data = {"label": label["name"], "colour": str(label["colour"])}
            self._note("project.label_added", data)

    def _own_fields(self) -> None:
        fields = self.content["own_fields"]
        if not fields:
            return
        insert(
            OwnField,
            (
                {
                    "project": self.project_id,
                    "key": f"f{place}",
                    "name": field["name"],
                    "kind": OwnFieldKind(field["kind"]),
                    "choices": field["choices"],
                    "position": place,
                }
                for place, field in enumerate(fields, start=1)
            ),
        )
        used = {Project.next_own_number: len(fields) + 1}
        Project.update(used).where(Project.id == self.project_id).execute()
        for place, field in enumerate(fields, start=1):
            data = {
                "field": f"f{place}",
                "name": field["name"],
                "kind": str(field["kind"]),
                "choices": field["choices"],
            }
            self._note("project.own_field_added", data)

    def _note(self, kind: str, data: dict[str, Any]) -> None:
        self.events.append(Entry(kind, self.project_id, None, data))

    def _board(self, part: Content, mine: Sequence[TaskPlan], first_number: int) -> None:
        """Make a board, its tasks, and then the rules, which have no say in those."""
        plans = [board_templates.column_plan(column) for column in part["columns"]]
        made = boards.create_of(
            self.project_id, name=part["name"], plans=plans, actor=self.actor, at=self.at
        )
        keys = [column["key"] for column in part["columns"]]
        query = Column.select(Column.id, Column.key, Board.key).join(Board)
        new = rows(query.where(Column.board == made.board_id).order_by(Column.position))
        for old_key, (column_id, key, board_key) in zip(keys, new, strict=True):
            self.columns[part["key"], old_key] = column_id, key
            self.boards[part["key"]] = made.board_id, board_key
        columns = {key: self.columns[part["key"], key][0] for key in keys}
        if mine:
            found = access.column(columns[keys[0]], self.actor, Capability.PROJECT_READ)
            imported_cards.write(
                [self._card(task, columns) for task in mine],
                found,
                rules=0,
                first_number=first_number,
                strict=False,
                actor=self.actor,
                at=self.at,
            )
        stages = {key: stage_id for key, (stage_id, _key) in self.stages.items()}
        written = portfolio_rules.Written(columns, {}, stages, self.labels)
        portfolio_rules.write(made.board_id, part, written)

    def _card(self, task: TaskPlan, columns: Mapping[str, int]) -> Card:
        content = task.content
        values: Wanted = {name: Value(content[name], content[name]) for name in TEXTS}
        kind = TaskKind(content["kind"])
        values["kind"] = Value(kind, kind.value)
        values["stage"] = Value(*(self.stages[task.stage] if task.stage else (None, None)))
        values["period"] = Value(task.period, task.period.text if task.period else "")
        values["due_on"] = Value(task.due_on, task.due_on and task.due_on.isoformat())
        return Card(
            column_id=columns[task.column],
            values=values,
            label_ids=[self.labels[name] for name in content["labels"]],
            people={},
            checklist=[(text, False) for text in content["checklist"]],
            comments=(),
            is_archived=False,
        )

    def _dependencies(self) -> None:
        if not any(task.content["waits_for"] for task in self.plan.tasks):
            return
        query = Task.select(Task.id, Task.number).where(Task.project == self.project_id)
        made = rows(query.order_by(Task.number))
        ids = {task.number: row for task, row in zip(self._in_order(), made, strict=True)}
        pairs = [
            (ids[task.number], ids[blocker])
            for task in self.plan.tasks
            for blocker in task.content["waits_for"]
        ]
        insert(
            TaskDependency,
            ({"task": task[0], "blocker": blocker[0]} for task, blocker in pairs),
        )
        entries = [
            Entry("task.dependency_added", self.project_id, task_id, {"blocker": number})
            for (task_id, _number), (_blocker_id, number) in pairs
        ]
        journal.append_all(entries, actor=self.actor, at=self.at, is_quiet=True)

    def _in_order(self) -> Iterator[TaskPlan]:
        """Yield the tasks as they got their numbers: board by board."""
        for part in self.content["boards"]:
            yield from (task for task in self.plan.tasks if task.board == part["key"])
