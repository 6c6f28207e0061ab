"""Strings that are dear to make and cheap to keep, per process, bounded by their bytes."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

LEVEL = 5
"""Of compression: a kept text is compressed once and sent many times."""

WINDOW = -15
"""Raw deflate, so that parts can be joined; the frame of gzip is put around the whole."""

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
FAST = 1


class Kept(Generic[T]):
    """What was used last, up to `most` units of size; safe between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under a key, and count it as used."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: T, size: int) -> T:
        """Keep a value; the ones that were used longest ago give way."""
        with self._lock:
            self.size += size - self._values.get(key, (None, 0))[1]
            self._values[key] = (value, size)
            self._values.move_to_end(key)
            while self.size > self.most and len(self._values) > 1:
                self.size -= self._values.popitem(last=False)[1][1]
        return value

    def get_or_make(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return what is kept, or make and keep it; two at once may both make it."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found, size(found))
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.size = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of many answers: its bytes, and the same compressed, ready to be joined."""

    plain: bytes
    deflated: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes in memory."""
        return len(self.plain) + len(self.deflated)


def part(text: str) -> Part:
    """Make a text ready to be sent, alone or between other texts."""
    plain = text.encode()
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW)
    return Part(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def chain(parts: Iterable[Part]) -> Part:
    """Return parts as one; nothing is compressed again."""
    found = list(parts)
    return Part(b"".join(it.plain for it in found), b"".join(it.deflated for it in found))


def joined(before: str, middle: Part, after: str) -> bytes:
    """Return the three as one body."""
    return b"".join((before.encode(), middle.plain, after.encode()))


def joined_gzip(before: str, middle: Part, after: str) -> bytes:
    """Return the three as one gzip stream; only what stands around the part is compressed now."""
    first, last = before.encode(), after.encode()
    opening = zlib.compressobj(FAST, zlib.DEFLATED, WINDOW)
    closing = zlib.compressobj(FAST, zlib.DEFLATED, WINDOW)
    checksum = zlib.crc32(last, zlib.crc32(middle.plain, zlib.crc32(first)))
    length = (len(first) + len(middle.plain) + len(last)) & 0xFFFFFFFF
    return b"".join(
        (
            GZIP_HEAD,
            opening.compress(first),
            opening.flush(zlib.Z_FULL_FLUSH),
            middle.deflated,
            closing.compress(last),
            closing.flush(zlib.Z_FINISH),
            checksum.to_bytes(4, "little"),
            length.to_bytes(4, "little"),
        )
    )
