"""What changed in a sprint since its start: who, when and why, and that it adds up."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pmo.domain.sprint_changes import Change, ChangeKind, Told, changes

START = datetime(2025, 1, 15, 9, tzinfo=UTC)


def told(kind: str, task: int, hours: int = 1, **data: Any) -> Told:
    return Told(START + timedelta(hours=hours), kind, task, "Lev", data)


def sprint_set(task: int, source: int | None, target: int | None, reason: str = "") -> Told:
    return told("task.sprint_set", task, **{"from": source, "to": target, "reason": reason})


def weighed(task: int, was: int, now: int) -> Told:
    return told("task.edited", task, changes={"weight": [was, now]})


def short(found: list[Change]) -> list[tuple[str, int, int, int, str]]:
    return [(it.kind.value, it.task, it.was, it.weight, it.reason) for it in found]


def test_cards_that_come_go_and_change_are_told_with_their_reasons() -> None:
    found = changes(
        1,
        {1: 3, 2: 5},
        {3: 8},
        [
            sprint_set(3, None, 1, "Asked for"),
            weighed(1, 3, 2),
            sprint_set(2, 1, None, "Too much"),
            weighed(2, 5, 9),
        ],
    )

    assert short(found) == [
        ("added", 3, 0, 8, "Asked for"),
        ("estimated", 1, 3, 2, ""),
        ("removed", 2, 5, 0, "Too much"),
    ]


def test_a_card_that_is_put_away_leaves_and_comes_back() -> None:
    away = told("task.archived", 1, meaning="queue")

    found = changes(1, {1: 3}, {}, [away, weighed(1, 3, 4), told("task.restored", 1)])

    assert short(found) == [
        ("removed", 1, 3, 0, "task.archived"),
        ("added", 1, 0, 4, "task.restored"),
    ]


def test_a_done_card_that_is_put_away_stays_done() -> None:
    assert changes(1, {1: 3}, {}, [told("task.archived", 1, meaning="done")]) == []


def test_what_happens_in_other_sprints_is_not_told() -> None:
    events = [sprint_set(2, None, 2), weighed(2, 1, 5), told("task.restored", 7)]

    assert changes(1, {1: 3}, {}, events) == []


def test_a_card_added_later_weighs_what_it_did_then() -> None:
    found = changes(1, {}, {2: 9}, [sprint_set(2, None, 1), weighed(2, 4, 9)])

    assert short(found) == [("added", 2, 0, 4, ""), ("estimated", 2, 4, 9, "")]


EVENTS = st.lists(
    st.one_of(
        st.builds(
            lambda task, way: sprint_set(task, *way),
            st.integers(1, 4),
            st.sampled_from([(None, 1), (1, None), (1, 2), (2, 1), (None, 2)]),
        ),
        st.builds(lambda task, now: (task, now), st.integers(1, 4), st.integers(0, 9)),
    ),
    max_size=30,
)


@given(st.dictionaries(st.integers(1, 4), st.integers(0, 9)), EVENTS)
def test_the_changes_lead_from_the_commitment_to_what_it_holds(
    committed: dict[int, int], drawn: list[Any]
) -> None:
    weights = dict.fromkeys(range(1, 5), 1) | committed
    where: dict[int, int | None] = {task: 1 if task in committed else None for task in weights}
    events = []
    for one in drawn:
        if isinstance(one, Told):
            if where[one.task] == one.data["to"]:
                continue
            events.append(sprint_set(one.task, where[one.task], one.data["to"]))
            where[one.task] = one.data["to"]
        else:
            task, now = one
            events.append(weighed(task, weights[task], now))
            weights[task] = now

    found = changes(1, committed, dict.fromkeys(range(1, 5), 1), events)

    holds = sum(weights[task] for task, sprint in where.items() if sprint == 1)
    assert sum(committed.values()) + sum(it.weight - it.was for it in found) == holds
    assert {it.kind for it in found} <= set(ChangeKind)
