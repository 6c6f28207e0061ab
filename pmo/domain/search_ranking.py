"""How well a heading answers what was looked for, where the index itself cannot tell."""

from collections.abc import Callable

from pmo.domain.search_terms import Phrase, Terms
from pmo.domain.search_words import stems

Rank = tuple[int, bool, int]
"""The least is the best: terms that are missing, whether they stand apart, how long it is."""


def by_heading(terms: Terms) -> Callable[[str], Rank]:
    """Return the function that ranks headings: all words, side by side, and little else."""
    wanted = [
        stem
        for term in terms.all_of
        for stem in (term.stems if isinstance(term, Phrase) else term.stems[:1])
    ]
    known = {stem: place for place, term in enumerate(terms.all_of) for stem in term.stems}
    beginning = terms.beginning
    count = len(terms.all_of)

    def rank(heading: str) -> Rank:
        found = stems(heading)
        answered = {known[one] for one in found if one in known}
        if beginning and len(answered) < count:
            answered |= {count - 1 for one in found if one.startswith(beginning)}
        return count - len(answered), not _stand_together(found, wanted), len(found)

    return rank


def _stand_together(found: list[str], wanted: list[str]) -> bool:
    """Tell whether the words stand side by side, in the order they were typed in."""
    first, length = wanted[0], len(wanted)
    return any(
        one == first and found[start : start + length] == wanted for start, one in enumerate(found)
    )
