"""Texts that are searched for, and the requests for them."""

from collections.abc import Iterator
from urllib.parse import quote

from tests.bench.client import page

Texts = tuple[tuple[str, str], ...]
"""Each with its name. A blank behind the last word: it is typed to its end."""

OF_A_MEMBER = (
    ("three words", "отчёт сообщества школы "),
    ("one common word", "мониторинг "),
    ("begun word", "семинар наст"),
    ("a card's number", "П01-42"),
)
OF_ALL = (
    *OF_A_MEMBER,
    ("one word of eight", "лицей "),
    ("a rare word", "10008 "),
    ("common and rare", "лицей 10008 "),
    ("a phrase", '"круглый стол"'),
)
"""For those who see everything: words of `million` too."""


def asked(cookie: str, texts: Texts) -> Iterator[tuple[str, bytes]]:
    """Yield the request for each text, by its name."""
    for name, text in texts:
        yield name, page(cookie, f"/search?search={quote(text)}")
