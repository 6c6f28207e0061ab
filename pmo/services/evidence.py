"""Commands on the evidence of tasks: what confirms a result, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pmo.db import rows, transaction
from pmo.domain import links
from pmo.domain.permissions import Actor, Capability
from pmo.errors import Invalid, NotFound, TooMany, _
from pmo.models import Attachment, Evidence
from pmo.queries import access
from pmo.services import board_locks, versions
from pmo.services.part_events import Told

MOST = 50
"""Pieces of one task."""

FIELDS = ("title", "url", "attachment_id", "presentation", "note")
NO_LINK = _("Give the whole address, such as https://example.org/report.")
ONE_OF_BOTH = _("Give an address or choose a file of the card: one of the two.")


@dataclass(frozen=True, slots=True)
class Changed:
    """A piece of evidence was added, changed or removed.

    event_id: None if nothing was different.
    """

    task_id: int
    evidence_id: int
    event_id: int | None = None


@board_locks.restarted
def add(
    task_id: int,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Add a piece of evidence to a task.

    fields: of `FIELDS`; `title` and one of `url` and `attachment_id` are required.
    undoes_id: the event that this takes back.
    Raises NotFound (also for a file of another task), Forbidden, Archived, Invalid, TooMany.
    """
    versions.check_names(fields, FIELDS)
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(task_id, found.column_id, evidence_count=+1)
        _check(task_id, {"url": "", "attachment_id": None, **fields})
        if Evidence.select().where(Evidence.task == task_id).count() >= MOST:
            raise TooMany(most=MOST)
        row = Evidence.create(task=task_id, added_by=actor.user_id, added_at=at, **fields)
        data = _portable({name: getattr(row, name) for name in FIELDS})
        told = Told(found, task_id, actor, at, undoes_id)
        event_id = told.append("task.evidence_added", data)
    return Changed(task_id, int(row.id), event_id)


@board_locks.restarted
def edit(
    evidence_id: int,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Write the given `FIELDS`. Raises NotFound, Forbidden, Archived, Invalid, StaleVersion."""
    versions.check_names(changes, FIELDS)
    event_id = None
    with transaction():
        found = access.evidence(evidence_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(found.task_id, found.column_id)
        row = _row(evidence_id)
        title = row.title
        present = {name: getattr(row, name) for name in ("url", "attachment_id")}
        _check(found.task_id, {**present, **changes})
        if changed := versions.write(row, changes, expected_version):
            before = _portable({name: old for name, (old, _new) in changed.items()})
            after = _portable({name: new for name, (_old, new) in changed.items()})
            data = {"title": title, "changes": {it: [before[it], after[it]] for it in before}}
            told = Told(found, found.task_id, actor, at, undoes_id)
            event_id = told.append("task.evidence_edited", data)
    return Changed(found.task_id, evidence_id, event_id)


@board_locks.restarted
def remove(
    evidence_id: int,
    *,
    expected_version: int | None = None,
    actor: Actor,
    at: datetime,
    undoes_id: int | None = None,
) -> Changed:
    """Remove a piece of evidence. Raises NotFound, Forbidden, Archived, StaleVersion."""
    with transaction():
        found = access.evidence(evidence_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(found.task_id, found.column_id, evidence_count=-1)
        row = _row(evidence_id)
        versions.write(row, {}, expected_version)
        row.delete_instance()
        data = _portable({name: getattr(row, name) for name in FIELDS})
        told = Told(found, found.task_id, actor, at, undoes_id)
        event_id = told.append("task.evidence_removed", data)
    return Changed(found.task_id, evidence_id, event_id)


def _check(task_id: int, fields: Mapping[str, Any]) -> None:
    """Refuse what leads nowhere; under the lock of the task's column, which its files share."""
    url, attachment_id = fields["url"], fields["attachment_id"]
    if bool(url) is (attachment_id is not None):
        raise Invalid({"url": [ONE_OF_BOTH]})
    if url and not links.is_followable(url):
        raise Invalid({"url": [NO_LINK]})
    own = (Attachment.id == attachment_id) & (Attachment.task == task_id)
    if attachment_id is not None and not Attachment.select().where(own).exists():
        raise NotFound(kind="attachment")


def _portable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as the journal keeps them: a file by its name."""
    if "attachment_id" not in fields:
        return dict(fields)
    names = dict(
        rows(
            Attachment.select(Attachment.id, Attachment.name).where(
                Attachment.id == fields["attachment_id"]
            )
        )
    )
    kept = {name: value for name, value in fields.items() if name != "attachment_id"}
    return {**kept, "file": names.get(fields["attachment_id"], "")}


def _row(evidence_id: int) -> Evidence:
    """Read it under the lock of its task's column; whoever removed it was faster."""
    row: Evidence | None = Evidence.get_or_none(Evidence.id == evidence_id)
    if row is None:
        raise NotFound(kind="evidence")
    return row
