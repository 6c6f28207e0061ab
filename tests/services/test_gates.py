"""Passing gates: by role, for a reason, one at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pmo.db import connection
from pmo.domain import gates as process
from pmo.domain.vocabulary import Gate
from pmo.errors import Forbidden, GateClosed, GateMoved, Invalid, NotFound
from pmo.models import Event, GateDecision, Project
from pmo.services import gates
from tests.cast import NOW, Cast


def put(cast: Cast, gate: Gate) -> None:
    Project.update(gate=gate).where(Project.id == cast.orchard.project).execute()


def standing(cast: Cast) -> Gate:
    return Gate(Project.get_by_id(cast.orchard.project).gate)


def take(cast: Cast, login: str, expected: Gate, to: Gate, reason: str = "It is time") -> None:
    gates.pass_gate(
        cast.orchard.project,
        to=to,
        reason=reason,
        expected_gate=expected,
        actor=cast.actor(login),
        at=NOW,
    )


def test_passage_is_kept_with_who_when_and_why(cast: Cast) -> None:
    put(cast, Gate.UNDER_REVIEW)

    take(cast, "dina", Gate.UNDER_REVIEW, Gate.ACCEPTED, "  A good idea ")

    decision = GateDecision.get()
    event = Event.get(Event.kind == "project.gate_passed")
    assert standing(cast) is Gate.ACCEPTED
    assert (decision.from_gate, decision.to_gate) == (Gate.UNDER_REVIEW, Gate.ACCEPTED)
    assert (decision.reason, decision.decided_by_id) == ("A good idea", cast.dina.user_id)
    assert decision.decided_at == NOW
    assert event.project_id == cast.orchard.project
    assert event.data == {"from": "under_review", "to": "accepted", "reason": "A good idea"}


@pytest.mark.parametrize(
    ("login", "expected", "to"),
    [
        ("lev", Gate.INITIATIVE, Gate.UNDER_REVIEW),
        ("dina", Gate.INITIATIVE, Gate.UNDER_REVIEW),
        ("ada", Gate.INITIATIVE, Gate.DECLINED),
        ("lev", Gate.ACTIVE, Gate.CLOSING),
        ("dina", Gate.CLOSING, Gate.CLOSED),
    ],
)
def test_gates_are_passed_by_role(cast: Cast, login: str, expected: Gate, to: Gate) -> None:
    put(cast, expected)

    take(cast, login, expected, to)

    assert standing(cast) is to


@pytest.mark.parametrize(
    ("login", "error"), [("lev", Forbidden), ("mila", Forbidden), ("olga", Forbidden)]
)
def test_deciding_is_for_the_office(cast: Cast, login: str, error: type[Exception]) -> None:
    put(cast, Gate.UNDER_REVIEW)

    with pytest.raises(error):
        take(cast, login, Gate.UNDER_REVIEW, Gate.ACCEPTED)

    assert standing(cast) is Gate.UNDER_REVIEW
    assert not GateDecision.select().exists()
    assert not Event.select().exists()


@pytest.mark.parametrize("login", ["mila", "olga"])
def test_submitting_is_for_the_lead(cast: Cast, login: str) -> None:
    put(cast, Gate.INITIATIVE)

    with pytest.raises(Forbidden):
        take(cast, login, Gate.INITIATIVE, Gate.UNDER_REVIEW)


def test_stranger_does_not_learn_that_the_project_is_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        take(cast, "clea", Gate.ACTIVE, Gate.CLOSING)


@pytest.mark.one_database
@pytest.mark.parametrize("expected", list(Gate))
def test_only_the_passages_of_the_process_are_open(cast: Cast, expected: Gate) -> None:
    put(cast, expected)

    for to in set(Gate) - set(process.next_gates(expected)):
        with pytest.raises(GateClosed):
            take(cast, "dina", expected, to)

    assert standing(cast) is expected


def test_second_of_two_at_once_meets_a_conflict(cast: Cast) -> None:
    put(cast, Gate.UNDER_REVIEW)
    take(cast, "dina", Gate.UNDER_REVIEW, Gate.ACCEPTED)

    with pytest.raises(GateMoved):
        take(cast, "ada", Gate.UNDER_REVIEW, Gate.DECLINED)

    assert standing(cast) is Gate.ACCEPTED
    assert GateDecision.select().count() == 1


def test_of_two_at_once_one_passes(cast: Cast) -> None:
    put(cast, Gate.UNDER_REVIEW)
    ready = threading.Barrier(2)

    def decide(login: str, to: Gate) -> str:
        with connection():
            ready.wait()
            try:
                take(cast, login, Gate.UNDER_REVIEW, to)
            except GateMoved:
                return "conflict"
        return "passed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, ["dina", "ada"], [Gate.ACCEPTED, Gate.DECLINED]))

    assert sorted(outcomes) == ["conflict", "passed"]
    [decision] = GateDecision.select()
    assert standing(cast) is decision.to_gate


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_passage_needs_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(Invalid) as caught:
        take(cast, "lev", Gate.ACTIVE, Gate.CLOSING, reason)

    assert "reason" in caught.value.fields
