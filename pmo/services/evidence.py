"""Commands on the evidence of tasks: what confirms a result, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import transaction
from pmo.domain import links
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Invalid, NotFound, TooMany, _
from pmo.models import Evidence
from pmo.queries import access
from pmo.services import board_locks, journal, versions

MOST = 50
"""Pieces of one task."""

FIELDS = ("title", "url", "presentation", "note")
NO_LINK = _("Give the whole address, such as https://example.org/report.")


@dataclass(frozen=True, slots=True)
class Changed:
    """A piece of evidence was added, changed or removed."""

    task_id: int
    evidence_id: int


@board_locks.restarted
def add(task_id: int, fields: Mapping[str, Any], *, actor: Actor, at: datetime) -> Changed:
    """Add a piece of evidence to a task.

    fields: of `FIELDS`; `title` and `url` are required.
    Raises NotFound, Forbidden, Archived, Invalid, TooMany.
    """
    versions.check_names(fields, FIELDS)
    _check(fields)
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(task_id, found.column_id, evidence_count=+1)
        if Evidence.select().where(Evidence.task == task_id).count() >= MOST:
            raise TooMany(most=MOST)
        row = Evidence.create(task=task_id, added_by=actor.user_id, added_at=at, **fields)
        data = {name: getattr(row, name) for name in FIELDS}
        _event("task.evidence_added", found, task_id, data, actor=actor, at=at)
    return Changed(task_id, int(row.id))


@board_locks.restarted
def edit(
    evidence_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> Changed:
    """Write the given `FIELDS`. Raises NotFound, Forbidden, Archived, Invalid, StaleVersion."""
    versions.check_names(changes, FIELDS)
    _check(changes)
    with transaction():
        found = access.evidence(evidence_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(found.task_id, found.column_id)
        row = _row(evidence_id)
        title = row.title
        if changed := versions.write(row, changes, expected_version):
            data = {"title": title, "changes": versions.portable(changed)}
            _event("task.evidence_edited", found, found.task_id, data, actor=actor, at=at)
    return Changed(found.task_id, evidence_id)


@board_locks.restarted
def remove(
    evidence_id: int, *, expected_version: int | None = None, actor: Actor, at: datetime
) -> Changed:
    """Remove a piece of evidence. Raises NotFound, Forbidden, Archived, StaleVersion."""
    with transaction():
        found = access.evidence(evidence_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(found.task_id, found.column_id, evidence_count=-1)
        row = _row(evidence_id)
        versions.write(row, {}, expected_version)
        row.delete_instance()
        data = {name: getattr(row, name) for name in FIELDS}
        _event("task.evidence_removed", found, found.task_id, data, actor=actor, at=at)
    return Changed(found.task_id, evidence_id)


def _check(fields: Mapping[str, Any]) -> None:
    if "url" in fields and not links.is_followable(fields["url"]):
        raise Invalid({"url": [NO_LINK]})


def _row(evidence_id: int) -> Evidence:
    """Read it under the lock of its task's column; whoever removed it was faster."""
    row: Evidence | None = Evidence.get_or_none(Evidence.id == evidence_id)
    if row is None:
        raise NotFound(kind="evidence")
    return row


def _event(
    kind: str,
    found: access.ProjectAccess,
    task_id: int,
    data: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    journal.append(
        kind, actor=actor, at=at, project_id=found.project_id, task_id=task_id, data=data
    )
