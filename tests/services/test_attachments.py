"""Files of tasks."""

import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from pmo.blobs import Store, WrongHash
from pmo.errors import (
    AlreadyAttached,
    Archived,
    Forbidden,
    Invalid,
    NotFound,
    OfficeQuotaReached,
    PmoError,
    ProjectQuotaReached,
    TooMany,
)
from pmo.models import Attachment, Board, Event, Task
from pmo.queries import attachments as queries
from pmo.queries import doctor
from pmo.services import attachments
from pmo.services.attachments import Room, Upload
from tests.cast import NOW, Cast
from tests.files import ROOM, png
from tests.services.test_concurrency import together

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "attachments")


def send(
    cast: Cast, store: Store, *contents: bytes, task: int = 0, room: Room = ROOM, who: str = "mila"
) -> tuple[int, ...]:
    uploads = [Upload(f"{len(content)}.bin", BytesIO(content)) for content in contents]
    return attachments.attach(
        cast.orchard.tasks[task],
        uploads,
        store=store,
        room=room,
        actor=cast.actor(who),
        at=NOW,
    )


def test_a_file_is_kept_under_its_hash_and_told_to_the_journal(cast: Cast, store: Store) -> None:
    [made] = send(cast, store, png(4, 5))

    [view] = queries.of_task(cast.orchard.tasks[0], cast.olga)
    assert (view.id, view.media_type, view.width, view.height) == (made, "image/png", 4, 5)
    assert view.has_preview
    assert store.path(view.sha256).read_bytes() == png(4, 5)
    assert store.path(view.sha256).relative_to(store.folder).parts[:2] == (
        view.sha256[:2],
        view.sha256[2:4],
    )
    event = Event.get()
    assert (event.kind, event.task_id) == ("attachment.added", cast.orchard.tasks[0])
    assert event.data == {"name": view.name, "size": view.size, "sha256": view.sha256}


def test_the_card_counts_its_files_and_is_drawn_anew(cast: Cast, store: Store) -> None:
    before = Board.get_by_id(cast.orchard.board).revision

    [first, _second] = send(cast, store, b"one", b"three")
    attachments.remove(first, actor=cast.mila, at=NOW)

    assert Task.get_by_id(cast.orchard.tasks[0]).attachment_count == 1
    assert Board.get_by_id(cast.orchard.board).revision == before + 2


def test_the_same_content_is_stored_once(cast: Cast, store: Store) -> None:
    send(cast, store, b"same")
    send(cast, store, b"same", task=1)

    assert len(list(store.all())) == 1
    assert Attachment.select().count() == 2


def test_a_task_has_the_same_content_once(cast: Cast, store: Store) -> None:
    send(cast, store, b"same")

    with pytest.raises(AlreadyAttached):
        send(cast, store, b"other", b"same")

    assert Attachment.select().count() == 1


@pytest.mark.parametrize(
    "contents", [(), (b"",), (b"good", b""), (b"x" * (1024 * 1024 + 1),), (b"a",) * 21]
)
def test_what_cannot_be_taken_leaves_nothing(
    cast: Cast, store: Store, contents: tuple[bytes, ...]
) -> None:
    with pytest.raises(Invalid):
        send(cast, store, *contents)

    assert not Attachment.select().exists()
    assert not Event.select().exists()
    assert list(store.leftovers()) == []


def test_a_task_has_a_hundred_files_at_most(cast: Cast, store: Store) -> None:
    for ten in range(10):
        send(cast, store, *(f"{ten} {number}".encode() for number in range(10)))

    with pytest.raises(TooMany):
        send(cast, store, b"one too many")

    assert Task.get_by_id(cast.orchard.tasks[0]).attachment_count == 100


def test_quotas_hold(cast: Cast, store: Store) -> None:
    send(cast, store, b"the same", task=1)
    send(cast, store, b"the same", task=2, room=Room(100, 10, 10))
    with pytest.raises(ProjectQuotaReached):
        send(cast, store, b"x" * 11, room=Room(100, 10, 100))
    with pytest.raises(OfficeQuotaReached):
        send(cast, store, b"x" * 11, room=Room(100, 100, 10))

    assert Task.get_by_id(cast.orchard.tasks[0]).attachment_count == 0


