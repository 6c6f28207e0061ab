"""What of a project goes into a template: all but people, comments, files and what was done."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import as_date, rows
from pmo.domain import calendar
from pmo.domain import project_templates as domain
from pmo.domain.vocabulary import WipBy
from pmo.models import (
    Board,
    ChecklistItem,
    Column,
    Label,
    OwnField,
    Passport,
    Project,
    RecurrenceOccurrence,
    Stage,
    Task,
    TaskDependency,
    TaskLabel,
)
from pmo.queries import project_template_rhythm
from pmo.queries.board_templates import column_part
from pmo.queries.portfolio_rules import RulesOfBoards
from pmo.queries.portfolio_values import day_text, period_value

Part = dict[str, Any]

PASSPORT_FIELDS = tuple(
    name
    for name in Passport._meta.sorted_field_names
    if name not in {"project", "version"} | domain.PASSPORT_OF_PEOPLE
)
TEXTS = ("plan_number", "expected_result", "responsible")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person lets into a template. columns: tasks keep theirs, but for those of done.

    academic_year: in which the plan begins; None for the one that its days tell.
    """

    academic_year: int | None = None
    columns: bool = False
    descriptions: bool = True
    passport: bool = True


def content_of(project_id: int, choices: Choices) -> domain.Content:
    """Return the content of a template of a project; a fixed number of statements."""
    boards, standing = _boards(project_id)
    tasks = _tasks(project_id, boards, standing, choices)
    return {
        "version": domain.VERSION,
        "academic_year": choices.academic_year or _academic_year(project_id),
        "passport": _passport(project_id) if choices.passport else None,
        "stages": _stages(project_id),
        "labels": _labels(project_id),
        "own_fields": _own_fields(project_id),
        "boards": list(boards.values()),
        "tasks": tasks,
        **project_template_rhythm.of_project(
            project_id, standing, descriptions=choices.descriptions
        ),
    }


