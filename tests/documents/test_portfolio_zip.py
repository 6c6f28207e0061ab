"""The portfolio with the files of its cards, and archives that mean harm."""

import hashlib
import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmo.blobs import Store
from pmo.documents import portfolio_file, portfolio_zip, zip_ends
from pmo.domain.permissions import Actor
from pmo.domain.vocabulary import Role
from pmo.errors import FileRefused, Forbidden, PortfolioNotEmpty
from pmo.models import ALL, Attachment, Task
from tests.cast import NOW, Cast
from tests.documents.portfolios import ATTACHMENTS, good
from tests.files import png

ADMINISTRATOR = Actor(1, "admin", "Anna", Role.ADMINISTRATOR)

FILES = (b"Programme", png())
HASHES = [hashlib.sha256(content).hexdigest() for content in FILES]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "attachments")


def portfolio() -> bytes:
    """Return a portfolio whose fifth task has the two files."""
    content = good()
    content["projects"][0]["tasks"][2]["evidence"][1]["file"] = HASHES[0]
    content["projects"][0]["tasks"][2]["attachments"] = [
        {**row, "size": len(data), "sha256": sha256}
        for row, data, sha256 in zip(ATTACHMENTS, FILES, HASHES, strict=True)
    ]
    return portfolio_file.dump(content, "yaml")


def entries() -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    return [
        (portfolio_zip.CONTENT, portfolio()),
        *(
            (portfolio_zip.FOLDER + sha256, data)
            for sha256, data in zip(HASHES, FILES, strict=True)
        ),
    ]


def packed(parts: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = 8) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return target.getvalue()


def take(data: bytes, store: Store, most_mb: int = 1) -> Any:
    return portfolio_zip.read(io.BytesIO(data), store=store, most_mb=most_mb, actor=None, at=NOW)


def nothing_is_left(store: Store) -> bool:
    rows = sum(model.select().count() for model in ALL)
    return rows == 0 and list(store.leftovers()) == []


def test_what_came_in_goes_out_the_same_byte_for_byte(
    db: Any, store: Store, tmp_path: Path
) -> None:
    done = take(packed(entries()), store)
    first, second = io.BytesIO(), io.BytesIO()

    portfolio_zip.write(first, store=store, actor=None, at=NOW)
    portfolio_zip.write(second, store=store, actor=None, at=NOW)

    assert (done.files, done.files_missing) == (2, 0)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert archive.read(portfolio_zip.CONTENT) == portfolio()
        assert [archive.read(portfolio_zip.FOLDER + sha256) for sha256 in HASHES] == list(FILES)


def test_a_picture_can_be_shown_again(db: Any, store: Store) -> None:
    take(packed(entries()), store)

    picture = Attachment.get(Attachment.sha256 == HASHES[1])
    assert (picture.media_type, picture.width, picture.height) == ("image/png", 2, 3)
    assert Task.get(Task.number == 5).attachment_count == 2


def test_the_yaml_alone_lists_files_that_are_not_there(db: Any, store: Store) -> None:
    done = portfolio_file.import_file(portfolio(), format="yaml", actor=None, at=NOW)
    target = io.BytesIO()

    lost = portfolio_zip.write(target, store=store, actor=None, at=NOW)

    assert (done.files, done.files_missing, lost) == (0, 2, 2)
    assert portfolio_file.export_file(format="yaml", actor=None, at=NOW) == portfolio()


def test_an_archive_that_misses_a_file_is_taken_with_what_it_has(db: Any, store: Store) -> None:
    done = take(packed(entries()[:2]), store)

    assert (done.files, done.files_missing) == (1, 1)


def renamed(name: str) -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    return [*entries(), (name, b"x")]


def link() -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    entry = zipfile.ZipInfo(portfolio_zip.FOLDER + HASHES[0])
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return [entries()[0], (entry, b"/etc/passwd")]


