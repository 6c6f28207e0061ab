"""Fields of a project's own, and what tasks hold in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from pmo.db import rows
from pmo.domain import own_fields
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import NotFound
from pmo.models import OwnField, OwnValue, Task
from pmo.queries import access
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class OwnFieldView:
    """A field of a project's own. choices: of a choice; () for the other kinds."""

    id: int
    key: str
    name: str
    kind: OwnFieldKind
    choices: tuple[str, ...]
    version: int

    @property
    def entry(self) -> str:
        """Its name among the usual fields of a task: `own.f1`."""
        return own_fields.PREFIX + self.key

    @property
    def options(self) -> tuple[dict[str, str], ...]:
        """Its choices as a list to choose from."""
        return tuple({"value": choice, "name": choice} for choice in self.choices)


@dataclass(frozen=True, slots=True)
class OwnValueView:
    """What a task holds in a field. text: in its one written form, '' for nothing."""

    field: OwnFieldView
    text: str

    @property
    def key(self) -> str:
        """Key of the field."""
        return self.field.key

    @property
    def name(self) -> str:
        """Name of the field."""
        return self.field.name

    @property
    def kind(self) -> OwnFieldKind:
        """Kind of the field."""
        return self.field.kind

    @property
    def value(self) -> str | float | None:
        """The value as JSON has it."""
        if not self.text:
            return None
        is_number = self.kind is OwnFieldKind.NUMBER
        return own_fields.number_of(self.text) if is_number else self.text


@dataclass(frozen=True, slots=True)
class OwnFieldUse:
    """A field, and how many tasks hold something in it."""

    field: OwnFieldView
    tasks: int


def of_project(project_id: int, actor: Actor) -> tuple[OwnFieldView, ...]:
    """Return the fields of a project in their order; two statements. Raises NotFound."""
    access.project(project_id, actor, Capability.PROJECT_READ)
    return fields(project_id)


def fields(project_id: int) -> tuple[OwnFieldView, ...]:
    """Return the fields of a project in their order; the caller has checked the actor."""
    return tuple(_field(*row) for row in fields_of(project_id=project_id))


def field(field_id: int, actor: Actor) -> OwnFieldView:
    """Return a field; two statements. Raises NotFound."""
    access.own_field(field_id, actor, Capability.PROJECT_READ)
    for row in field_of(field_id=field_id):
        return _field(*row)
    raise NotFound(kind="own_field")


def use(field_id: int, actor: Actor) -> OwnFieldUse:
    """Return a field and how much its removal would take; three statements. Raises NotFound."""
    found = field(field_id, actor)
    [(count,)] = values_in(field_id=field_id)
    return OwnFieldUse(found, count)


def of_task(task_id: int, project_id: int) -> tuple[OwnValueView, ...]:
    """Return all fields of a task's project with its values; the caller has checked the actor."""
    found = values_of(task_id=task_id, project_id=project_id)
    return tuple(OwnValueView(_field(*row), text or "") for *row, text in found)


def of_tasks(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return written values by task and by key; the caller has checked the tasks."""
    query = OwnValue.select(OwnValue.task, OwnField.key, OwnValue.value).join(OwnField)
    values: dict[int, dict[str, str]] = defaultdict(dict)
    for task_id, key, text in rows(query.where(OwnValue.task.in_(list(ids)))):
        values[task_id][key] = text
    return values


def listed(ids: Sequence[int]) -> dict[int, tuple[OwnValueView, ...]]:
    """Return all fields of each task's project with its values; the caller has checked the tasks.

    One statement, however many tasks.
    """
    here = (OwnValue.field == OwnField.id) & (OwnValue.task == Task.id)
    query = Task.select(Task.id, *COLUMNS, OwnValue.value)
    query = query.join(OwnField, on=(OwnField.project == Task.project))
    query = query.join(OwnValue, pw.JOIN.LEFT_OUTER, on=here)
    query = query.where(Task.id.in_(list(ids))).order_by(OwnField.position, OwnField.id)
    values: dict[int, tuple[OwnValueView, ...]] = defaultdict(tuple)
    for task_id, id_, key, name, kind, choices, version, text in rows(query):
        field = OwnFieldView(id_, key, name, kind, tuple(choices), version)
        values[task_id] += (OwnValueView(field, text or ""),)
    return values


COLUMNS = (
    OwnField.id,
    OwnField.key,
    OwnField.name,
    OwnField.kind,
    OwnField.choices,
    OwnField.version,
)


def _field(*row: Any) -> OwnFieldView:
    """Read a raw row, in the order of `COLUMNS`."""
    id_, key, name, kind, choices, version = row
    listed = tuple(OwnField.choices.python_value(choices))
    return OwnFieldView(id_, key, name, OwnFieldKind(kind), listed, version)


@Statement
def fields_of(project_id: Any) -> Any:
    """Return the fields of a project in their order."""
    query = OwnField.select(*COLUMNS).where(OwnField.project == project_id)
    return query.order_by(OwnField.position, OwnField.id)


@Statement
def field_of(field_id: Any) -> Any:
    """Return one field."""
    return OwnField.select(*COLUMNS).where(OwnField.id == field_id)


@Statement
def values_of(task_id: Any, project_id: Any) -> Any:
    """Return all fields of a project, each with what the task holds in it."""
    here = (OwnValue.field == OwnField.id) & (OwnValue.task == task_id)
    query = OwnField.select(*COLUMNS, OwnValue.value)
    query = query.join(OwnValue, pw.JOIN.LEFT_OUTER, on=here)
    return query.where(OwnField.project == project_id).order_by(OwnField.position, OwnField.id)


@Statement
def values_in(field_id: Any) -> Any:
    """Return how many tasks hold something in a field."""
    return OwnValue.select(pw.fn.COUNT(Task.id)).join(Task).where(OwnValue.field == field_id)
