"""References inside the templates of projects of a portfolio file."""

from collections.abc import Collection, Iterator
from typing import Any

import marshmallow as ma

from pmo.documents import (
    portfolio_own,
    portfolio_recurrences,
    portfolio_rule_checks,
    portfolio_sprint_checks,
)
from pmo.documents.portfolio_rule_checks import Names
from pmo.domain import ageing, dependencies
from pmo.domain.folding import fold
from pmo.domain.vocabulary import WipKind
from pmo.errors import Fault
from schemas.portfolio_recurrences import RecurrenceSchema
from schemas.portfolio_sprints import SprintSchema

Content = dict[str, Any]


def _(message: str) -> str:
    return message


TWICE = _("“{value}” stands here twice.")
NO_PERSON = _("There is no person “{value}” in the file.")
NO_BOARD = _("The project has no board “{value}”.")
NO_COLUMN = _("The board has no column “{value}”.")
NO_COLUMNS = _("A board needs a column.")
NO_STAGE = _("The project has no stage “{value}”.")
NO_LABEL = _("The project has no label “{value}”.")
NO_TASK = _("The project has no task {value}.")
ITSELF = _("A task cannot wait for itself.")
CIRCLE = _("These tasks would wait for each other for ever: {numbers}.")
LIMIT = _("A limit needs a number and a kind, or neither.")
DAYS = _("Red comes after amber.")


def faults(templates: list[Content], logins: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with the templates of projects."""
    seen: set[str] = set()
    for index, template in enumerate(templates):
        place = f"project_templates[{index}]"
        name = fold(template["name"])
        if name in seen:
            yield Fault(f"{place}.name", TWICE, {"value": template["name"]})
        seen.add(name)
        yield from _unknown(f"{place}.saved_by", template["saved_by"], logins, NO_PERSON)
        yield from _Plan(f"{place}.content", template["content"]).faults()


class _Plan:
    """What one template holds, with the names that its parts may use."""

    def __init__(self, place: str, plan: Content) -> None:
        self.place, self.plan = place, plan
        self.columns = {
            board["key"]: {column["key"] for column in board["columns"]} for board in plan["boards"]
        }
        self.stages = {stage["key"] for stage in plan["stages"]}
        self.labels = {label["name"] for label in plan["labels"]}
        self.numbers = {task["number"] for task in plan["tasks"]}

    def faults(self) -> Iterator[Fault]:
        """Yield what stands twice, and what leads nowhere."""
        for name, key in (
            ("stages", "key"),
            ("labels", "name"),
            ("own_fields", "key"),
            ("own_fields", "name"),
            ("boards", "key"),
            ("tasks", "number"),
        ):
            values = [part[key] for part in self.plan[name]]
            yield from _doubled(f"{self.place}.{name}", values, f".{key}")
        yield from portfolio_own.faults(self.place, {**self.plan, "tasks": []})
        for index, board in enumerate(self.plan["boards"]):
            yield from self._board(f"{self.place}.boards[{index}]", board)
        for index, task in enumerate(self.plan["tasks"]):
            yield from self._task(f"{self.place}.tasks[{index}]", task)
        yield from self._rhythm()
        waits_for = {
            task["number"]: [it for it in task["waits_for"] if it != task["number"]]
            for task in self.plan["tasks"]
        }
        if stuck := dependencies.circle(waits_for):
            numbers = ", ".join(map(str, stuck[:20]))
            yield Fault(f"{self.place}.tasks", CIRCLE, {"numbers": numbers})

    def _rhythm(self) -> Iterator[Fault]:
        """Check sprints and recurring tasks as those of a project that has not begun."""
        nobody: frozenset[str] = frozenset()
        planned, recurring = _defaults(SprintSchema()), _defaults(RecurrenceSchema())
        recurring |= {"created_by": None}
        project = {
            **self.plan,
            "tasks": [],
            "sprints": [{**planned, **sprint} for sprint in self.plan["sprints"]],
            "recurrences": [{**recurring, **part} for part in self.plan["recurrences"]],
        }
        yield from portfolio_sprint_checks.faults(self.place, project, nobody)
        yield from portfolio_recurrences.faults(
            self.place, project, logins=nobody, columns=self.columns
        )

    def _board(self, place: str, board: Content) -> Iterator[Fault]:
        columns = f"{place}.columns"
        yield from _doubled(columns, [column["key"] for column in board["columns"]], ".key")
        if not board["columns"]:
            yield Fault(columns, NO_COLUMNS)
        for index, column in enumerate(board["columns"]):
            if (column["wip_limit"] is None) != (column["wip_kind"] is WipKind.NONE):
                yield Fault(f"{columns}[{index}].wip_limit", LIMIT)
            if not ageing.is_order(column["amber_days"], column["red_days"]):
                yield Fault(f"{columns}[{index}].red_days", DAYS)
        nobody: frozenset[str] = frozenset()
        names = Names(self.columns[board["key"]], nobody, self.stages, self.labels)
        yield from portfolio_rule_checks.faults(place, board, names)

    def _task(self, place: str, task: Content) -> Iterator[Fault]:
        yield from _unknown(f"{place}.board", task["board"], self.columns, NO_BOARD)
        columns = self.columns.get(task["board"])
        if columns is not None:
            yield from _unknown(f"{place}.column", task["column"], columns, NO_COLUMN)
        yield from _unknown(f"{place}.stage", task["stage"], self.stages, NO_STAGE)
        for name, known, template in (
            ("labels", self.labels, NO_LABEL),
            ("waits_for", self.numbers, NO_TASK),
        ):
            yield from _doubled(f"{place}.{name}", task[name])
            for index, value in enumerate(task[name]):
                yield from _unknown(f"{place}.{name}[{index}]", value, known, template)
        if task["number"] in task["waits_for"]:
            yield Fault(f"{place}.waits_for", ITSELF)


def _defaults(schema: ma.Schema) -> Content:
    """Return what a part of a file holds where nothing is said."""
    found = {name: field.load_default for name, field in schema.fields.items()}
    return {
        name: default() if callable(default) else default
        for name, default in found.items()
        if default is not ma.missing
    }


def _doubled(place: str, values: list[Any], inner: str = "") -> Iterator[Fault]:
    seen: set[Any] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Fault(f"{place}[{index}]{inner}", TWICE, {"value": value})
        seen.add(value)


def _unknown(place: str, value: Any, known: Collection[Any], template: str) -> Iterator[Fault]:
    if value is not None and value not in known:
        yield Fault(place, template, {"value": value})
