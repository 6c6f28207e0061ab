"""What somebody typed into the search, understood: terms that a find must all have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pmo.domain.search_words import stem, stems, words

MOST_TERMS = 12
"""More words than that narrow nothing down any further."""

SHORTEST_PREFIX = 2
"""A single letter begins too many words."""

QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“]*)“')
CARD = re.compile(r"\s*(?:([0-9A-Za-zА-Яа-яЁё]{1,8})\s*[-–—\s]\s*)?#?([0-9]{1,9})\s*")

ENDINGS = ("к", "ц", "т", "ть", "сть", "я", "ься", "ий", "ого")
"""What a word that is still being typed may go on with, so that its stem is shorter than itself."""

COMMON_WORDS = (
    "а без бы в во для до за и из или к как ко ли на над не но о об от по под при с со у что "
    "a an and at by for from in of on or the to with"
)
COMMON = frozenset(COMMON_WORDS.split())
"""Words that tell nothing; looked for only when there is nothing else."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to be found: one of these stems, or any that begins so. prefix: '' for none."""

    stems: tuple[str, ...]
    prefix: str = ""

    def fits(self, found: str) -> bool:
        """Tell whether a stem of a text is meant."""
        return found in self.stems or (self.prefix != "" and found.startswith(self.prefix))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to be found one after another."""

    stems: tuple[str, ...]

    def fits(self, found: str) -> bool:
        """Tell whether a stem of a text is one of the phrase's."""
        return found in self.stems


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for. key: the stems of a card's number, () if it does not look like one."""

    all_of: tuple[Word | Phrase, ...]
    key: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is looked for at all."""
        return bool(self.all_of)

    @property
    def beginning(self) -> str:
        """Return the word of which more may be yet to be typed, '' if there is none."""
        return next((it.prefix for it in self.all_of if isinstance(it, Word) and it.prefix), "")

    def closed(self) -> "Terms":
        """Return the same with the last word taken as typed to its end."""
        words = (
            replace(term, prefix="") if isinstance(term, Word) else term for term in self.all_of
        )
        return Terms(tuple(words), self.key)

    def place_of(self, found: str) -> int | None:
        """Return which term a stem of a text answers; None for no term."""
        fitting = (place for place, term in enumerate(self.all_of) if term.fits(found))
        return next(fitting, None)


@lru_cache(maxsize=256)
def read(text: str) -> Terms:
    """Understand what was typed; never raises. The last word may not be typed to its end.

    In quotation marks: one word after another. `ШШ-42`, `шш 42`, `42`: a card's number too.
    """
    phrases = [stems("".join(filter(None, match.groups()))) for match in QUOTED.finditer(text)]
    plain = QUOTED.sub(" \N{NO-BREAK SPACE}", text)
    found = words(plain)
    is_open = bool(found) and not plain[-1].isspace()
    terms: list[Word | Phrase] = [Phrase(tuple(phrase)) for phrase in phrases if phrase]
    telling = [word for word in found if word not in COMMON]
    if not telling and not terms:
        telling = found
    for word in dict.fromkeys(telling):
        is_last = is_open and word == found[-1]
        terms.append(_beginning(word) if is_last else Word((stem(word),)))
    card = CARD.fullmatch(text)
    key = tuple(stems(" ".join(filter(None, card.groups())))) if card else ()
    return Terms(tuple(terms[:MOST_TERMS]), key)


def _beginning(word: str) -> Word:
    """Return a word of which more may come: «деятельнос» means «деятельность»."""
    return Word(
        tuple(dict.fromkeys(_stems_to_come(word))), word if len(word) >= SHORTEST_PREFIX else ""
    )


def _stems_to_come(word: str) -> Iterator[str]:
    yield stem(word)
    if word[-1] in "абвгдежзийклмнопрстуфхцчшщъыьэюя":
        for ending in ENDINGS:
            longer = stem(word + ending)
            if len(longer) <= len(word):
                yield longer
