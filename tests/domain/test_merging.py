"""Two people's edits of one thing."""

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.merging import merge
from pmo.errors import FieldConflict

values = st.sampled_from(["a", "b", "c"])
things = st.fixed_dictionaries({"title": values, "weight": values, "due_on": values})


def test_different_fields_are_both_kept():
    result = merge({"title": "new", "weight": 1}, {"title": "old", "weight": 5}, {"title": "old"})

    assert result.changes == {"weight": [1, 5]}
    assert result.conflicts == ()


def test_the_same_field_is_a_conflict_that_tells_all_three_values():
    result = merge({"title": "theirs"}, {"title": "yours"}, {"title": "base"})

    assert result.conflicts == (FieldConflict("title", "base", "theirs", "yours"),)
    assert result.changes == {}


def test_the_same_change_by_both_is_no_conflict():
    result = merge({"title": "same"}, {"title": "same"}, {"title": "base"})

    assert result.changes == {}
    assert result.conflicts == ()


def test_a_field_that_came_back_to_its_value_is_no_conflict():
    result = merge({"title": "base"}, {"title": "yours"}, {"title": "base"})

    assert result.changes == {"title": ["base", "yours"]}


@given(base=things, present=things, yours=things)
def test_a_merge_never_loses_a_change_in_silence(base, present, yours):
    touched = {field: base[field] for field in base if base[field] != present[field]}

    result = merge(present, yours, touched)

    merged = present | {field: new for field, (_, new) in result.changes.items()}
    clashing = {conflict.field for conflict in result.conflicts}
    for field in base:
        if yours[field] != base[field]:
            assert merged[field] == yours[field] or field in clashing
        else:
            assert merged[field] == present[field]
