"""How long the list of entries of a ZIP is, told by its end, before anybody reads it."""

import struct
from typing import IO

LONGEST_RECORD = 256
"""Bytes of one entry in the list, of ours: 46, a name of 76, and some room."""

END = struct.Struct("<4s4H2LH")
LOCATOR = struct.Struct("<4sLQL")
END_64 = struct.Struct("<4sQ2H2L4Q")
COMMENT = 65_535


def directory_length(source: IO[bytes]) -> int | None:
    """Return the length of the list of entries, bytes; None if this is no ZIP."""
    source.seek(0, 2)
    total = source.tell()
    start = max(0, total - END.size - COMMENT)
    source.seek(start)
    tail = source.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < END.size:
        return None
    told = int(END.unpack_from(tail, place)[5])
    return max(told, *_lengths_64(source, start + place))


def _lengths_64(source: IO[bytes], end: int) -> tuple[int, int]:
    """Return the lengths that a large archive tells elsewhere, zeros if it does not.

    Readers differ in where they look: where the locator says, or right before it.
    """
    if end < LOCATOR.size:
        return 0, 0
    source.seek(end - LOCATOR.size)
    mark, _disk, place, _disks = LOCATOR.unpack(source.read(LOCATOR.size))
    if mark != b"PK\x06\x07":
        return 0, 0
    before = end - LOCATOR.size - END_64.size
    return _length_at(source, min(place, end)), _length_at(source, max(before, 0))


def _length_at(source: IO[bytes], place: int) -> int:
    source.seek(place)
    record = source.read(END_64.size)
    if len(record) < END_64.size or not record.startswith(b"PK\x06\x06"):
        return 0
    return int(END_64.unpack(record)[8])
