"""What a file is by its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import media_types
from pmo.domain.media_types import Sides
from tests.files import GIF, HTML, JPEG, SVG, WEBP, png


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "image/png"),
        (GIF, "image/gif"),
        (JPEG, "image/jpeg"),
        (WEBP, "image/webp"),
        (SVG, "image/svg+xml"),
        (HTML, "text/html"),
        (b"  \n<HTML><body>", "text/html"),
        (b"GIF89 <script>alert(1)</script>", "text/html"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"PK\x03\x04rest", "application/zip"),
        (b"PK\x03\x04..word/document.xml", media_types.PACKED[0][1]),
        ("Просто текст".encode(), "text/plain"),
        ("Просто текст".encode("cp1251"), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"MZ\x90\x00", "application/x-msdownload"),
    ],
)
def test_content_tells_the_type(content: bytes, kind: str) -> None:
    assert media_types.of(content) == kind


def test_the_end_of_a_packed_document_tells_too() -> None:
    assert media_types.of(b"PK\x03\x04", b"..xl/workbook.xml..") == media_types.PACKED[1][1]


@pytest.mark.parametrize(
    ("kind", "content", "sides"),
    [
        ("image/png", png(20, 30), Sides(20, 30)),
        ("image/gif", GIF, Sides(5, 7)),
        ("image/jpeg", JPEG, Sides(13, 11)),
        ("image/webp", WEBP, Sides(17, 33)),
        ("image/png", png()[:12], None),
        ("image/jpeg", JPEG[:20], None),
        ("image/svg+xml", SVG, None),
        ("text/html", HTML, None),
    ],
)
def test_a_header_tells_the_sides(kind: str, content: bytes, sides: Sides | None) -> None:
    assert media_types.sides(kind, content) == sides


@pytest.mark.parametrize(
    ("sides", "shown"),
    [(Sides(8000, 6000), True), (Sides(30_000, 10), False), (Sides(16_000, 16_000), False)],
)
def test_a_picture_that_would_fill_the_memory_is_not_shown(sides: Sides, shown: bool) -> None:
    assert sides.is_showable is shown


@given(st.binary(max_size=200), st.sampled_from([b"", png(), GIF, JPEG, WEBP]))
def test_any_bytes_have_some_type(junk: bytes, start: bytes) -> None:
    content = start[: len(junk)] + junk
    kind = media_types.of(content)

    assert "/" in kind
    media_types.sides(kind, content)
