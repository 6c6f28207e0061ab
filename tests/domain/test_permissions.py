"""The capability table."""

import pytest

from pmo.domain import permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.vocabulary import MemberRole, Role, TokenScope

C = Capability


def actor(role, scopes=None):
    return Actor(user_id=1, login="someone", name="Someone", role=role, scopes=scopes)


@pytest.mark.parametrize("role", list(Role))
def test_anyone_signed_in_may_propose_an_initiative(role):
    assert permissions.may(actor(role), C.INITIATIVE_PROPOSE, None)


@pytest.mark.parametrize("capability", [c for c in C if c is not C.PUBLIC])
def test_nobody_may_nothing_but_the_public(capability):
    assert not permissions.could_ever(None, capability)


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.METHODIST, Role.OBSERVER])
def test_a_foreign_project_is_closed_without_a_membership(role):
    assert not permissions.may(actor(role), C.PROJECT_READ, None)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DIRECTOR])
def test_the_head_of_the_office_sees_every_project(role):
    assert permissions.may(actor(role), C.PROJECT_READ, None)


@pytest.mark.parametrize("membership", list(MemberRole))
def test_an_observer_only_reads_whatever_the_membership(membership):
    allowed = {c for c in C if permissions.may(actor(Role.OBSERVER), c, membership)}

    assert allowed - permissions.SIGNED_IN == {C.PROJECT_READ, C.TASK_WATCH, C.OWN_VIEW}


def test_a_member_moves_cards_but_does_not_configure_the_board():
    someone = actor(Role.METHODIST)

    assert permissions.may(someone, C.TASK_EDIT, MemberRole.MEMBER)
    assert not permissions.may(someone, C.BOARD_CONFIGURE, MemberRole.MEMBER)


def test_a_lead_submits_a_gate_but_does_not_decide_it():
    someone = actor(Role.PROJECT_LEAD)

    assert permissions.may(someone, C.GATE_SUBMIT, MemberRole.LEAD)
    assert not permissions.may(someone, C.GATE_DECIDE, MemberRole.LEAD)


def test_only_the_administrator_manages_people():
    assert [r for r in Role if permissions.could_ever(actor(r), C.USERS_MANAGE)] == [
        Role.ADMINISTRATOR
    ]


def test_a_reading_token_writes_nothing():
    someone = actor(Role.ADMINISTRATOR, frozenset({TokenScope.READ}))

    allowed = {c for c in C if permissions.could_ever(someone, c)}

    assert allowed <= permissions.READING


@pytest.mark.parametrize("capability", sorted(permissions.WITHOUT_TOKEN))
def test_a_token_touches_no_account_and_no_token(capability):
    someone = actor(Role.ADMINISTRATOR, frozenset(TokenScope))

    assert not permissions.could_ever(someone, capability)


def test_a_token_never_exceeds_its_owner():
    scopes = frozenset(TokenScope)

    for role in Role:
        for membership in (None, *MemberRole):
            by_token = {c for c in C if permissions.may(actor(role, scopes), c, membership)}
            by_session = {c for c in C if permissions.may(actor(role), c, membership)}
            assert by_token <= by_session


def test_every_role_and_membership_has_its_line():
    assert set(permissions.BY_ROLE) == set(permissions.CEILING) == set(Role)
    assert set(permissions.BY_MEMBERSHIP) == set(MemberRole)
