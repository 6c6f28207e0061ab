"""YAML as portfolio files use it: what is written is read again, and nothing bites."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pmo.documents import limits, yaml_reader, yaml_writer
from pmo.errors import FileRefused

AWKWARD = st.text(alphabet="ab :#-|\n\t\"'«ё1.~\u2028\x85\r,[]{}&*!%@`?>") | st.sampled_from(
    ["null", "yes", "1", "1.5", "2021-01-01", "0x1f", "1_0", "=", "<<", ".inf", "12:30", "---"]
)
TEXTS = AWKWARD | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_is_written_is_read_again(value: dict[str, Any]) -> None:
    assert yaml_reader.read(yaml_writer.write(value)) == value


@given(st.dictionaries(st.text("abc", min_size=1), TEXTS, max_size=4))
def test_other_readers_of_yaml_read_the_same_texts(value: dict[str, str]) -> None:
    read = yaml.load(yaml_writer.write(value), Loader=yaml.BaseLoader)  # noqa: S506 - texts only

    assert (read or {}) == value


def test_a_text_with_several_lines_is_written_as_a_block() -> None:
    written = yaml_writer.write({"a": [{"text": "раз\n\n  два\n"}]})

    assert written == "a:\n  - text: |\n      раз\n\n        два\n"


def test_days_stay_texts_and_are_written_bare() -> None:
    written = yaml_writer.write({"day": "2021-09-30", "at": "2021-06-15T09:00:00.000001Z"})

    assert written == "day: 2021-09-30\nat: 2021-06-15T09:00:00.000001Z\n"
    assert yaml_reader.read(written) == {"day": "2021-09-30", "at": "2021-06-15T09:00:00.000001Z"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("a: yes", {"a": "yes"}),
        ("a: 0o17", {"a": "0o17"}),
        ("a: 012", {"a": 12}),
        ("a: 1e3", {"a": 1000.0}),
        ("{a: [1, '1'], b: {}}", {"a": [1, "1"], "b": {}}),
    ],
)
def test_plain_values_are_those_of_yaml_1_2(text: str, value: Any) -> None:
    assert yaml_reader.read(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: *x", "Line 1: anchors"),
        ("a: 1\nb: *x", "Line 2: anchors"),
        ("a: &x [1]", "Line 1: anchors"),
        ("a: !!python/object/apply:os.system [id]", "Line 1: tags"),
        ("a: !!str 1", "Line 1: tags"),
        ("a: !", "Line 1: tags"),
        ("a: 1\na: 2", "Line 2: the key “a” stands here twice"),
        ("? [1]\n: 2", "Line 1: a key must be a text"),
        ("a: 1\n---\nb: 2", "Line 2: a second document"),
        ("a: [1", "This is not YAML, line"),
        ("a: 'b", "This is not YAML, line"),
        ("\tx", "This is not YAML"),
        ("a: \x01", "This is not YAML"),
        ("[" * 100_000, "More than"),
        ("- " * 5_000 + "x", "More than"),
        ("<<: {a: 1}", None),
    ],
)
def test_what_bites_is_refused(text: str, said: str | None) -> None:
    if said is None:
        assert yaml_reader.read(text) == {"<<": {"a": 1}}
        return
    with pytest.raises(FileRefused) as refused:
        yaml_reader.read(text)

    assert refused.value.faults[0].message.startswith(said)


def test_billions_of_laughs_are_refused_at_the_first_anchor() -> None:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [*{last},*{last},*{last},*{last},*{last}]\n"
        for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    with pytest.raises(FileRefused, match="nothing was imported"):
        yaml_reader.read(laughs)


def test_more_values_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 1_000)

    with pytest.raises(FileRefused):
        yaml_reader.read("\n".join(f"k{n}: 1" for n in range(1_000)))


def test_a_float_keeps_its_last_digit() -> None:
    value = math.nextafter(0.1, 1)

    assert yaml_reader.read(yaml_writer.write({"a": value})) == {"a": value}
