"""What an event did, the other way round: pure rules, and that they lead back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import undoing
from pmo.domain.undoing import CardState, EditBack, Inverse, MoveBack, PutAway, TakeOut, Unfit, Wait

COLUMNS = {"c1": "Queue", "c2": "In progress", "c3": "Done"}
FIELDS = {"title": ["A", "B"], "weight": [1, 2], "labels": [[], ["x"]], "period": ["", "May"]}


def state(**values: Any) -> CardState:
    usual: dict[str, Any] = {
        "board": "b1",
        "column": "c1",
        "column_name": "Queue",
        "is_archived": False,
        "successor": None,
        "fields": {"title": "A", "weight": 1, "labels": [], "period": ""},
    }
    return CardState(**{**usual, **values})


def moved(source: str, target: str) -> dict[str, Any]:
    names = {"from_name": COLUMNS[source], "to_name": COLUMNS[target]}
    return {"board": "b1", "from": source, "to": target, "from_before": None, **names}


def told(present: CardState, step: Inverse) -> tuple[str, dict[str, Any]]:
    """Return the event that a step appends: kind and data."""
    if isinstance(step, MoveBack):
        return "task.moved", moved(present.column, step.column)
    if isinstance(step, EditBack):
        return "task.edited", {"changes": step.changes}
    if isinstance(step, Wait):
        kind = "task.dependency_added" if step.is_wanted else "task.dependency_removed"
        return kind, {"blocker": step.blocker}
    if isinstance(step, PutAway):
        return "task.archived", {"successor": step.successor} if step.successor else {}
    return "task.restored", {"successor": present.successor} if present.successor else {}


STEPS = st.one_of(
    st.sampled_from(sorted(COLUMNS)).map(lambda key: MoveBack("b1", key, COLUMNS[key], None)),
    st.sampled_from(sorted(FIELDS)).map(lambda name: EditBack({name: FIELDS[name]}, None)),
    st.sampled_from([None, "AB-7"]).map(PutAway),
    st.just(TakeOut()),
    st.tuples(st.integers(1, 2), st.booleans()).map(lambda it: Wait(*it)),
)


def possible(present: CardState, step: Inverse) -> bool:
    if isinstance(step, TakeOut):
        return present.is_archived
    if isinstance(step, Wait):
        return (step.blocker in present.waits_for) is not step.is_wanted
    if isinstance(step, EditBack):
        [(name, (old, _new))] = step.changes.items()
        return not present.is_archived and present.fields[name] == old
    return not present.is_archived


@given(st.lists(STEPS, max_size=12))
def test_undone_from_the_last_to_the_first_everything_is_as_it_was(steps: list[Inverse]) -> None:
    present, events = state(), []
    for step in steps:
        if possible(present, step):
            events.append((told(present, step), present))
            present = undoing.after(present, step)

    for (kind, data), before in reversed(events):
        present = undoing.after(present, undoing.inverse(kind, data, present))
        assert present == before


@given(STEPS)
def test_an_undo_of_an_undo_is_the_act_again(step: Inverse) -> None:
    start = state() if not isinstance(step, TakeOut) else state(is_archived=True)
    if isinstance(step, Wait) and not step.is_wanted:
        start = state(waits_for=frozenset({step.blocker}))
    done = undoing.after(start, step)
    kind, data = told(start, step)
    back = undoing.inverse(kind, data, done)
    again = undoing.inverse(*told(done, back), undoing.after(done, back))

    assert undoing.after(start, again) == done


@given(STEPS)
def test_nothing_but_taking_out_fits_an_archived_card(step: Inverse) -> None:
    kind, data = told(state(), step)
    if kind != "task.archived" and not isinstance(step, Wait):
        with pytest.raises(Unfit):
            undoing.inverse(kind, data, state(is_archived=True))


def test_only_the_changed_fields_are_asked() -> None:
    data = {"changes": {"title": ["Old", "A"]}}

    back = undoing.inverse("task.edited", data, state(fields={"title": "A", "weight": 99}))

    assert back == EditBack({"title": ["A", "Old"]}, None)


def test_every_field_that_was_changed_again_is_told() -> None:
    data = {"changes": {"title": ["Old", "B"], "weight": [5, 2]}}

    with pytest.raises(Unfit) as unfit:
        undoing.inverse("task.edited", data, state())
    assert len(unfit.value.reasons) == 2


@pytest.mark.parametrize(
    ("data", "is_companion"), [({"from": "AB-1"}, True), ({"to": "AB-1"}, False)]
)
def test_the_arrival_of_a_transfer_needs_no_undoing(
    data: dict[str, str], is_companion: bool
) -> None:
    assert undoing.is_companion("task.transferred", data) is is_companion
