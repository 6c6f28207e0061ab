"""What a file is, told by its first bytes: its name may say anything."""

import re
from dataclasses import dataclass

HEAD = 4096
"""Bytes of the beginning that are looked at."""

TAIL = 16 * 1024
"""Bytes of the end that are looked at: a packed document names its parts there."""

BINARY = "application/octet-stream"
TEXT = "text/plain"

PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""What browsers draw and nothing can hide a script in: the only types shown in a page."""

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_000

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
)
PACKED = (
    (
        b"word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        b"ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text",
    ),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.presentation",
    ),
)
"""What a ZIP is when it holds this."""

INSIDE_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|svg|img|\?xml|!--)", re.I
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def of(head: bytes, tail: bytes = b"") -> str:
    """Return the media type of a file. head: its first `HEAD` bytes; tail: its last `TAIL`."""
    if head.startswith(b"PK\x03\x04"):
        return _packed(head + tail)
    if head[:4] == b"RIFF":
        return INSIDE_RIFF.get(head[8:12], BINARY)
    if head[4:8] == b"ftyp":
        return "video/mp4"
    known = next((kind for start, kind in SIGNATURES if head.startswith(start)), None)
    return known or _text(head)


def _packed(content: bytes) -> str:
    return next((kind for mark, kind in PACKED if mark in content), "application/zip")


def _text(head: bytes) -> str:
    if MARKUP.search(head[:1024]):
        lowered = head[:1024].lower()
        if b"<svg" in lowered:
            return "image/svg+xml"
        is_xml = lowered.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        return "application/xml" if is_xml else "text/html"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    return BINARY if CONTROL.search(head) else TEXT


@dataclass(frozen=True, slots=True)
class Sides:
    """Width and height of a picture, pixels."""

    width: int
    height: int

    @property
    def is_showable(self) -> bool:
        """Tell whether a browser can draw it without running out of memory."""
        longest = max(self.width, self.height)
        return longest <= LONGEST_SIDE and self.width * self.height <= MOST_PIXELS


def sides(media_type: str, head: bytes) -> Sides | None:
    """Return the sides that a picture's header tells; None if it tells none.

    head: as much of its beginning as there is; a photograph keeps its sides behind its thumbnail.
    """
    reader = {
        "image/png": _of_png,
        "image/gif": _of_gif,
        "image/jpeg": _of_jpeg,
        "image/webp": _of_webp,
    }.get(media_type)
    found = reader(head) if reader else None
    return found if found and found.width > 0 and found.height > 0 else None


def _of_png(head: bytes) -> Sides | None:
    if head[12:16] != b"IHDR" or len(head) < len(b"signature") + 15:
        return None
    return Sides(_big(head[16:20]), _big(head[20:24]))


def _of_gif(head: bytes) -> Sides | None:
    return Sides(_little(head[6:8]), _little(head[8:10]))


def _of_jpeg(head: bytes) -> Sides | None:
    """Walk the segments to the first that begins a frame."""
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:  # noqa: PLR2004 - see the format
        marker = head[place + 1]
        if marker == 0xFF:  # noqa: PLR2004
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004
            return Sides(_big(head[place + 7 : place + 9]), _big(head[place + 5 : place + 7]))
        place += 2 + _big(head[place + 2 : place + 4])
    return None


def _of_webp(head: bytes) -> Sides | None:
    kind, data = head[12:16], head[20:30]
    if kind == b"VP8X":
        return Sides(_little(data[4:7]) + 1, _little(data[7:10]) + 1)
    if kind == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        return Sides(_little(data[6:8]) & 0x3FFF, _little(data[8:10]) & 0x3FFF)
    if kind == b"VP8L" and data[:1] == b"\x2f":
        bits = _little(data[1:5])
        return Sides((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
    return None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
