"""Commands on the files of tasks: attach, remove, sweep what nobody refers to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from pmo.blobs import Blob, Store, TooLarge
from pmo.db import take_turns, transaction
from pmo.domain import file_names
from pmo.domain.permissions import Actor, Capability
from pmo.errors import (
    AlreadyAttached,
    InUse,
    Invalid,
    NoLongerFits,
    NotFound,
    OfficeQuotaReached,
    ProjectQuotaReached,
    Sentence,
    Sentences,
    TooMany,
    _,
)
from pmo.models import Attachment, Evidence
from pmo.queries import access
from pmo.queries import attachments as queries
from pmo.services import board_locks
from pmo.services.part_events import Told

MEGABYTE = 1024 * 1024
MOST_OF_TASK = 100
"""Files of one task."""

MOST_AT_ONCE = 20
"""Files of one request."""

TURN = 0x66696C65
"""Key of the lock that counts room, and that keeps a file while a row for it is written."""

GONE = _("The bytes of “{name}” are not kept any more.")
KEPT = timedelta(days=1)
"""How long a file without a row is kept: an upload may be about to refer to it."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be kept, bytes: one file, one project, the office."""

    file: int
    project: int
    office: int


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where files are kept, and how much of them."""

    store: Store
    room: Room


@dataclass(frozen=True, slots=True)
class Removed:
    """A file was removed from its task."""

    task_id: int
    event_id: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes: the name it was given elsewhere, and its bytes."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed. bytes: how much room that gives back."""

    files: int
    bytes: int


def attach(
    task_id: int,
    uploads: Sequence[Upload],
    *,
    store: Store,
    room: Room,
    actor: Actor,
    at: datetime,
) -> tuple[int, ...]:
    """Attach files to a task, all or none, and return their ids.

    The bytes are written before the transaction begins; refused ones are swept later.
    Raises NotFound, Forbidden, Archived, QuotaReached, AlreadyAttached, TooMany, Invalid (too
    large, empty, too many at once).
    """
    access.task(task_id, actor, Capability.TASK_EDIT)
    if not uploads:
        raise Invalid({"files": [_("Choose a file.")]})
    if len(uploads) > MOST_AT_ONCE:
        said = Sentence(_("At most {most} files at once."), most=MOST_AT_ONCE)
        raise Invalid({"files": [said]})
    kept = [_kept(upload, store, room) for upload in uploads]
    return _attach(task_id, kept, store=store, room=room, actor=actor, at=at)


@board_locks.restarted
def _attach(
    task_id: int,
    kept: Sequence[tuple[str, Blob]],
    *,
    store: Store,
    room: Room,
    actor: Actor,
    at: datetime,
) -> tuple[int, ...]:
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(task_id, found.column_id, attachment_count=len(kept))
        take_turns(TURN)
        _check_number(task_id, kept)
        ids = []
        for name, blob in kept:
            if not store.touch(blob.sha256):
                raise Invalid({"files": [_("The file was lost on its way. Send it again.")]})
            ids.append(_write(Told(found, task_id, actor, at), name, blob))
        check_room(found.project_id, room)
    return tuple(ids)


