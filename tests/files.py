"""Small files of every sort, and the way to attach one in a test."""

import struct
import zlib
from io import BytesIO

from pmo.blobs import Store
from pmo.config import Settings
from pmo.domain.permissions import Actor
from pmo.services import attachments
from tests.cast import NOW, Scene

MEGABYTE = 1024 * 1024
ROOM = attachments.Room(file=MEGABYTE, project=4 * MEGABYTE, office=8 * MEGABYTE)


def png(width: int = 2, height: int = 3) -> bytes:
    """Return a picture of this size, of one colour."""
    rows = b"".join(b"\x00" + b"\x40\x80\xc0" * width for _row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    kind, data = part
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


GIF = b"GIF89a\x05\x00\x07\x00\x00\x00\x00;"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x0b\x00\x0d\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
)
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x20\x00\x00"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"


def attach(
    scene: Scene,
    actor: Actor,
    settings: Settings,
    content: bytes | None = None,
    name: str = "picture.png",
) -> int:
    """Attach a file to the first task of a project; return its id."""
    upload = attachments.Upload(name, BytesIO(png() if content is None else content))
    store = Store(settings.attachments_dir)
    at = NOW
    [made] = attachments.attach(
        scene.tasks[0], [upload], store=store, room=ROOM, actor=actor, at=at
    )
    return made
