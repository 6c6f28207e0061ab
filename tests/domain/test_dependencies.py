"""Waiting in a circle: refused before it is closed, found where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo.domain import dependencies

tasks = st.integers(min_value=1, max_value=8)
links = st.lists(st.tuples(tasks, tasks), max_size=40)


def linked(wanted):
    """Add links one after another, as people would; those that close a circle are refused."""
    waits_for: dict[int, set[int]] = {}
    for task, blocker in wanted:
        if not dependencies.closes_circle(waits_for, task, blocker):
            waits_for.setdefault(task, set()).add(blocker)
    return waits_for


def reachable(waits_for, start):
    """Return all that a task waits for, near and far: the slow and plain way."""
    found: set[int] = set()
    for _ in range(10):
        near = set(waits_for.get(start, ()))
        found |= near | {far for one in found for far in waits_for.get(one, ())}
    return found


@given(links)
def test_whatever_is_linked_nobody_ever_waits_for_themselves(wanted):
    waits_for = linked(wanted)

    assert all(task not in reachable(waits_for, task) for task in range(1, 9))
    assert dependencies.circle(waits_for) == ()


@given(links, tasks, tasks)
def test_a_link_is_refused_exactly_when_the_blocker_waits_for_the_task(wanted, task, blocker):
    waits_for = linked(wanted)

    refused = dependencies.closes_circle(waits_for, task, blocker)

    assert refused == (task == blocker or task in reachable(waits_for, blocker))


@given(links, tasks, tasks)
def test_a_closed_circle_is_found_with_those_in_it(wanted, task, blocker):
    waits_for = linked(wanted)
    closes = dependencies.closes_circle(waits_for, task, blocker)
    waits_for.setdefault(task, set()).add(blocker)

    stuck = dependencies.circle(waits_for)

    assert bool(stuck) == closes
    assert not closes or {task, blocker} <= set(stuck)


def test_a_long_chain_is_walked_without_recursion():
    chain = {number: {number + 1} for number in range(20_000)}

    assert dependencies.closes_circle(chain, 20_000, 0)
    assert not dependencies.closes_circle(chain, 0, 20_000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("#12", 12),
        ("ШШ-12", 12),
        ("шш-12", 12),
        ("ШШ – 12", 12),
        ("ШШ-12 Семинар для 3 школ", 12),
        ("ГВ-12", None),
        ("12 школ", None),
        ("Семинар", None),
        ("", None),
        ("1234567890", None),
        ("ШШ-", None),
    ],
)
def test_a_task_is_named_by_number_key_or_key_with_title(text, number):
    assert dependencies.number_in(text, "ШШ") == number
