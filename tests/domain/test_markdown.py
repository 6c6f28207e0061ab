"""Whom a text mentions: never in code, links or addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import markdown

PEOPLE = {"ada": "Ada", "lev.k": "Lev", "mila-": "Mila"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada", ("ada",)),
        ("Well, @ADA, and «@lev.k».", ("ada", "lev.k")),
        ("@ada. @ada!", ("ada",)),
        ("**@ada** and | (@lev.k)", ("ada", "lev.k")),
        ("@mila- or @mila-.", ("mila-",)),
        ("- @ada\n- @lev.k", ("ada", "lev.k")),
        ("@clea, @adamant, @ad", ()),
        ("`@ada`", ()),
        ("```\n@ada\n```", ()),
        ("    @ada", ()),
        ("x@ada, post@ada.example, first_@ada, a.b+@ada", ()),
        ("@ada@example.org", ()),
        (r"\@ada", ()),
        ("[@ada](https://example.org)", ()),
        ("<https://example.org/@ada> https://example.org/@ada", ()),
    ],
)
def test_a_mention_is_a_login_of_the_project_in_plain_text(
    text: str, found: tuple[str, ...]
) -> None:
    assert markdown.mentioned(text, PEOPLE) == found


@given(st.text())
def test_in_a_code_span_nobody_is_mentioned(text: str) -> None:
    inside = text.replace("`", "").replace("\n", " ").replace("\r", " ")

    assert markdown.mentioned(f"`a {inside}@ada b`", PEOPLE) == ()


@given(st.from_regex(r"[A-Za-z0-9._+-]*[A-Za-z0-9]", fullmatch=True))
def test_in_an_address_nobody_is_mentioned(name: str) -> None:
    assert markdown.mentioned(f"Write to {name}@ada", PEOPLE) == ()


@given(st.text(alphabet="@adlevk.- \\*_`[](){}<>|\n"))
def test_only_people_who_are_known_are_found_and_each_once(text: str) -> None:
    found = markdown.mentioned(text, PEOPLE)

    assert set(found) <= set(PEOPLE)
    assert len(set(found)) == len(found)
    assert all(f"@{login}" in text for login in found)


@given(st.text(), st.sampled_from(["", "a", " ", "."]))
def test_cutting_loses_nothing(text: str, before: str) -> None:
    pieces = list(markdown.split(f"{text} @ada {text}", before, PEOPLE))

    assert "".join(piece for piece, _ in pieces) == f"{text} @ada {text}"
    assert "ada" in {login for _, login in pieces}


@given(st.text(alphabet="@adlev.k*_`<>& \n"))
def test_marking_changes_nothing_else_of_the_text(text: str) -> None:
    marked = re.sub(r'<span class="mention" title="(@[^"]*)">@[^<]*</span>', r"\1", render(text))

    assert marked == markdown.render(text)


def test_plain_text_has_no_signs() -> None:
    text = "# Plan\n\n- **one** `two`\n- [three](https://example.org)\nfour\n\n```\nfive\n```\n"

    assert markdown.plain(text).split() == ["Plan", "one", "two", "three", "four", "five"]


@given(st.text(), st.sampled_from(["", "x", "@ada"]))
def test_a_fragment_is_one_short_line_of_the_text(text: str, around: str) -> None:
    found = markdown.fragment(f"{text} @ada {text}", around, length=20)

    assert len(found) <= 22
    assert "\n" not in found


def render(text: str) -> str:
    return markdown.render(text, PEOPLE)
