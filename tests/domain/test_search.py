"""Words, terms and fragments of the search: rules without any database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import search_fragments, search_terms
from pmo.domain.search_fragments import LENGTH, best, plain, whole
from pmo.domain.search_terms import MOST_TERMS, Phrase, read
from pmo.domain.search_words import stem, stems

ANY = st.text(max_size=300)


@pytest.mark.parametrize(
    "forms",
    [
        "сообщество сообщества сообществом сообществах",
        "карточка карточки карточек карточку",
        "заявка заявки заявок заявкам",
        "образец образца образцы образцов",
        "участок участка участков участками",
        "человек человека человеком",
        "отчёт отчеты отчётами",
        "школа школе школами",
        "report reports reported reporting",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len(set(stems(forms))) == 1


@pytest.mark.parametrize("word", ["42", "15п", "пб2", "covid19"])
def test_what_holds_a_digit_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ШШ-42", ("шш", "42")),
        ("шш 42", ("шш", "42")),
        ("  шш — 42 ", ("шш", "42")),
        ("П00-7", ("п00", "7")),
        ("42", ("42",)),
        ("#42", ("42",)),
        ("шш", ()),
        ("шш 42 отчёт", ()),
        ("42-", ()),
    ],
)
def test_numbers_of_cards_are_known(typed: str, key: tuple[str, ...]) -> None:
    assert read(typed).key == key


def test_common_words_count_only_alone() -> None:
    assert len(read("отчёт для школ").all_of) == 2
    assert len(read("для").all_of) == 1


def test_quotes_make_phrases_and_an_open_one_is_a_word() -> None:
    assert read('"круглый стол" итоги').all_of[0] == Phrase(tuple(stems("круглый стол")))
    assert not any(isinstance(term, Phrase) for term in read('"круглый стол').all_of)


@given(ANY)
def test_reading_never_fails_and_is_bounded(text: str) -> None:
    assert len(read(text).all_of) <= MOST_TERMS


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=2, max_size=20), st.data())
def test_whatever_is_typed_of_a_word_finds_it(word: str, data: st.DataObject) -> None:
    """Its stem, its beginning, or the stem that is shorter than what is typed."""
    typed = word[: data.draw(st.integers(2, len(word)))]
    [folded] = [stem(one) for one in search_terms.words(word)]
    [term] = read(typed).all_of

    shorter = len(folded) < len(typed)
    assert shorter or term.fits(folded)


@given(ANY, ANY)
def test_fragments_tell_the_text_and_nothing_else(text: str, asked: str) -> None:
    tidy = search_fragments._tidy(text)

    assert plain(whole(text, read(asked))) == tidy
    assert len(plain(best([text], read(asked)))) <= max(LENGTH, 64 + len(asked)) + 200


@given(st.text(alphabet="абв гд,.\n", max_size=900))
def test_a_fragment_is_a_part_of_the_text(text: str) -> None:
    fragment = best([text], read("аб вг "))

    told = plain(fragment).removeprefix("… ").removesuffix(" …")
    assert told in search_fragments._tidy(text)
    assert not fragment or any(piece.is_match for piece in fragment)


def test_a_fragment_shows_the_most_of_what_was_asked() -> None:
    filler = "слово " * 80
    text = f"смета {filler} смета и отчёт школы {filler} отчёт"

    fragment = best([text], read("смета отчёт школа "))

    assert [piece.text for piece in fragment if piece.is_match] == ["смета", "отчёт", "школы"]


def test_marks_of_markdown_are_left_out() -> None:
    text = "# Итоги\n\n- **Смета** готова\n> `код` и __план__"

    assert plain(best([text], read("смета "))) == "Итоги Смета готова код и план"


def test_letters_of_two_characters_are_one() -> None:
    assert plain(whole(unicodedata.normalize("NFD", "Йога"), read("йога"))) == "Йога"
