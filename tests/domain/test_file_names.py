"""Names of files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import file_names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("отчёт.docx", "отчёт.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\план.xlsx", "план.xlsx"),
        ("/etc/cron.d/", "file"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\r\nSet-Cookie: x.txt", "ab Set-Cookie: x.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two   spaces\u00a0here.txt", "two spaces here.txt"),
        (".htaccess", "htaccess"),
        ("и\u0306.txt", "й.txt"),
    ],
)
def test_a_name_says_what_it_shows(given_name: str, kept: str) -> None:
    assert file_names.cleaned(given_name) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    kept = file_names.cleaned("я" * 300 + ".docx")

    assert kept.endswith("яя.docx")
    assert len(kept) <= file_names.LONGEST
    assert len(kept.encode()) <= file_names.LONGEST_BYTES


@given(st.text(max_size=600))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    kept = file_names.cleaned(name)

    assert 0 < len(kept) <= file_names.LONGEST
    assert len(kept.encode()) <= file_names.LONGEST_BYTES
    assert not {"/", "\\"} & set(kept)
    assert kept not in {".", ".."}
    assert not any(unicodedata.category(sign) in file_names.UNSEEN for sign in kept)
    assert file_names.cleaned(kept) == kept
