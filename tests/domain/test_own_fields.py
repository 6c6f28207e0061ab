"""Values of own fields: one written form, whatever was typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import own_fields
from pmo.domain.own_fields import Unfit, Written
from pmo.domain.vocabulary import OwnFieldKind

NUMBER, DATE, TEXT, CHOICE = (
    OwnFieldKind.NUMBER,
    OwnFieldKind.DATE,
    OwnFieldKind.TEXT,
    OwnFieldKind.CHOICE,
)
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda it: Decimal(it) / 10_000)


@pytest.mark.parametrize(
    ("typed", "written", "amount"),
    [
        ("12,50", "12.5", 125_000),
        (" 1 234\u00a0567.8 ", "1234567.8", 12_345_678_000),
        ("-0,0", "0", 0),
        ("\u22127", "-7", -70_000),
        ("+007", "7", 70_000),
        ("0.0001", "0.0001", 1),
    ],
)
def test_number_is_understood_as_people_write_it(typed: str, written: str, amount: int) -> None:
    assert own_fields.read(NUMBER, (), typed) == Written(written, amount=amount)


@pytest.mark.parametrize("typed", ["ten", "1e5", "1.23456", "123456789012", "1.2.3", "١", "nan"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Unfit, match="number is expected"):
        own_fields.read(NUMBER, (), typed)


@given(NUMBERS)
def test_number_comes_back_from_json_as_it_was(number: Decimal) -> None:
    written = own_fields.read(NUMBER, (), format(number, "f"))

    again = own_fields.text_of(own_fields.number_of(written.text))

    assert own_fields.read(NUMBER, (), again) == written
    assert Decimal(written.text) == number


@given(NUMBERS, NUMBERS)
def test_amounts_stand_in_the_order_of_the_numbers(one: Decimal, other: Decimal) -> None:
    first, second = (own_fields.read(NUMBER, (), format(it, "f")).amount for it in (one, other))

    assert first is not None
    assert second is not None
    assert (first < second) == (one < other)


@given(st.sampled_from(OwnFieldKind), st.text(max_size=20))
def test_written_form_is_read_as_itself(kind: OwnFieldKind, typed: str) -> None:
    try:
        written = own_fields.read(kind, ("да",), typed)
    except Unfit:
        return
    assert own_fields.read(kind, ("да",), written.text) == written
    assert own_fields.is_written(kind, ("да",), written.text) == bool(written.text)


@pytest.mark.parametrize("typed", ["2024-02-29", "29.02.2024"])
def test_day_is_taken_in_both_forms(typed: str) -> None:
    assert own_fields.read(DATE, (), typed).text == "2024-02-29"


@pytest.mark.parametrize("typed", ["2023-02-29", "31.02.2024", "tomorrow", "2024-2-9"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Unfit, match="day is expected"):
        own_fields.read(DATE, (), typed)


def test_choice_is_one_of_its_words() -> None:
    assert own_fields.read(CHOICE, ("да", "нет"), "нет").text == "нет"
    with pytest.raises(Unfit, match="none of: да, нет"):
        own_fields.read(CHOICE, ("да", "нет"), "может быть")


def test_text_is_one_line_and_is_found_by_its_words() -> None:
    assert own_fields.read(TEXT, (), " Ёлка, зал ") == Written("Ёлка, зал", "елка зал")
    with pytest.raises(Unfit):
        own_fields.read(TEXT, (), "a\nb")
    with pytest.raises(Unfit):
        own_fields.read(TEXT, (), "x" * 501)
