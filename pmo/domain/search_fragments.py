"""Fragments of texts with the words that were looked for; made from what is stored."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pmo.domain.folding import WORD
from pmo.domain.search_terms import Terms
from pmo.domain.search_words import normal, stems

LENGTH = 180
LEAD = 40
"""How many letters stand before the first word that was looked for."""

READ = 50_000
"""How many letters of one text are looked through."""

BLANKS = re.compile(r"\s+")
MARKS = re.compile(r"\*\*|__|``?|^[ \t]*(?:#{1,6} |> |[-*+] )", re.MULTILINE)
"""Signs of Markdown that would only be in a reader's way."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a fragment. is_match: it is a word that was looked for."""

    text: str
    is_match: bool


Fragment = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    term: int


def whole(text: str, terms: Terms) -> Fragment:
    """Return the whole of a short text, its matches marked."""
    tidy = _tidy(text)
    return tuple(_pieces(tidy, _matches(tidy, terms)))


def best(texts: Iterable[str], terms: Terms) -> Fragment:
    """Return the part of Markdown texts that answers the most terms, () if none answers any."""
    found: tuple[int, str, list[_Match]] | None = None
    for text in texts:
        tidy = _tidy(MARKS.sub("", text[:READ]))
        matches = _matches(tidy, terms)
        count = len({match.term for match in matches})
        if count and (found is None or count > found[0]):
            found = count, tidy, matches
        if count == len(terms.all_of):
            break
    if found is None:
        return ()
    _, tidy, matches = found
    start, end = _window(tidy, matches)
    inside = [match for match in matches if start <= match.start and match.end <= end]
    shifted = [_Match(match.start - start, match.end - start, match.term) for match in inside]
    pieces = tuple(_pieces(tidy[start:end], shifted))
    before = (Piece("… ", is_match=False),) if start else ()
    after = (Piece(" …", is_match=False),) if end < len(tidy) else ()
    return _joined((*before, *pieces, *after))


def plain(fragment: Fragment) -> str:
    """Return the text of a fragment without its marks."""
    return "".join(piece.text for piece in fragment)


def _tidy(text: str) -> str:
    return BLANKS.sub(" ", normal(text[:READ])).strip()


def _matches(text: str, terms: Terms) -> list[_Match]:
    found = []
    for word in WORD.finditer(text):
        places = (terms.place_of(one) for one in stems(word.group()))
        term = next((place for place in places if place is not None), None)
        if term is not None:
            found.append(_Match(word.start(), word.end(), term))
    return found


def _window(text: str, matches: list[_Match]) -> tuple[int, int]:
    """Return where the part with the most different terms begins and ends, at words' borders."""
    if len(text) <= LENGTH:
        return 0, len(text)
    first = max(matches, key=lambda match: (_variety(matches, match.start), -match.start))
    start = max(0, min(first.start - LEAD, len(text) - LENGTH))
    end = min(len(text), max(start + LENGTH, first.end))
    if start:
        start = min(text.find(" ", start, first.start) + 1 or first.start, first.start)
    if end < len(text):
        end = max(text.rfind(" ", first.end, end), first.end)
    return start, end


def _variety(matches: list[_Match], start: int) -> int:
    end = start + LENGTH - LEAD
    return len({match.term for match in matches if start <= match.start and match.end <= end})


def _pieces(text: str, matches: Iterable[_Match]) -> Iterator[Piece]:
    past = 0
    for match in matches:
        if match.start > past:
            yield Piece(text[past : match.start], is_match=False)
        yield Piece(text[match.start : match.end], is_match=True)
        past = match.end
    if past < len(text):
        yield Piece(text[past:], is_match=False)


def _joined(pieces: Iterable[Piece]) -> Fragment:
    """Join neighbours that are no matches."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.is_match and not joined[-1].is_match:
            joined[-1] = Piece(joined[-1].text + piece.text, is_match=False)
        else:
            joined.append(piece)
    return tuple(joined)
