import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Школа – Школе", "ШШ"),
        ("«Школа Лидеров образования»", "ШЛО"),
        ("ПРОкомьюнити в мире VUCA", "ПВМV"),
        ("Траектория", "ТРА"),
        ("Тьютор в федеральном проекте «Демография»", "ТВФПД"),
        ("– !", ""),
        ("日本 語", ""),
    ],
)
def test_a_code_is_suggested_from_the_initials(name, code):
    assert codes.suggest(name) == code


def test_a_taken_code_is_numbered():
    assert codes.suggest("Школа – Школе", {"ШШ", "ШШ2"}) == "ШШ3"


def test_a_numbered_code_is_not_too_long():
    name = "а б в г д е ж з и к"

    assert codes.suggest(name, {"АБВГДЕЖЗ"}) == "АБВГДЕЖ2"


@pytest.mark.parametrize("text", ["", "ШШ-1", "ТОЛЬКОДЛИННО", "шш", "A B", "Ш_Ш"])
def test_what_is_no_code_is_told(text):
    assert not codes.is_code(text)


@given(st.text(max_size=60), st.sets(st.text(max_size=8)))
def test_a_suggestion_is_a_free_code_or_nothing(name, taken):
    code = codes.suggest(name, taken)

    assert code == "" or (codes.is_code(code) and code not in taken)
