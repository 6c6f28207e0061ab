"""Commands on the fields of a project's own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain import own_fields
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import OwnFieldKind
from pmo.errors import AlreadyTaken, InUse, Invalid, NotFound, Sentence, _
from pmo.models import OwnField, OwnValue, Project
from pmo.queries import access
from pmo.services import board_locks, journal, versions

FIELDS = ("name", "choices")
"""What can be edited; the kind stays, for values are of it."""

TOO_MANY = _("A project has at most {most} fields of its own.")
NO_CHOICES = _("A choice needs something to choose from.")
NEEDLESS_CHOICES = _("Only a field of the kind “choice” has choices.")
TWICE = _("“{choice}” stands here twice.")
CHOICE_IN_USE = _("“{choice}” is still on cards ({count}). Choose another value there first.")


def add(
    project_id: int,
    *,
    name: str,
    kind: OwnFieldKind,
    choices: Sequence[str] = (),
    actor: Actor,
    at: datetime,
) -> int:
    """Add a field behind the others and return its id.

    Raises NotFound, Forbidden, Invalid, AlreadyTaken(field="name").
    """
    _check_choices(kind, choices)
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_EDIT)
        others = _locked_in_order(project_id)
        if len(others) >= own_fields.MOST_FIELDS:
            raise Invalid({"_form": [Sentence(TOO_MANY, most=own_fields.MOST_FIELDS)]})
        field = OwnField(
            project=project_id,
            key=f"f{_next_number(project_id)}",
            name=name,
            kind=kind,
            choices=list(choices),
            position=max((other.position for other in others), default=0) + 1,
        )
        data = {"name": name, "kind": kind.value, "choices": list(choices)}
        _record("project.own_field_added", field, actor, at, data)
        _saved(field)
    return int(field.id)


def edit(
    field_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given `FIELDS` of a field; a choice that cards hold stays.

    Raises NotFound, Forbidden, Invalid, StaleVersion, AlreadyTaken(field="name").
    """
    versions.check_names(changes, FIELDS)
    with transaction():
        found = access.own_field(field_id, actor, Capability.PROJECT_EDIT)
        board_locks.touch(found.project_id)  # values are written under the lock of a column
        field = _loaded(field_id)
        if "choices" in changes:
            _check_choices(field.kind, changes["choices"])
            _check_use(field, set(field.choices) - set(changes["choices"]))
        values = {name: _plain(value) for name, value in changes.items()}
        _check_name(field, values.get("name", field.name))
        changed = versions.write(field, values, expected_version)
        if changed:
            data = {"changes": versions.portable(changed)}
            _note("project.own_field_edited", field, actor, at, data)


def place(field_id: int, *, before_id: int | None, actor: Actor, at: datetime) -> None:
    """Put a field before another of its project, or behind all. Raises NotFound, Forbidden."""
    with transaction():
        found = access.own_field(field_id, actor, Capability.PROJECT_EDIT)
        present = _locked_in_order(found.project_id)
        moving = [field for field in present if field.id == field_id]
        others = [field for field in present if field.id != field_id]
        places = [index for index, other in enumerate(others) if other.id == before_id]
        if not moving or (before_id is not None and not places):
            raise NotFound(kind="own_field")
        index = places[0] if places else len(others)
        order = [*others[:index], *moving, *others[index:]]
        if order == present:
            return
        before = others[index].key if places else None
        _record("project.own_field_edited", moving[0], actor, at, {"before": before})
        for position, other in enumerate(order, start=1):
            if other.position != position:
                OwnField.update(position=position).where(OwnField.id == other.id).execute()


def remove(
    field_id: int,
    *,
    with_values: bool = False,
    expected_version: int | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Remove a field. with_values: also from the tasks that hold something in it.

    Raises NotFound, Forbidden, StaleVersion, InUse(count).
    """
    with transaction():
        found = access.own_field(field_id, actor, Capability.PROJECT_EDIT)
        board_locks.touch(found.project_id)
        field = _loaded(field_id)
        versions.write(field, {}, expected_version)
        count = OwnValue.select().where(OwnValue.field == field_id).count()
        if count and not with_values:
            raise InUse(count=count)
        data = {"name": field.name, "kind": field.kind.value, "tasks": count}
        _note("project.own_field_removed", field, actor, at, data)
        field.delete_instance()


def _next_number(project_id: int) -> int:
    take = Project.update(next_own_number=Project.next_own_number + 1)
    take = take.where(Project.id == project_id).returning(Project.next_own_number)
    [(following,)] = rows(take)
    return int(following) - 1


def _locked_in_order(project_id: int) -> list[OwnField]:
    locked(Project.select(Project.id).where(Project.id == project_id)).get()
    fields = OwnField.select().where(OwnField.project == project_id)
    return list(fields.order_by(OwnField.position, OwnField.id))


def _loaded(field_id: int) -> OwnField:
    field: OwnField | None = locked(OwnField.select().where(OwnField.id == field_id)).first()
    if field is None:
        raise NotFound(kind="own_field")
    return field


def _check_choices(kind: OwnFieldKind, choices: Sequence[str]) -> None:
    doubled = [choice for index, choice in enumerate(choices) if choice in choices[:index]]
    if doubled:
        raise Invalid({"choices": [Sentence(TWICE, choice=doubled[0])]})
    if (kind is OwnFieldKind.CHOICE) != bool(choices):
        raise Invalid({"choices": [NEEDLESS_CHOICES if choices else NO_CHOICES]})


def _check_use(field: OwnField, gone: set[str]) -> None:
    values = OwnValue.select(OwnValue.value, pw.fn.COUNT(OwnValue.task))
    here = (OwnValue.field == field.id) & OwnValue.value.in_(sorted(gone))
    used = rows(values.where(here).group_by(OwnValue.value).order_by(OwnValue.value))
    if gone and used:
        sentences: list[str] = [
            Sentence(CHOICE_IN_USE, choice=value, count=count) for value, count in used
        ]
        raise Invalid({"choices": sentences})


def _check_name(field: OwnField, name: str) -> None:
    """Look for the name before it is written; the boards' locks keep it free meanwhile."""
    others = (OwnField.project == field.project_id) & (OwnField.id != field.id)
    if OwnField.select().where(others & (OwnField.name == name)).exists():
        raise AlreadyTaken(field="name")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _saved(field: OwnField) -> None:
    try:
        with transaction():
            field.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error


def _record(kind: str, field: OwnField, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    """Lock the boards, whose filters name the fields, and note the event."""
    board_locks.touch(field.project_id)
    _note(kind, field, actor, at, data)


def _note(kind: str, field: OwnField, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    said = {"field": field.key, **data}
    journal.append(kind, actor=actor, at=at, project_id=field.project_id, data=said)
