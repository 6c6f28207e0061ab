"""Reading a text into a `Phrase`: what was written, before it means any date."""

import re
from functools import cache

from lark import Lark
from lark.exceptions import LarkError

from pmo.domain.period_grammar import GRAMMAR
from pmo.domain.period_terms import Phrase, Unreadable
from pmo.domain.period_tree import ToPhrase

MOST_WORDS = 80
"""Words, numbers and commas in one text: parsing takes about 1 ms for each."""


def read(text: str) -> Phrase:
    """Read a text as a phrase about time.

    A line break may be a mere wrap or may part two moments: the wrap is tried first.
    Raises Unreadable if any part of the text is something else.
    """
    plain = _normalised(text)
    try:
        return _parsed(plain.replace("\n", " "))
    except Unreadable:
        if "\n" not in plain:
            raise
        return _parsed(plain.replace("\n", "; "))


def _normalised(text: str) -> str:
    """Make case, ё, dashes, spaces and brackets plain, and drop what ends a sentence."""
    plain = text.lower().replace("ё", "е").replace("і", "i")
    plain = re.sub(r"[‐‑‒–—―−]", "-", plain)
    plain = re.sub(r"[^\S\n]|[()]", " ", plain)
    plain = re.sub(r" *\n[ \n]*", "\n", plain)
    return re.sub(r" {2,}", " ", plain).strip(" \n.,;:")


def _parsed(line: str) -> Phrase:
    """Parse one normalised line."""
    try:
        words = sum(1 for _ in _parser().lex(line))
        if words > MOST_WORDS:
            raise Unreadable(f"{words} words")
        return ToPhrase().transform(_parser().parse(line))
    except LarkError as error:
        raise Unreadable(line) from error


@cache
def _parser() -> Lark:
    """Build the parser on first use, once: it takes some 40 ms."""
    return Lark(GRAMMAR, parser="earley", lexer="basic", maybe_placeholders=False)
