"""Strings that are kept ready: bounded, and joined into one gzip stream."""

import gzip

import pytest

from pmo.http import kept
from pmo.http.kept import Kept


def test_what_was_used_longest_ago_gives_way() -> None:
    store: Kept[str] = Kept(most=10)
    store.put("a", "first", 4)
    store.put("b", "second", 4)
    store.get("a")

    store.put("c", "third", 4)

    assert [store.get(key) for key in "abc"] == ["first", None, "third"]
    assert store.size == 8


def test_a_value_is_replaced_without_counting_it_twice() -> None:
    store: Kept[str] = Kept(most=10)
    store.put("a", "first", 6)

    store.put("a", "again", 5)

    assert (store.get("a"), store.size) == ("again", 5)


def test_one_value_larger_than_the_store_is_still_kept() -> None:
    store: Kept[str] = Kept(most=10)

    store.put("a", "huge", 100)

    assert store.get("a") == "huge"


def test_a_value_is_made_once() -> None:
    store: Kept[str] = Kept(most=10)
    made: list[int] = []

    for _ in range(3):
        store.get_or_make("a", lambda: made.append(1) or "made", len)

    assert made == [1]


@pytest.mark.parametrize("before", ["", "<html>" * 400])
@pytest.mark.parametrize("pieces", [[], ["доска " * 5000], ["a", "", "ш" * 70_000]])
def test_parts_join_into_a_stream_that_any_gzip_reads(before: str, pieces: list[str]) -> None:
    middle = kept.chain([kept.part(piece) for piece in pieces])

    stream = kept.joined_gzip(before, middle, "</html>")

    whole = kept.joined(before, middle, "</html>")
    assert gzip.decompress(stream) == whole
    assert whole.decode() == before + "".join(pieces) + "</html>"
