"""Text as it is searched and put in order: what people do not tell apart is made the same."""

import re

WORD = re.compile(r"[^\W_]+")


def fold(*texts: str) -> str:
    """Return the words of the texts, small letters, ё as е, one space between them.

    Databases cannot do it alike: SQLite folds Latin letters only.
    """
    return " ".join(word for text in texts for word in words(text))


def words(text: str) -> list[str]:
    """Return the folded words of a text, without marks between them."""
    return WORD.findall(text.casefold().replace("ё", "е"))
