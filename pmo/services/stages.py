"""Commands on the stages of a project."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import locked, transaction
from pmo.domain.periods import Period
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Conflict, InUse, NotFound
from pmo.models import Project, Stage, Task
from pmo.queries import access
from pmo.services import board_locks, journal, versions

FIELDS = ("name", "period")
"""Of a stage; the period as text."""


def add(project_id: int, fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> int:
    """Add a stage behind the others and return its id. Raises NotFound, Forbidden.

    fields: of `FIELDS`, the name at least.
    """
    versions.check_names(fields, FIELDS)
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_EDIT)
        others = _locked_in_order(project_id)
        stage = Stage.create(
            project=project_id,
            key=_next_key(others),
            position=max((other.position for other in others), default=0) + 1,
            **_values(fields, None, at),
        )
        _record("project.stage_added", stage, actor, at, {"name": stage.name})
    return int(stage.id)


def edit(
    stage_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given `FIELDS` of a stage. Raises NotFound, Forbidden, StaleVersion."""
    versions.check_names(changes, FIELDS)
    with transaction():
        stage = _loaded(stage_id, actor)
        changed = versions.write(stage, _values(changes, stage.period, at), expected_version)
        if changed:
            told = {name: pair for name, pair in changed.items() if name in FIELDS}
            data = {"changes": versions.portable(told)}
            _record("project.stage_edited", stage, actor, at, data)


def place(stage_id: int, *, before_id: int | None, actor: Actor, at: datetime) -> None:
    """Put a stage before another of its project, or behind all. Raises NotFound, Forbidden."""
    with transaction():
        found = access.stage(stage_id, actor, Capability.PROJECT_EDIT)
        present = _locked_in_order(found.project_id)
        moving = [stage for stage in present if stage.id == stage_id]
        others = [stage for stage in present if stage.id != stage_id]
        places = [index for index, other in enumerate(others) if other.id == before_id]
        if not moving or (before_id is not None and not places):
            raise NotFound(kind="stage")
        index = places[0] if places else len(others)
        order = [*others[:index], *moving, *others[index:]]
        if order == present:
            return
        for position, other in enumerate(order, start=1):
            if other.position != position:
                Stage.update(position=position).where(Stage.id == other.id).execute()
        before = others[index].key if places else None
        _record("project.stage_edited", moving[0], actor, at, {"before": before})


def remove(
    stage_id: int, *, expected_version: int | None = None, actor: Actor, at: datetime
) -> None:
    """Remove a stage that no task stands in. Raises NotFound, Forbidden, StaleVersion, InUse."""
    with transaction():
        stage = _loaded(stage_id, actor)
        versions.write(stage, {}, expected_version)
        count = Task.select().where(Task.stage == stage_id).count()
        if count:
            raise InUse(count=count)
        _record("project.stage_removed", stage, actor, at, {"name": stage.name})
        _delete(stage)


def _loaded(stage_id: int, actor: Actor) -> Stage:
    access.stage(stage_id, actor, Capability.PROJECT_EDIT)
    stage: Stage | None = locked(Stage.select().where(Stage.id == stage_id)).first()
    if stage is None:
        raise NotFound(kind="stage")
    return stage


def _locked_in_order(project_id: int) -> list[Stage]:
    locked(Project.select(Project.id).where(Project.id == project_id)).get()
    return list(
        Stage.select().where(Stage.project == project_id).order_by(Stage.position, Stage.id)
    )


def _next_key(stages: list[Stage]) -> str:
    numbers = [int(stage.key[1:]) for stage in stages if stage.key[1:].isdecimal()]
    return f"s{max(numbers, default=0) + 1}"


def _values(fields: Mapping[str, Any], present: Period | None, at: datetime) -> dict[str, Any]:
    if "period" not in fields:
        return dict(fields)
    period = versions.period_of(fields["period"], present, at=at)
    days = (period.starts_on, period.ends_on) if period else (None, None)
    return {**fields, "period": period, "starts_on": days[0], "ends_on": days[1]}


def _delete(stage: Stage) -> None:
    try:
        with transaction():
            stage.delete_instance()
    except pw.IntegrityError as error:  # a task came to stand in it meanwhile
        raise Conflict from error


def _record(kind: str, stage: Stage, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    """Lock the boards, then note the event.

    Before a removal: a task's edit locks its column first and then the stage it names.
    """
    board_locks.touch(stage.project_id)
    said = {"stage": stage.key, **data}
    journal.append(kind, actor=actor, at=at, project_id=stage.project_id, data=said)
