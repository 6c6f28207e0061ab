"""The evidence of a task."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import peewee as pw

from pmo.db import rows
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Evidence, User
from pmo.queries import access


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence. presentation: its form, as the plan says it. host: of the address."""

    id: int
    task_id: int
    title: str
    url: str
    host: str
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
        Evidence.presentation,
        Evidence.note,
        User.name,
        Evidence.added_at,
        Evidence.version,
    )
    query = Evidence.select(*columns).join(User).where(condition).order_by(Evidence.id)
    return tuple(
        EvidenceView(id_, task_id, title, url, urlsplit(url).hostname or "", *rest)
        for id_, task_id, title, url, *rest in rows(query)
    )
