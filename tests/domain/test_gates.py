"""The gate process."""

import itertools

import pytest

from pmo.domain import gates
from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Gate


def test_the_straight_way_leads_from_initiative_to_closed():
    way = [
        Gate.INITIATIVE,
        Gate.UNDER_REVIEW,
        Gate.ACCEPTED,
        Gate.PREPARING,
        Gate.ACTIVE,
        Gate.CLOSING,
        Gate.CLOSED,
    ]

    assert all(gates.needed_capability(*step) for step in itertools.pairwise(way))


def test_a_closed_project_stays_closed():
    assert gates.next_gates(Gate.CLOSED) == ()


@pytest.mark.parametrize("gate", list(Gate))
def test_no_gate_leads_to_itself(gate):
    assert gates.needed_capability(gate, gate) is None


def test_an_initiative_cannot_become_active_without_review():
    assert gates.needed_capability(Gate.INITIATIVE, Gate.ACTIVE) is None


@pytest.mark.parametrize("gate", [Gate.ACCEPTED, Gate.DECLINED, Gate.SUSPENDED, Gate.CLOSED])
def test_what_binds_the_office_is_decided_by_its_head(gate):
    needed = {capability for (_, to), capability in gates.PASSAGES.items() if to is gate}

    assert needed == {Capability.GATE_DECIDE}
