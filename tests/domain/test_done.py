"""The definition of done as a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import done
from pmo.domain.vocabulary import ColumnMeaning
from pmo.errors import DefinitionOfDoneAsked


def test_every_line_is_one_condition_without_its_mark():
    assert done.criteria("- Report\n\n  • Photos \n Report\n") == ("Report", "Photos")


@pytest.mark.parametrize("meaning", sorted(set(ColumnMeaning) - {ColumnMeaning.DONE}))
def test_only_a_column_that_means_done_asks(meaning):
    assert done.asked(meaning, "Report") == ()
    assert done.asked(ColumnMeaning.DONE, "Report") == ("Report",)


@given(st.text())
def test_what_was_confirmed_line_by_line_is_always_enough(text):
    lines = done.criteria(text)

    assert done.check(lines, lines, column="Done") == lines
    assert done.check(lines, True, column="Done") == lines


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.data())
def test_one_missing_line_is_asked_for(lines, data):
    missing = data.draw(st.sampled_from(lines))
    given_ones = [line for line in lines if line != missing]

    with pytest.raises(DefinitionOfDoneAsked) as asked:
        done.check(tuple(lines), given_ones, column="Done")

    assert asked.value.criteria == tuple(lines)