def _academic_year(project_id: int) -> int:
    """Return the academic year that a plan begins in: of tasks, else stages, else the proposal.

    A tenth of the tasks may lie before: some are leftovers of other years, or mistyped.
    """
    live = (Task.project == project_id) & Task.archived_at.is_null()
    begin = pw.fn.COALESCE(Task.starts_on, Task.due_on)
    stages = Stage.select(Stage.starts_on).where(Stage.project == project_id)
    for query in (Task.select(begin).where(live), stages):
        if days := sorted(day for (it,) in rows(query) if (day := as_date(it)) is not None):
            return calendar.academic_year_of(days[len(days) // 10])
    [(proposed_at,)] = rows(Project.select(Project.proposed_at).where(Project.id == project_id))
    return calendar.academic_year_of(proposed_at.date())


def _passport(project_id: int) -> Part | None:
    passport = Passport.get_or_none(Passport.project == project_id)
    if passport is None:
        return None
    return {name: getattr(passport, name) for name in PASSPORT_FIELDS}


def _stages(project_id: int) -> list[Part]:
    query = Stage.select(Stage.key, Stage.name, Stage.period).where(Stage.project == project_id)
    return [
        {"key": key, "name": name, "period": period_value(period)}
        for key, name, period in rows(query.order_by(Stage.position, Stage.id))
    ]


def _labels(project_id: int) -> list[Part]:
    query = Label.select(Label.name, Label.colour).where(Label.project == project_id)
    found = [{"name": name, "colour": colour.value} for name, colour in rows(query)]
    return sorted(found, key=lambda label: label["name"])


def _own_fields(project_id: int) -> list[Part]:
    columns = (OwnField.key, OwnField.name, OwnField.kind, OwnField.choices)
    query = OwnField.select(*columns).where(OwnField.project == project_id)
    return [
        {"key": key, "name": name, "kind": kind.value, "choices": choices}
        for key, name, kind, choices in rows(query.order_by(OwnField.position, OwnField.id))
    ]


def _boards(project_id: int) -> tuple[dict[str, Part], dict[int, tuple[str, str]]]:
    """Return the boards by key, and where each column stands: keys of board and column by id."""
    query = Board.select(Board.id, Board.key, Board.name).where(Board.project == project_id)
    heads = rows(query.order_by(Board.position, Board.id))
    ids = [board_id for board_id, _key, _name in heads]
    columns = list(Column.select().where(Column.board.in_(ids)).order_by(Column.position))
    rules = RulesOfBoards({column.id: (column.board_id, column.key) for column in columns})
    boards = {
        key: {
            "key": key,
            "name": name,
            "columns": [column_part(it) for it in columns if it.board_id == board_id],
            **_without_people(rules.of(board_id)),
        }
        for board_id, key, name in heads
    }
    keys = {board_id: key for board_id, key, _name in heads}
    return boards, {column.id: (keys[column.board_id], column.key) for column in columns}


def _without_people(rules: Part) -> Part:
    """Return the rules of a board that name nobody."""
    return {
        **rules,
        "wip_rules": [
            rule for rule in rules["wip_rules"] if rule["by"] != WipBy.PERSON or rule["of"] is None
        ],
        "automation_rules": [rule for rule in rules["automation_rules"] if rule["user"] is None],
    }


def _tasks(
    project_id: int,
    boards: Mapping[str, Part],
    standing: Mapping[int, tuple[str, str]],
    choices: Choices,
) -> list[Part]:
    """Return the live tasks: board by board; as they stand there, or else as they are planned.

    Without those that recurring tasks have made: they will make their own.
    """
    mine = _mine(project_id)
    tasks = [it for it in Task.select().where(mine) if it.column_id in standing]
    stages = {
        stage_id: (place, key)
        for place, (stage_id, key) in enumerate(
            rows(
                Stage.select(Stage.id, Stage.key)
                .where(Stage.project == project_id)
                .order_by(Stage.position, Stage.id)
            )
        )
    }
    order = {key: place for place, key in enumerate(boards)}
    places = {column_id: place for place, column_id in enumerate(standing)}

    def place(task: Task) -> tuple[Any, ...]:
        board = order[standing[task.column_id][0]]
        if choices.columns:
            return board, places[task.column_id], task.rank
        stage, _key = stages.get(task.stage_id, (len(stages), ""))
        begins = task.starts_on or task.due_on
        return board, stage, begins is None, begins or 0, task.number

    tasks.sort(key=place)
    numbers = {task.id: number for number, task in enumerate(tasks, start=1)}
    lists = _Lists(project_id, numbers)
    return [
        {
            "number": numbers[task.id],
            "title": task.title,
            "kind": task.kind.value,
            "board": standing[task.column_id][0],
            "column": _column(boards, standing[task.column_id], choices),
            "stage": stages[task.stage_id][1] if task.stage_id in stages else None,
            "period": period_value(task.period),
            "due_on": day_text(task.due_on),
            "weight": task.weight,
            "labels": lists.labels[task.id],
            "description": task.description if choices.descriptions else "",
            **{name: getattr(task, name) for name in TEXTS},
            "checklist": lists.checklists[task.id],
            "waits_for": lists.blockers[task.id],
        }
        for task in tasks
    ]


def _mine(project_id: int) -> Any:
    recurring = RecurrenceOccurrence.select(RecurrenceOccurrence.task)
    recurring = recurring.where(RecurrenceOccurrence.task.is_null(False))
    is_live = (Task.project == project_id) & Task.archived_at.is_null()
    return is_live & Task.id.not_in(recurring)


def _column(boards: Mapping[str, Part], standing: tuple[str, str], choices: Choices) -> str | None:
    board, column = standing
    return domain.kept_column(boards[board], column) if choices.columns else None


class _Lists:
    """What stands in tables of its own, by task."""

    def __init__(self, project_id: int, numbers: Mapping[int, int]) -> None:
        mine = _mine(project_id)
        self.labels: dict[int, list[str]] = defaultdict(list)
        labels = TaskLabel.select(TaskLabel.task, Label.name).join(Label)
        for task_id, name in sorted(rows(labels.join_from(TaskLabel, Task).where(mine))):
            self.labels[task_id].append(name)
        self.checklists: dict[int, list[str]] = defaultdict(list)
        items = ChecklistItem.select(ChecklistItem.task, ChecklistItem.text)
        items = items.join(Task, on=(ChecklistItem.task == Task.id)).where(mine)
        for task_id, text in rows(items.order_by(ChecklistItem.position, ChecklistItem.id)):
            self.checklists[task_id].append(text)
        self.blockers: dict[int, list[int]] = defaultdict(list)
        waits = TaskDependency.select(TaskDependency.task, TaskDependency.blocker)
        waits = waits.join(Task, on=(TaskDependency.task == Task.id)).where(mine)
        pairs = sorted((it, numbers[other]) for it, other in rows(waits) if other in numbers)
        for task_id, number in pairs:
            self.blockers[task_id].append(number)
