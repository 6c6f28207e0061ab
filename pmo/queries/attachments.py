"""The files of a task, and how much room files take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from peewee import fn

from pmo.domain import media_types
from pmo.domain.permissions import Actor, Capability
from pmo.errors import NotFound
from pmo.models import Attachment, Task, User
from pmo.queries import access
from pmo.statements import Statement


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a task. media_type: by its content. has_preview: it is a picture to be shown."""

    id: int
    task_id: int
    name: str
    size: int
    sha256: str
    media_type: str
    width: int | None
    height: int | None
    has_preview: bool
    added_by: str
    added_at: datetime


def of_task(task_id: int, actor: Actor) -> tuple[AttachmentView, ...]:
    """Return the files of a task, in the order they came. Raises NotFound."""
    access.task(task_id, actor, Capability.PROJECT_READ)
    return tuple(_view(row) for row in ROWS_OF_TASK(task_id=task_id))


def attachment(attachment_id: int, actor: Actor) -> AttachmentView:
    """Return one file. Raises NotFound."""
    access.attachment(attachment_id, actor, Capability.PROJECT_READ)
    found = ROW(attachment_id=attachment_id)
    if not found:
        raise NotFound(kind="attachment")
    return _view(found[0])


def names_by_hash(task_id: int) -> dict[str, str]:
    """Return the names of a task's files by hash. The caller has checked the actor."""
    return dict(names(task_id=task_id))


def bytes_of_project(project_id: int) -> int:
    """Return how much the files of a project take, bytes; each content once."""
    return int(of_project(project_id=project_id)[0][0])


def bytes_of_office() -> int:
    """Return how much all files take, bytes; each content once, as the store keeps it."""
    return int(_bytes(Attachment.select(Attachment.sha256, Attachment.size)).scalar())


def is_referred_to(sha256: str) -> bool:
    """Tell whether some row needs this content."""
    return bool(reference(sha256=sha256))


COLUMNS = (
    Attachment.id,
    Attachment.task,
    Attachment.name,
    Attachment.size,
    Attachment.sha256,
    Attachment.media_type,
    Attachment.width,
    Attachment.height,
    User.name,
    Attachment.added_at,
)


def _view(row: tuple[Any, ...]) -> AttachmentView:
    id_, task_id, name, size, sha256, media_type, width, height, added_by, added_at = row
    return AttachmentView(
        id=id_,
        task_id=task_id,
        name=name,
        size=size,
        sha256=sha256,
        media_type=media_type,
        width=width,
        height=height,
        has_preview=media_type in media_types.PICTURES and width is not None,
        added_by=added_by,
        added_at=cast(datetime, Attachment.added_at.python_value(added_at)),
    )


def _rows(condition: Any) -> Any:
    return Attachment.select(*COLUMNS).join(User).where(condition).order_by(Attachment.id)


ROWS_OF_TASK = Statement(lambda task_id: _rows(Attachment.task == task_id))
ROW = Statement(lambda attachment_id: _rows(Attachment.id == attachment_id))


def _bytes(files: Any) -> Any:
    kept = files.distinct().alias("kept")
    return Attachment.select(fn.COALESCE(fn.SUM(kept.c.size), 0)).from_(kept)


@Statement
def names(task_id: Any) -> Any:
    """Return hash and name of each file of a task."""
    return Attachment.select(Attachment.sha256, Attachment.name).where(Attachment.task == task_id)


@Statement
def of_project(project_id: Any) -> Any:
    """Return the bytes of a project's files."""
    files = Attachment.select(Attachment.sha256, Attachment.size).join(Task)
    return _bytes(files.where(Task.project == project_id))


@Statement
def reference(sha256: Any) -> Any:
    """Return a row if something refers to this content."""
    return Attachment.select(Attachment.id).where(Attachment.sha256 == sha256).limit(1)