def test_a_quota_holds_against_eight_at_once(cast: Cast, store: Store) -> None:
    room = Room(file=100, project=50, office=100)

    def one(number: int) -> Any:
        try:
            return send(cast, store, b"%d" % number * 20, task=number % 3, room=room)
        except ProjectQuotaReached as error:
            return error

    results = together(one)

    assert sum(isinstance(result, ProjectQuotaReached) for result in results) == 6
    assert queries.bytes_of_project(cast.orchard.project) == 40


@pytest.mark.parametrize(("who", "error"), [("olga", Forbidden), ("clea", NotFound)])
def test_others_can_neither_attach_nor_remove(
    cast: Cast, store: Store, who: str, error: type[PmoError]
) -> None:
    [made] = send(cast, store, b"ours")

    with pytest.raises(error):
        send(cast, store, b"theirs", who=who)
    with pytest.raises(error):
        attachments.remove(made, actor=cast.actor(who), at=NOW)

    assert Attachment.select().count() == 1


def test_an_archived_task_keeps_its_files(cast: Cast, store: Store) -> None:
    [made] = send(cast, store, b"kept")
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[0]).execute()

    with pytest.raises(Archived):
        send(cast, store, b"late")
    with pytest.raises(Archived):
        attachments.remove(made, actor=cast.lev, at=NOW)

    assert queries.attachment(made, cast.olga).size == 4


def test_a_sweep_takes_only_what_nobody_has_had_for_a_day(
    cast: Cast, store: Store, aged: Callable[..., None]
) -> None:
    kept, old, _fresh = send(cast, store, b"kept", b"removed", b"removed just now")
    attachments.remove(old, actor=cast.mila, at=NOW)
    attachments.remove(_fresh, actor=cast.mila, at=NOW)
    aged(b"kept", b"removed")
    (store.folder / "temporary" / "dead").write_bytes(b"half")
    os.utime(store.folder / "temporary" / "dead", (0, 0))

    swept = attachments.sweep(store=store, now=NOW)

    assert (swept.files, swept.bytes) == (2, 11)
    assert sorted(stored.size for stored in store.all()) == [4, 16]
    assert store.has(queries.attachment(kept, cast.mila).sha256, 4)


def test_a_file_that_comes_again_is_not_swept(
    cast: Cast, store: Store, aged: Callable[..., None]
) -> None:
    [made] = send(cast, store, b"again")
    attachments.remove(made, actor=cast.mila, at=NOW)
    aged(b"again")

    send(cast, store, b"again", task=1)

    assert attachments.sweep(store=store, now=NOW).files == 0


@pytest.fixture
def aged(store: Store) -> Callable[..., None]:
    def age(*contents: bytes) -> None:
        old = (NOW - 2 * DAY).timestamp()
        for stored in store.all():
            fresh = store.path(stored.sha256)
            moment = old if fresh.read_bytes() in contents else NOW.timestamp()
            os.utime(fresh, (moment, moment))

    return age


def test_doctor_misses_a_file_that_is_gone(cast: Cast, store: Store, tmp_path: Path) -> None:
    send(cast, store, b"here", b"gone")
    store.discard(queries.of_task(cast.orchard.tasks[0], cast.mila)[1].sha256)

    faults = {
        finding.check: finding.facts.get("count")
        for finding in doctor.findings(now=NOW, data_dir=tmp_path, attachments_dir=store.folder)
        if not finding.is_well
    }

    assert faults.pop("files") == 1
    assert "numbers of files" not in faults


def test_files_are_read_in_two_statements(cast: Cast, store: Store) -> None:
    send(cast, store, *(str(number).encode() for number in range(15)))

    with count_queries() as counted:
        found = queries.of_task(cast.orchard.tasks[0], cast.mila)

    assert len(found) == 15
    assert counted.count == 2


def test_bytes_that_are_not_what_was_promised_are_refused(store: Store) -> None:
    with pytest.raises(WrongHash):
        store.keep(BytesIO(b"other"), most=100, sha256="0" * 64)

    assert list(store.all()) == []
    assert list(store.leftovers()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "." * 64])
def test_only_a_hash_is_a_place(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        store.path(name)
