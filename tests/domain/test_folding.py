from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import folding


def test_case_marks_and_yo_do_not_tell_words_apart():
    assert folding.fold("«Тьютор» – ещё", "ШШ") == "тьютор еще шш"


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text):
    once = folding.fold(text)

    assert folding.fold(once) == once


@given(st.text(max_size=80))
def test_a_folded_word_is_safe_inside_a_pattern(text):
    assert not set("%_\\") & set(folding.fold(text))
