"""Commands on filters kept under a name."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import peewee as pw

from pmo.db import locked, rows, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.errors import AlreadyTaken, Forbidden, NotFound, StaleVersion, TooMany
from pmo.models import Label, Membership, Project, SavedFilter, Stage, User
from pmo.queries import access
from pmo.services import journal, versions

MOST_FILTERS = 50
"""Of one person in one project; and shared ones of a project."""

FIELDS = ("name", "is_shared")
"""What can be edited; another filter is another saved one."""


def add(
    project_id: int,
    *,
    name: str,
    asked: Mapping[str, Any],
    is_shared: bool = False,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep a filter under a name and return its id.

    asked: plain values by the names of `schemas.task_filters`. Raises NotFound (also for a
    stage, label or person that is not the project's), Forbidden, TooMany, AlreadyTaken(name).
    """
    with transaction():
        access.project(project_id, actor, Capability.OWN_VIEW)
        locked(Project.select(Project.id).where(Project.id == project_id)).get()
        if is_shared:
            _require_lead(project_id, actor)
        _check_things(project_id, asked)
        _check_room(project_id, actor.user_id, is_shared=is_shared)
        made = SavedFilter(
            project=project_id,
            owner=actor.user_id,
            name=name,
            is_shared=is_shared,
            asked=dict(asked),
        )
        _saved(made)
        data = {"filter": name, "owner": actor.login, "is_shared": is_shared}
        _record("project.filter_added", project_id, actor, at, data)
    return int(made.id)


def edit(
    filter_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Rename a filter, share it or take it back. changes: of `FIELDS`.

    Raises NotFound, Forbidden, StaleVersion, TooMany, AlreadyTaken(name).
    """
    versions.check_names(changes, FIELDS)
    with transaction():
        found = _loaded(filter_id, actor)
        if expected_version not in (None, found.version):
            raise StaleVersion(version=found.version)
        before = {name: getattr(found, name) for name in changes}
        changed = {
            name: [before[name], value] for name, value in changes.items() if value != before[name]
        }
        if not changed:
            return
        if changes.get("is_shared") and not found.is_shared:
            _require_lead(found.project_id, actor)
            _check_room(found.project_id, found.owner_id, is_shared=True)
        data = {"filter": found.name, "owner": found.owner.login, "changes": changed}
        for name, value in changes.items():
            setattr(found, name, value)
        found.version += 1
        _saved(found)
        _record("project.filter_edited", found.project_id, actor, at, data)


def remove(
    filter_id: int, *, expected_version: int | None = None, actor: Actor, at: datetime
) -> None:
    """Forget a filter. Raises NotFound, Forbidden, StaleVersion."""
    with transaction():
        found = _loaded(filter_id, actor)
        if expected_version not in (None, found.version):
            raise StaleVersion(version=found.version)
        data = {"filter": found.name, "owner": found.owner.login, "is_shared": found.is_shared}
        found.delete_instance()
        _record("project.filter_removed", found.project_id, actor, at, data)


def _loaded(filter_id: int, actor: Actor) -> SavedFilter:
    """Load a filter that the actor may change: their own, or a shared one as a lead."""
    standing = access.saved_filter(filter_id, actor, Capability.OWN_VIEW)
    locked(Project.select(Project.id).where(Project.id == standing.project_id)).get()
    found: SavedFilter | None = SavedFilter.get_or_none(SavedFilter.id == filter_id)
    if found is None:
        raise NotFound(kind="filter")
    if found.is_shared:
        _require_lead(standing.project_id, actor)
    return found


def _require_lead(project_id: int, actor: Actor) -> None:
    if not access.project(project_id, actor, Capability.OWN_VIEW).may(Capability.BOARD_CONFIGURE):
        raise Forbidden(capability=Capability.BOARD_CONFIGURE.value)


def _check_things(project_id: int, asked: Mapping[str, Any]) -> None:
    """Refuse what is not the project's as if it did not exist."""
    stages = Stage.select(Stage.id).where(Stage.project == project_id)
    labels = Label.select(Label.id).where(Label.project == project_id)
    people = User.select(User.id).join(Membership).where(Membership.project == project_id)
    for name, query in (("stage_id", stages), ("label_id", labels), ("assignee_id", people)):
        wanted = set(asked.get(name, ())) - {0}
        if wanted - _ids(query):
            raise NotFound(kind=name.removesuffix("_id"))


def _ids(query: Any) -> set[int]:
    found: Iterable[tuple[int]] = rows(query)
    return {id_ for (id_,) in found}


def _check_room(project_id: int, owner_id: int, *, is_shared: bool) -> None:
    whose = SavedFilter.is_shared if is_shared else SavedFilter.owner == owner_id
    present = SavedFilter.select().where((SavedFilter.project == project_id) & whose)
    if present.count() >= MOST_FILTERS:
        raise TooMany(most=MOST_FILTERS)


def _saved(made: SavedFilter) -> None:
    try:
        with transaction():
            made.save()
    except pw.IntegrityError as error:
        raise AlreadyTaken(field="name") from error


def _record(kind: str, project_id: int, actor: Actor, at: datetime, data: dict[str, Any]) -> None:
    journal.append(kind, actor=actor, at=at, project_id=project_id, data=data)
