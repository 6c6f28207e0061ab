"""Codes of projects: the «ШШ» of a task's number «ШШ-42»."""

import re
from collections.abc import Collection

MAX_LENGTH = 8
PATTERN = re.compile(r"[0-9A-ZА-ЯЁ]{1,8}")
WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Return the code as it is kept: no blanks around it, capital letters."""
    return text.strip().upper()


def is_code(text: str) -> bool:
    """Tell whether a normal text is a code: 1 to 8 letters, Latin or Cyrillic, or digits."""
    return PATTERN.fullmatch(text) is not None


def suggest(name: str, taken: Collection[str] = ()) -> str:
    """Return a code that is free: the initials of the name's words, numbered if need be.

    Empty if the name has no letter or digit that a code may have.
    """
    words = [word.upper() for word in WORD.findall(name)]
    initials = "".join(word[0] for word in words if PATTERN.fullmatch(word[0]))
    if len(words) == 1 and initials:
        initials = "".join(letter for letter in words[0] if PATTERN.fullmatch(letter))[:3]
    code, number = initials[:MAX_LENGTH], 1
    while code and code in taken:
        number += 1
        code = initials[: MAX_LENGTH - len(str(number))] + str(number)
    return code
