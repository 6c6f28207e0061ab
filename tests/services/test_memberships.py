"""The people of a project."""

import pytest

from pmo.domain.vocabulary import MemberRole
from pmo.errors import Forbidden, Invalid, LeadStays, NotFound
from pmo.models import Event, Membership, User
from pmo.services import memberships
from tests.cast import NOW, Cast


def roles(cast: Cast) -> dict[str, MemberRole]:
    found = Membership.select().where(Membership.project == cast.orchard.project)
    return {member.user.login: member.role for member in found}


def put(cast: Cast, login: str, person: int, role: MemberRole = MemberRole.MEMBER) -> None:
    memberships.set_role(
        cast.orchard.project, user_id=person, role=role, actor=cast.actor(login), at=NOW
    )


def test_person_joins(cast: Cast) -> None:
    put(cast, "lev", cast.clea.user_id)

    assert roles(cast)["clea"] is MemberRole.MEMBER
    assert Event.get().data == {"login": "clea", "role": "member"}


def test_role_changes_once(cast: Cast) -> None:
    put(cast, "lev", cast.mila.user_id, MemberRole.OBSERVER)
    put(cast, "lev", cast.mila.user_id, MemberRole.OBSERVER)

    assert roles(cast)["mila"] is MemberRole.OBSERVER
    assert Event.select().count() == 1


def test_person_leaves(cast: Cast) -> None:
    memberships.remove(cast.orchard.project, user_id=cast.mila.user_id, actor=cast.lev, at=NOW)

    assert "mila" not in roles(cast)
    assert Event.get().kind == "project.member_removed"


def test_lead_stays_a_member_who_leads(cast: Cast) -> None:
    with pytest.raises(LeadStays):
        put(cast, "dina", cast.lev.user_id)
    with pytest.raises(LeadStays):
        memberships.remove(cast.orchard.project, user_id=cast.lev.user_id, actor=cast.dina, at=NOW)

    assert roles(cast)["lev"] is MemberRole.LEAD


def test_disabled_person_cannot_join(cast: Cast) -> None:
    User.update(is_active=False).where(User.login == "clea").execute()

    with pytest.raises(Invalid):
        put(cast, "lev", cast.clea.user_id)

    assert "clea" not in roles(cast)


def test_nobody_cannot_join_or_leave(cast: Cast) -> None:
    with pytest.raises(Invalid):
        put(cast, "lev", 10**6)
    with pytest.raises(NotFound):
        memberships.remove(cast.orchard.project, user_id=cast.clea.user_id, actor=cast.lev, at=NOW)


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_staffing_is_for_those_who_lead(cast: Cast, login: str, error: type[Exception]) -> None:
    before = roles(cast)

    with pytest.raises(error):
        put(cast, login, cast.actor(login).user_id, MemberRole.LEAD)
    with pytest.raises(error):
        memberships.remove(
            cast.orchard.project, user_id=cast.olga.user_id, actor=cast.actor(login), at=NOW
        )

    assert roles(cast) == before
    assert not Event.select().exists()