@board_locks.restarted
def put_back(
    task_id: int,
    kept: Mapping[str, Any],
    *,
    keeping: Keeping,
    actor: Actor,
    at: datetime,
    undoes_id: int,
) -> int:
    """Attach a removed file again whose bytes are not swept yet, and return its id.

    kept: data of `attachment.removed`. undoes_id: the event that this takes back.
    Raises NotFound, Forbidden, Archived, NoLongerFits, QuotaReached, AlreadyAttached, TooMany.
    """
    with transaction():
        found = access.task(task_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(task_id, found.column_id, attachment_count=1)
        take_turns(TURN)
        blob = keeping.store.describe(kept["sha256"])
        if blob is None:
            raise NoLongerFits(what=Sentences((Sentence(GONE, name=kept["name"]),)))
        _check_number(task_id, [(kept["name"], blob)])
        made = _write(Told(found, task_id, actor, at, undoes_id), kept["name"], blob)
        check_room(found.project_id, keeping.room)
    return made


@board_locks.restarted
def remove(
    attachment_id: int, *, actor: Actor, at: datetime, undoes_id: int | None = None
) -> Removed:
    """Remove a file from its task. Its bytes are swept later.

    undoes_id: the event that this takes back.
    Raises NotFound, Forbidden, Archived, InUse while it is evidence.
    """
    with transaction():
        found = access.attachment(attachment_id, actor, Capability.TASK_EDIT)
        board_locks.redraw(found.task_id, found.column_id, attachment_count=-1)
        row = Attachment.get_or_none(Attachment.id == attachment_id)
        if row is None:
            raise NotFound(kind="attachment")
        if used := Evidence.select().where(Evidence.attachment == attachment_id).count():
            raise InUse(count=used)
        row.delete_instance()
        told = Told(found, found.task_id, actor, at, undoes_id)
        data = {"name": row.name, "size": row.size, "sha256": row.sha256}
        event_id = told.append("attachment.removed", data)
    return Removed(found.task_id, event_id)


def check_room(project_id: int, room: Room) -> None:
    """Refuse the files that have just been written if they are more than may be kept.

    The last lock that a transaction takes, so that nobody waits in a circle. Raises QuotaReached.
    """
    take_turns(TURN)
    if queries.bytes_of_project(project_id) > room.project:
        raise ProjectQuotaReached(most=room.project // MEGABYTE)
    if queries.bytes_of_office() > room.office:
        raise OfficeQuotaReached(most=room.office // MEGABYTE)


def sweep(*, store: Store, now: datetime) -> Swept:
    """Remove files that no row refers to and that nobody has touched for a day."""
    files = size = 0
    for stored in store.all():
        if stored.touched_at > now - KEPT or queries.is_referred_to(stored.sha256):
            continue
        if _discarded(stored.sha256, store, now):
            files, size = files + 1, size + stored.size
    for path in store.leftovers():
        told = path.stat()
        if datetime.fromtimestamp(told.st_mtime, UTC) <= now - KEPT:
            path.unlink(missing_ok=True)
            files, size = files + 1, size + told.st_size
    return Swept(files, size)


def _discarded(sha256: str, store: Store, now: datetime) -> bool:
    """Remove one file under the lock; look again, an upload may have been faster."""
    with transaction():
        take_turns(TURN)
        touched_at = store.touched_at(sha256)
        if touched_at is None or touched_at > now - KEPT or queries.is_referred_to(sha256):
            return False
        store.discard(sha256)
    return True


def _kept(upload: Upload, store: Store, room: Room) -> tuple[str, Blob]:
    name = file_names.cleaned(upload.name)
    try:
        blob = store.keep(upload.content, most=room.file)
    except TooLarge as error:
        most = room.file // MEGABYTE
        said = Sentence(_("“{name}” is larger than {most} MB."), name=name, most=most)
        raise Invalid({"files": [said]}) from error
    if not blob.size:
        raise Invalid({"files": [Sentence(_("“{name}” is empty."), name=name)]})
    return name, blob


def _write(told: Told, name: str, blob: Blob) -> int:
    """Write the row of a kept file, and its event."""
    row = Attachment.create(
        task=told.task_id,
        name=name,
        sha256=blob.sha256,
        size=blob.size,
        media_type=blob.media_type,
        width=blob.width,
        height=blob.height,
        added_by=told.actor.user_id,
        added_at=told.at,
    )
    told.append("attachment.added", {"name": name, "size": blob.size, "sha256": blob.sha256})
    return int(row.id)


def _check_number(task_id: int, kept: Iterable[tuple[str, Blob]]) -> None:
    """Refuse what the task has already, and more files than it may have."""
    there = queries.names_by_hash(task_id)
    for name, blob in kept:
        if blob.sha256 in there:
            raise AlreadyAttached(name=name, known=there[blob.sha256])
        there[blob.sha256] = name
    if len(there) > MOST_OF_TASK:
        raise TooMany(most=MOST_OF_TASK)