def twice() -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    return [*entries(), entries()[2]]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (renamed("../../etc/cron.d/evil"), "does not belong here"),
        (renamed("..\\evil.exe"), "does not belong here"),
        (renamed("/etc/passwd"), "does not belong here"),
        (renamed("attachments/"), "does not belong here"),
        (renamed("inner.zip"), "does not belong here"),
        (renamed(f"attachments/../{HASHES[0]}"), "does not belong here"),
        (renamed(f"attachments/{'a' * 64}"), "listed by no card"),
        (link(), "no plain file"),
        (twice(), "twice"),
        (entries()[1:], "There is no portfolio.yaml"),
        ([entries()[0], (portfolio_zip.FOLDER + HASHES[0], b"Programmz")], "another content"),
        ([entries()[0], (portfolio_zip.FOLDER + HASHES[0], b"Programme!")], "another size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_does_not_belong_is_refused(
    db: Any, store: Store, parts: list[tuple[str | zipfile.ZipInfo, bytes]], said: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        take(packed(parts), store)

    assert said in refused.value.faults[0].message
    assert nothing_is_left(store)


def forged(change: Callable[[bytearray], None]) -> bytes:
    data = bytearray(packed(entries()))
    change(data)
    return bytes(data)


def declare_less(data: bytearray) -> None:
    """Let the list and the entry's header say that the content is one byte."""
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<L", 1)


def encrypt(data: bytearray) -> None:
    directory = data.find(b"PK\x01\x02")
    data[directory + 8] |= 1


def overlap(data: bytearray) -> None:
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 42 : directory + 46] = struct.pack("<L", 4)


def tear(data: bytearray) -> None:
    place = data.find(HASHES[0].encode()) + 70
    data[place] ^= 0xFF


def endless(data: bytearray) -> None:
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 500_000_000)


@pytest.mark.parametrize("change", [declare_less, encrypt, overlap, tear, endless])
def test_a_forged_archive_is_refused(
    db: Any, store: Store, change: Callable[[bytearray], None]
) -> None:
    with pytest.raises(FileRefused):
        take(forged(change), store)

    assert nothing_is_left(store)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, portfolio(), b"x" * 70_000],
    ids=["nothing", "two bytes", "an end", "yaml", "noise"],
)
def test_what_is_no_archive_is_refused(db: Any, store: Store, data: bytes) -> None:
    with pytest.raises(FileRefused):
        take(data, store)


def test_a_bomb_is_not_unpacked(db: Any, store: Store) -> None:
    bomb = packed([(portfolio_zip.CONTENT, b"\0" * (portfolio_zip.MOST_CONTENT + 1))])
    assert len(bomb) < 100_000

    with pytest.raises(FileRefused) as refused:
        take(bomb, store)

    assert "is larger than" in refused.value.faults[0].message


def test_files_that_take_more_than_the_office_keeps_are_refused(db: Any, store: Store) -> None:
    with pytest.raises(FileRefused) as refused:
        take(packed(entries()), store, most_mb=0)

    assert "may keep" in refused.value.faults[0].message
    assert list(store.all()) == []


def test_too_many_entries_are_not_even_listed(db: Any, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    record = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    many = 200_000
    length = many * (len(record) + 1)
    with path.open("wb") as file:
        file.write((record + b"a") * many)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, length, 0, 0))

    with path.open("rb") as file, pytest.raises(FileRefused) as refused:
        portfolio_zip.read(file, store=store, most_mb=1, actor=ADMINISTRATOR, at=NOW)

    assert "more than" in refused.value.faults[0].message


@pytest.mark.one_database
def test_the_command_line_takes_more_files_than_a_page(
    db: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio_zip, "MOST_ENTRIES", len(FILES))
    many = packed(entries())
    with pytest.raises(FileRefused) as refused:
        portfolio_zip.read(io.BytesIO(many), store=store, most_mb=1, actor=ADMINISTRATOR, at=NOW)

    assert "pmo import" in refused.value.faults[0].message
    assert take(many, store).files == len(FILES)


def test_the_end_of_a_large_archive_is_understood() -> None:
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 777, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 5, 0, 0)

    assert zip_ends.directory_length(io.BytesIO(large + locator + end)) == 777


def test_a_portfolio_that_is_there_refuses_before_a_byte_is_unpacked(
    cast: Cast, store: Store
) -> None:
    with pytest.raises(PortfolioNotEmpty):
        take(packed(entries()), store)

    assert not store.folder.exists()


def test_only_an_administrator_brings_one(cast: Cast, store: Store) -> None:
    with pytest.raises(Forbidden):
        portfolio_zip.read(
            io.BytesIO(packed(entries())), store=store, most_mb=1, actor=cast.dina, at=NOW
        )
