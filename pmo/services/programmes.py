"""Commands on the top of the cascade: programmes and their strategic projects."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import BaseModel, locked, rows, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.errors import AlreadyTaken, NotFound
from pmo.models import Programme, StrategicProject
from pmo.queries import access
from pmo.services import journal, versions

FIELDS = ("name", "description", "period")
"""Of a programme; the period as text."""

STRATEGIC_FIELDS = ("name", "description")
"""Of a strategic project."""


def add(fields: Mapping[str, Any], *, key: str | None = None, actor: Actor, at: datetime) -> int:
    """Add a programme and return its id. Raises Forbidden, AlreadyTaken(field="key").

    fields: of `FIELDS`, the name at least. key: names it in files and in the journal;
    a free one is found when there is none.
    """
    versions.check_names(fields, FIELDS)
    access.require(actor, Capability.PROGRAMMES_EDIT)
    with transaction():
        kept = key or _free_key(Programme, "programme")
        row = _created(Programme, key=kept, **_with_period(fields, None, at))
        data = {"programme": kept, "name": fields["name"]}
        journal.append("programme.added", actor=actor, at=at, data=data)
    return int(row.id)


def edit(
    programme_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given `FIELDS` of a programme. Raises Forbidden, NotFound, StaleVersion."""
    versions.check_names(changes, FIELDS)
    access.require(actor, Capability.PROGRAMMES_EDIT)
    with transaction():
        row = _found(Programme, programme_id, "programme")
        changed = versions.write(row, _with_period(changes, row.period, at), expected_version)
        if changed:
            data = {"programme": row.key, "changes": versions.portable(changed)}
            journal.append("programme.edited", actor=actor, at=at, data=data)


def add_strategic_project(
    programme_id: int,
    fields: Mapping[str, Any],
    *,
    key: str | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Add a strategic project to a programme, at its end, and return its id.

    fields: of `STRATEGIC_FIELDS`. Raises Forbidden, NotFound, AlreadyTaken(field="key").
    """
    versions.check_names(fields, STRATEGIC_FIELDS)
    access.require(actor, Capability.PROGRAMMES_EDIT)
    with transaction():
        programme = _found(Programme, programme_id, "programme")
        last = (
            StrategicProject.select(pw.fn.MAX(StrategicProject.position))
            .where(StrategicProject.programme == programme_id)
            .scalar()
        )
        kept = key or _free_key(StrategicProject, "strategic")
        place = {"programme": programme_id, "key": kept, "position": (last or 0) + 1}
        row = _created(StrategicProject, **place, **fields)
        data = {"strategic_project": kept, "programme": programme.key, "name": fields["name"]}
        journal.append("strategic_project.added", actor=actor, at=at, data=data)
    return int(row.id)


def edit_strategic_project(
    strategic_project_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given `STRATEGIC_FIELDS`. Raises Forbidden, NotFound, StaleVersion."""
    versions.check_names(changes, STRATEGIC_FIELDS)
    access.require(actor, Capability.PROGRAMMES_EDIT)
    with transaction():
        row = _found(StrategicProject, strategic_project_id, "strategic_project")
        changed = versions.write(row, changes, expected_version)
        if changed:
            data = {"strategic_project": row.key, "changes": versions.portable(changed)}
            journal.append("strategic_project.edited", actor=actor, at=at, data=data)


def _with_period(values: Mapping[str, Any], present: Any, at: datetime) -> dict[str, Any]:
    if "period" not in values:
        return dict(values)
    return {**values, "period": versions.period_of(values["period"], present, at=at)}


def _found(model: type[BaseModel], row_id: int, kind: str) -> Any:
    row = locked(model.select().where(model._meta.primary_key == row_id)).first()
    if row is None:
        raise NotFound(kind=kind)
    return row


def _free_key(model: Any, stem: str) -> str:
    taken = {key for (key,) in rows(model.select(model.key))}
    number = len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _created(model: type[BaseModel], **values: Any) -> Any:
    try:
        with transaction():
            return model.create(**values)
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="key") from error
