"""Texts that a spreadsheet program would take for formulas, made plain text again."""

import re

NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?%?")
"""Harmless as it stands, and to be counted with."""

BLANK = " \t\u00a0\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff"
"""Signs that a program may skip before it looks."""

BREAK = "[\r\n\v\f\x85\u2028\u2029]"
STARTER = "[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\u207a\u207b]"
"""Signs that begin a formula, also in their wide and raised forms."""

WILD = "[=@\uff1d\uff20]"
"""Those of them that text has behind a comma only when it means harm."""

PLACE = (
    rf"(?:^|{BREAK})[{BLANK}]*(?={{guard}}{STARTER})|[;,|\t][{BLANK}]{{{{0,8}}}}(?={{guard}}{WILD})"
)
OPEN = re.compile(PLACE.format(guard=""))
"""Where a formula would begin: in a line, or in a part that a wrong separator would cut out."""

GUARD = "'"
GUARDED = re.compile(f"({PLACE.format(guard=GUARD)}){GUARD}")
LED = re.compile(r"[\t\r\n]")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before all that would begin a formula.

    Numbers stay as they are.
    """
    if NUMBER.fullmatch(text):
        return text
    safe = OPEN.sub(lambda place: place[0] + GUARD, text)
    return GUARD + safe if LED.match(safe) else safe


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    led = text.startswith(GUARD) and LED.match(text, 1)
    return GUARDED.sub(r"\1", text[1:] if led else text)
