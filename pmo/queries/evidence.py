"""The evidence of a task."""

from dataclasses import dataclass
from datetime import datetime

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Attachment, Evidence, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of the same task."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence: url is '' or file is None. presentation: its form, as plans say it."""

    id: int
    task_id: int
    title: str
    url: str
    file: FileLink | None
    presentation: str
    note: str
    added_by: str
    added_at: datetime
    version: int


def of_task(task_id: int, actor: Actor) -> tuple[EvidenceView, ...]:
    """Return a task's evidence, the oldest first; two statements. Raises NotFound."""
    access.task(task_id, actor, Capability.PROJECT_READ)
    return _pieces(Evidence.task == task_id)


def piece(evidence_id: int, actor: Actor) -> EvidenceView:
    """Return one piece; two statements. Raises NotFound."""
    access.evidence(evidence_id, actor, Capability.PROJECT_READ)
    for view in _pieces(Evidence.id == evidence_id):
        return view
    raise NotFound(kind="evidence")


def _pieces(condition: pw.Expression) -> tuple[EvidenceView, ...]:
    columns = (
        Evidence.id,
        Evidence.task,
        Evidence.title,
        Evidence.url,
        Attachment.id,
        Attachment.name,
        Evidence.presentation,
        Evidence.note,
        User.name,
        Evidence.added_at,
        Evidence.version,
    )
    query = Evidence.select(*columns).join(User)
    query = query.join_from(Evidence, Attachment, pw.JOIN.LEFT_OUTER)
    return tuple(
        EvidenceView(id_, task_id, title, url, FileLink(file_id, name) if file_id else None, *rest)
        for id_, task_id, title, url, file_id, name, *rest in rows(
            query.where(condition).order_by(Evidence.id)
        )
    )
