"""The store of files: bytes under their own hash, written once, never changed.

`ab/cd/<sha256>` below one folder, which several machines may share: a file appears whole under
its name or not at all. Who refers to it is known to the database alone.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pmo.domain import media_types

CHUNK = 256 * 1024
HEADER = 512 * 1024
"""Bytes in which a picture must tell its sides."""

HASH_LENGTH = 64
TEMPORARY = "temporary"


class TooLarge(Exception):
    """There are more bytes than were agreed."""


class WrongHash(Exception):
    """The bytes are not those that their name promises."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A kept file. width, height: pixels of a picture that can be shown, else None."""

    sha256: str
    size: int
    media_type: str
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store as its folder tells of it."""

    sha256: str
    size: int
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class Store:
    """The files below one folder."""

    folder: Path

    def keep(self, source: IO[bytes], *, most: int, sha256: str | None = None) -> Blob:
        """Write a file and return what it is; safe on the disk when this returns.

        source: read to its end. most: bytes. sha256: what it must be, if that is known. A file
        that is there already counts as touched now. Raises TooLarge, WrongHash.
        """
        temporary = self._temporary()
        try:
            with temporary.open("xb") as target:
                hashed, size = _copied(source, target, most)
                target.flush()
                os.fsync(target.fileno())
            if sha256 is not None and hashed != sha256:
                raise WrongHash
            blob = _described(temporary, hashed, size)
            self._settle(temporary, hashed)
        finally:
            temporary.unlink(missing_ok=True)
        return blob

    def scratch(self) -> IO[bytes]:
        """Return a file without a name, gone when it is closed: for what is made to be sent."""
        return tempfile.TemporaryFile(dir=self._temporary().parent)

    def path(self, sha256: str) -> Path:
        """Return where a file lies, or would."""
        if len(sha256) != HASH_LENGTH or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str, size: int) -> bool:
        """Tell whether a file is there, with all its bytes."""
        try:
            return self.path(sha256).stat().st_size == size
        except OSError:
            return False

    def touch(self, sha256: str) -> bool:
        """Count a file as used now; tell whether it is there."""
        try:
            os.utime(self.path(sha256))
        except FileNotFoundError:
            return False
        return True

    def describe(self, sha256: str) -> Blob | None:
        """Tell what a kept file is, and count it as used now; None if it is not there."""
        if not self.touch(sha256):
            return None
        path = self.path(sha256)
        return _described(path, sha256, path.stat().st_size)

    def touched_at(self, sha256: str) -> datetime | None:
        """Return when a file was last counted as used; None if it is not there."""
        found = _stored(self.path(sha256))
        return None if found is None else found.touched_at

    def discard(self, sha256: str) -> None:
        """Remove a file. Only under the lock that writers of references take."""
        self.path(sha256).unlink(missing_ok=True)

    def all(self) -> Iterator[Stored]:
        """Yield every file."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if len(path.name) == HASH_LENGTH and (found := _stored(path)) is not None:
                yield found

    def leftovers(self) -> Iterator[Path]:
        """Yield what writers that died have left behind, and what is being written now."""
        yield from sorted((self.folder / TEMPORARY).glob("*"))

    def _temporary(self) -> Path:
        folder = self.folder / TEMPORARY
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / secrets.token_hex(16)

    def _settle(self, temporary: Path, sha256: str) -> None:
        """Give a written file its name; what is there already is the same."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.chmod(0o600)
        temporary.replace(target)
        for folder in (target.parent, target.parent.parent, self.folder):
            _flush(folder)


def _copied(source: IO[bytes], target: IO[bytes], most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise TooLarge
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def _described(path: Path, sha256: str, size: int) -> Blob:
    with path.open("rb") as file:
        head = file.read(HEADER)
        file.seek(max(0, size - media_types.TAIL))
        tail = file.read(media_types.TAIL)
    kind = media_types.of(head[: media_types.HEAD], tail)
    sides = media_types.sides(kind, head)
    shown = sides if sides and sides.is_showable else None
    width, height = (shown.width, shown.height) if shown else (None, None)
    return Blob(sha256, size, kind, width, height)


def _stored(path: Path) -> Stored | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return Stored(path.name, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC))


def _flush(folder: Path) -> None:
    """Make a name in a folder safe on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
