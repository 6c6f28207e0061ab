"""The whole portfolio as plain content, in one fixed order, as of one moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from pmo.db import rows, snapshot
from pmo.domain.permissions import Actor, Capability
from pmo.models import (
    Board,
    Column,
    GateDecision,
    Label,
    Membership,
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
from pmo.queries import (
    access,
    board_templates,
    portfolio_attachments,
    portfolio_comments,
    portfolio_filters,
    portfolio_journal,
    portfolio_own,
    portfolio_recurrences,
    project_templates,
    workdays,
)
from pmo.queries.portfolio_rules import RulesOfBoards
from pmo.queries.portfolio_sprints import Sprints
from pmo.queries.portfolio_task_parts import TaskParts
from pmo.queries.portfolio_values import day_text, moment_text, period_value

Part = dict[str, Any]
Grouped = dict[int, list[Any]]

PASSPORT_FIELDS = tuple(
    name for name in Passport._meta.sorted_field_names if name not in {"project", "version"}
)
TASK_TEXTS = ("description", "expected_result", "responsible")


def export(actor: Actor | None) -> Part:
    """Return the content of a portfolio file; the same portfolio gives the same content.

    actor: None for the command line. Raises Forbidden. A fixed number of statements.
    """
    if actor is not None:
        access.require(actor, Capability.PORTFOLIO_EXPORT)
    with snapshot():
        logins = dict(rows(User.select(User.id, User.login)))
        return {
            "format": "pmo-portfolio",
            "version": 1,
            "people": _people(),
            "programmes": _programmes(),
            "projects": _projects(logins),
            "board_templates": board_templates.exported(),
            "calendar_days": workdays.exported_days(),
            "calendar_years": workdays.exported_years(),
            "project_templates": project_templates.exported(logins),
            "journal": portfolio_journal.journal(logins),
        }


def _people() -> list[Part]:
    people = User.select(User.login, User.name, User.position, User.role)
    return sorted(
        (
            {"login": login, "name": name, "position": position, "role": role.value}
            for login, name, position, role in rows(people)
        ),
        key=_by("login"),
    )


def _programmes() -> list[Part]:
    strategic = StrategicProject
    inner = _grouped(
        rows(
            strategic.select(
                strategic.programme, strategic.key, strategic.name, strategic.description
            ).order_by(strategic.position, strategic.key)
        ),
        lambda key, name, description: {"key": key, "name": name, "description": description},
    )
    fields = (Programme.id, Programme.key, Programme.name, Programme.description, Programme.period)
    return sorted(
        (
            {
                "key": key,
                "name": name,
                "description": description,
                "period": period_value(period),
                "strategic_projects": inner[row_id],
            }
            for row_id, key, name, description, period in rows(Programme.select(*fields))
        ),
        key=_by("key"),
    )


def _projects(logins: dict[int, str]) -> list[Part]:
    strategic = dict(rows(StrategicProject.select(StrategicProject.id, StrategicProject.key)))
    projects = list(Project.select())
    parts = _Parts(logins, {project.id: project.code for project in projects})
    return sorted(
        (
            {
                "code": project.code,
                "name": project.name,
                "short_name": project.short_name,
                "strategic_project": project.strategic_project_id
                and strategic[project.strategic_project_id],
                "gate": project.gate.value,
                "weight": project.weight,
                "lead": project.lead_id and logins[project.lead_id],
                "proposed_by": logins[project.proposed_by_id],
                "proposed_at": moment_text(project.proposed_at),
                "passport": parts.passports[project.id],
                "stages": parts.stages[project.id],
                "members": sorted(parts.members[project.id], key=_by("login")),
                "labels": sorted(parts.labels[project.id], key=_by("name")),
                "own_fields": parts.own_fields[project.id],
                "filters": parts.filters[project.id],
                **parts.sprints.of(project),
                "gate_decisions": parts.gate_decisions[project.id],
                "boards": parts.boards[project.id],
                "tasks": parts.tasks[project.id],
                "recurrences": parts.recurrences[project.id],
            }
            for project in projects
        ),
        key=_by("code"),
    )


class _Parts:
    """The parts of all projects, by project id, each in the order of the file."""

    def __init__(self, logins: dict[int, str], codes: dict[int, str]) -> None:
        self.logins, self.codes = logins, codes
        self.passports = self._passports()
        stages = rows(
            Stage.select(Stage.project, Stage.id, Stage.key, Stage.name, Stage.period).order_by(
                Stage.position, Stage.id
            )
        )
        self.stage_keys = {row_id: key for _project, row_id, key, *_rest in stages}
        self.stages = _grouped(
            stages,
            lambda _id, key, name, period: {
                "key": key,
                "name": name,
                "period": period_value(period),
            },
        )
        self.members = _grouped(
            rows(Membership.select(Membership.project, Membership.user, Membership.role)),
            lambda user, role: {"login": logins[user], "role": role.value},
        )
        labels = rows(Label.select(Label.project, Label.id, Label.name, Label.colour))
        self.label_names = {row_id: name for _project, row_id, name, _colour in labels}
        self.labels = _grouped(
            labels, lambda _id, name, colour: {"name": name, "colour": colour.value}
        )
        self.own_fields = portfolio_own.fields()
        self.filters = portfolio_filters.of_projects(logins, self.stage_keys, self.label_names)
        self.sprints = Sprints(logins)
        self.gate_decisions = self._gate_decisions()
        self.standing: dict[int, tuple[int, str]] = {}
        self.boards = self._boards()
        self.tasks = self._tasks()
        self.recurrences = portfolio_recurrences.of_projects(
            logins=logins, boards=self.board_keys, columns=self.standing, stages=self.stage_keys
        )

    def _passports(self) -> dict[int, Part]:
        return {
            passport.project_id: {name: getattr(passport, name) for name in PASSPORT_FIELDS}
            for passport in Passport.select()
        }

    def _gate_decisions(self) -> Grouped:
        fields = (
            GateDecision.project,
            GateDecision.from_gate,
            GateDecision.to_gate,
            GateDecision.reason,
            GateDecision.decided_by,
            GateDecision.decided_at,
        )
        return _grouped(
            rows(GateDecision.select(*fields).order_by(GateDecision.id)),
            lambda source, target, reason, decided_by, decided_at: {
                "from": source.value,
                "to": target.value,
                "reason": reason,
                "decided_by": self.logins[decided_by],
                "decided_at": moment_text(decided_at),
            },
        )

    def _boards(self) -> Grouped:
        columns: Grouped = defaultdict(list)
        for column in Column.select().order_by(Column.position, Column.id):
            columns[column.board_id].append(
                {
                    "key": column.key,
                    "name": column.name,
                    "meaning": column.meaning.value,
                    "wip_limit": column.wip_limit,
                    "wip_kind": column.wip_kind.value,
                    "definition_of_done": column.definition_of_done,
                    "amber_days": column.amber_days,
                    "red_days": column.red_days,
                }
            )
            self.standing[column.id] = (column.board_id, column.key)
        query = Board.select(Board.project, Board.id, Board.key, Board.name)
        boards = rows(query.order_by(Board.position, Board.id))
        self.board_keys = {row_id: key for _project, row_id, key, _name in boards}
        rules = RulesOfBoards(self.standing)
        return _grouped(
            boards,
            lambda row_id, key, name: {
                "key": key,
                "name": name,
                "columns": columns[row_id],
                **rules.of(row_id),
            },
        )

    def _tasks(self) -> Grouped:
        assignees = _grouped(rows(TaskAssignee.select(TaskAssignee.task, TaskAssignee.user)))
        labels = _grouped(rows(TaskLabel.select(TaskLabel.task, TaskLabel.label)))
        comments = portfolio_comments.by_task(self.logins)
        own = portfolio_own.values()
        files = portfolio_attachments.by_task(self.logins)
        boards = {row_id: place for place, row_id in enumerate(self.board_keys)}
        columns = {row_id: place for place, row_id in enumerate(self.standing)}
        in_order = sorted(
            Task.select().order_by(Task.column, Task.rank),
            key=lambda task: (boards[self.standing[task.column_id][0]], columns[task.column_id]),
        )
        parts = TaskParts(self.logins)
        keys = {task.id: f"{self.codes[task.project_id]}-{task.number}" for task in in_order}
        tasks: Grouped = defaultdict(list)
        for task in in_order:
            board_id, column_key = self.standing[task.column_id]
            tasks[task.project_id].append(
                {
                    "number": task.number,
                    "title": task.title,
                    "kind": task.kind.value,
                    "board": self.board_keys[board_id],
                    "column": column_key,
                    "stage": self.stage_keys.get(task.stage_id),
                    "plan_number": task.plan_number,
                    "period": period_value(task.period),
                    "due_on": day_text(task.due_on),
                    "weight": task.weight,
                    "sprint": self.sprints.number(task.sprint_id),
                    "assignees": sorted(self.logins[user] for user in assignees[task.id]),
                    "labels": sorted(self.label_names[label] for label in labels[task.id]),
                    "own": own[task.id],
                    **{name: getattr(task, name) for name in TASK_TEXTS},
                    "blocked_reason": task.blocked_reason or None,
                    "created_by": self.logins[task.created_by_id],
                    "created_at": moment_text(task.created_at),
                    "archived_at": task.archived_at and moment_text(task.archived_at),
                    "comments": comments[task.id],
                    **parts.of(task.id),
                    "successor": task.successor_id and keys[task.successor_id],
                    "attachments": files[task.id],
                }
            )
        return tasks


def _grouped(
    found: Iterable[tuple[Any, ...]], shape: Callable[..., Any] = lambda value: value
) -> Grouped:
    """Group rows by their first value; the rest of each goes through `shape`."""
    groups: Grouped = defaultdict(list)
    for owner, *values in found:
        groups[owner].append(shape(*values))
    return groups


def _by(key: str) -> Callable[[Part], Any]:
    return lambda part: part[key]
