"""The portfolio with the files of its cards: one ZIP, written and read as a stream.

`portfolio.yaml`, and `attachments/<sha256>` for each content once. What is read may be
hostile: nothing of it is believed before it was counted, and nothing is unpacked by its name.
"""

import re
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from pmo.blobs import Store, TooLarge, WrongHash
from pmo.documents import limits, portfolio_file, zip_ends
from pmo.domain.permissions import Actor
from pmo.services import portfolio_files as services
from pmo.services.portfolio_files import Imported

MEDIA_TYPE = "application/zip"
CONTENT = "portfolio.yaml"
FOLDER = "attachments/"
ENTRY = re.compile(rf"{FOLDER}[0-9a-f]{{64}}")

MOST_ENTRIES = 20_000
"""What a page takes: each costs memory before it is looked at."""

MOST_BY_COMMAND = 300_000
"""More than a portfolio of 2,000,000 values can list: what was exported is taken again."""

MEGABYTE = 1024 * 1024
MOST_CONTENT = 64 * MEGABYTE
"""Bytes of `portfolio.yaml`, unpacked."""

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The moment that every entry has, so that the same portfolio gives the same bytes."""

PRIVATE = stat.S_IFREG | 0o600
ENCRYPTED = 1
CHUNK = 256 * 1024
HEADER = 30
"""Bytes of an entry's own header, at least."""

Part = dict[str, Any]


def _(message: str) -> str:
    return message


NO_ZIP = _("This is no ZIP file, or a damaged one.")
TOO_MANY = _("There are more than {most} files in it. “pmo import” on the server takes more.")
NO_CONTENT = _("There is no {name} in it.")
STRANGER = _("“{name}” does not belong here.")
TWICE = _("“{name}” is in it twice.")
NOT_PLAIN = _("“{name}” is no plain file.")
OVERLAPPING = _("Files in it overlap.")
CONTENT_TOO_LARGE = _("{name} is larger than {most} MB.")
NOT_LISTED = _("“{name}” is listed by no card.")
OTHER_SIZE = _("“{name}” has another size than its card says.")
OTHER_BYTES = _("“{name}” has another content than its name says.")
NO_ROOM = _("The files in it take more than the {most} MB that the office may keep.")


def write(target: IO[bytes], *, store: Store, actor: Actor | None, at: datetime) -> int:
    """Write the portfolio with its files; return how many of them are not in the store any more.

    actor: None for the command line. Raises Forbidden.
    """
    content = portfolio_file.exported(actor=actor, at=at)
    lost = 0
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        entry = _entry(CONTENT, zipfile.ZIP_DEFLATED)
        archive.writestr(entry, portfolio_file.dump(content, "yaml"))
        for sha256 in sorted({file["sha256"] for file in _files(content)}):
            try:
                source = store.path(sha256).open("rb")
            except OSError:
                lost += 1
                continue
            with source, archive.open(_entry(FOLDER + sha256), "w", force_zip64=True) as entry_file:
                while chunk := source.read(CHUNK):
                    entry_file.write(chunk)
    return lost


def read(
    source: IO[bytes], *, store: Store, most_mb: int, actor: Actor | None, at: datetime
) -> Imported:
    """Take a portfolio with its files into an empty portfolio, whole or not at all.

    source: seekable. most_mb: of all files together. actor: None for the command line, which
    takes more of them. A file that is listed and not there stays listed; what is there and not
    listed is refused. Bytes of a refused import are swept later.
    Raises FileRefused, PortfolioNotEmpty, Forbidden.
    """
    services.check_may_import(actor)
    services.check_is_empty()
    most = MOST_BY_COMMAND if actor is None else MOST_ENTRIES
    with _opened(source, most) as archive:
        entries = _checked(archive, most)
        content = portfolio_file.load(_content(archive, entries), "yaml")
        listed = files_by_hash(content)
        brought = {name.removeprefix(FOLDER): it for name, it in entries.items() if name != CONTENT}
        _compare(brought, listed, most_mb)
        for sha256, entry in brought.items():
            _take(archive, entry, sha256, listed[sha256], store)
    return services.import_content(content, actor=actor, at=at)


