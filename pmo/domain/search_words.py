"""Words as the search index keeps them: folded, and cut to their stems.

“Сообщества” and “сообщество” have one stem, “ё” is “е”, and what holds a digit stays as it is.
"""

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from pmo.domain import folding

VERSION = 4
"""Raise it when stems or sources are others than before: indexes are then built anew."""

LONGEST = 64
"""Letters of a word that count; nobody searches for more."""

RUSSIAN = re.compile(r"[а-я]+")
ENGLISH = re.compile(r"[a-z]+")
FLEETING = re.compile(r"(?<=..[бвгджзклмнпрстфхцчшщ])[ео](?=[кц]$)")
"""The vowel that «заявок» has and «заявка» has not, «образец» and «образца»: Snowball keeps it."""

_turn = threading.Lock()


def normal(text: str) -> str:
    """Return the text with every letter as one character: й may come as и and a mark."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [word[:LONGEST] for word in folding.words(normal(text))]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in their order."""
    return [stem(word) for word in words(text)]


def has_all(text: str, wanted: list[str]) -> bool:
    """Tell whether a folded text has all of some folded words: as they are, or in another form."""
    missing = [word for word in wanted if word not in text]
    if not missing:
        return True
    kept = {stem(word) for word in text.split()}
    return all(stem(word) in kept for word in missing)


@lru_cache(maxsize=2**16)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    if RUSSIAN.fullmatch(word):
        language = "russian"
    elif ENGLISH.fullmatch(word):
        language = "english"
    else:
        return word
    with _turn:  # a stemmer remembers the word it is at
        stemmed = str(_stemmer(language).stemWord(word))
    return FLEETING.sub("", stemmed) if language == "russian" else stemmed


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # takes a while, and most commands stem nothing

    return snowballstemmer.stemmer(language)