def files_by_hash(content: Part) -> dict[str, list[Part]]:
    """Return the files that the cards list, by the SHA-256 of their content."""
    listed: dict[str, list[Part]] = defaultdict(list)
    for file in _files(content):
        listed[file["sha256"]].append(file)
    return listed


def keep(source: IO[bytes], sha256: str, listed: list[Part], store: Store) -> None:
    """Put one file into the store, and tell its cards what it is. Raises TooLarge, WrongHash."""
    blob = store.keep(source, most=listed[0]["size"], sha256=sha256)
    for file in listed:
        file |= {"media_type": blob.media_type, "width": blob.width, "height": blob.height}


def _entry(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.compress_type, entry.external_attr = method, PRIVATE << 16
    return entry


def _files(content: Part) -> Iterator[Part]:
    for project in content["projects"]:
        for task in project["tasks"]:
            yield from task["attachments"]


def _opened(source: IO[bytes], most: int) -> zipfile.ZipFile:
    """Open the archive; its list of entries is measured before it is read."""
    length = zip_ends.directory_length(source)
    if length is None:
        raise limits.refusal(NO_ZIP)
    if length > most * zip_ends.LONGEST_RECORD:
        raise limits.refusal(TOO_MANY, most=most)
    try:
        return zipfile.ZipFile(source)
    except (*DAMAGED, ValueError) as error:
        raise limits.refusal(NO_ZIP) from error


def _checked(archive: zipfile.ZipFile, most: int) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name. Raises FileRefused for any that is not as we write it."""
    found: dict[str, zipfile.ZipInfo] = {}
    end = 0
    entries = archive.infolist()
    if len(entries) > most:
        raise limits.refusal(TOO_MANY, most=most)
    for entry in sorted(entries, key=lambda it: it.header_offset):
        name = entry.orig_filename
        if name != CONTENT and not ENTRY.fullmatch(name):
            raise limits.refusal(STRANGER, name=name)
        if name in found:
            raise limits.refusal(TWICE, name=name)
        if not _is_plain(entry):
            raise limits.refusal(NOT_PLAIN, name=name)
        if entry.header_offset < end:
            raise limits.refusal(OVERLAPPING)
        end = entry.header_offset + HEADER + len(name) + entry.compress_size
        found[name] = entry
    if CONTENT not in found:
        raise limits.refusal(NO_CONTENT, name=CONTENT)
    return found


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    method = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return kind in {0, stat.S_IFREG} and method and not entry.flag_bits & ENCRYPTED


def _content(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> bytes:
    most = MOST_CONTENT // MEGABYTE
    try:
        with archive.open(entries[CONTENT]) as file:
            data = file.read(MOST_CONTENT + 1)
    except DAMAGED as error:
        raise limits.refusal(NO_ZIP) from error
    if len(data) > MOST_CONTENT:
        raise limits.refusal(CONTENT_TOO_LARGE, name=CONTENT, most=most)
    return data


def _compare(
    brought: dict[str, zipfile.ZipInfo], listed: dict[str, list[Part]], most_mb: int
) -> None:
    """Refuse what no card lists, and more than may be kept, before a byte of it is unpacked."""
    for sha256, entry in brought.items():
        if sha256 not in listed:
            raise limits.refusal(NOT_LISTED, name=entry.filename)
        if any(file["size"] != entry.file_size for file in listed[sha256]):
            raise limits.refusal(OTHER_SIZE, name=entry.filename)
    if sum(entry.file_size for entry in brought.values()) > most_mb * MEGABYTE:
        raise limits.refusal(NO_ROOM, most=most_mb)


def _take(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, sha256: str, listed: list[Part], store: Store
) -> None:
    """Put one file into the store, and tell its cards what it is."""
    try:
        with archive.open(entry) as source:
            keep(source, sha256, listed, store)
    except TooLarge as error:
        raise limits.refusal(OTHER_SIZE, name=entry.filename) from error
    except WrongHash as error:
        raise limits.refusal(OTHER_BYTES, name=entry.filename) from error
    except DAMAGED as error:
        raise limits.refusal(NO_ZIP) from error


DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a broken archive ends with."""
