"""Proposing an initiative and editing a project's head."""

import pytest

from pmo.domain.permissions import Capability
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import AlreadyTaken, Forbidden, Invalid, NotFound, StaleVersion
from pmo.models import Board, Column, Event, Membership, Passport, Project, User
from pmo.queries import access
from pmo.services import projects
from pmo.services.projects import Proposal
from tests.cast import NOW, Cast


def lead_role(project_id: int, user_id: int) -> MemberRole | None:
    found = Membership.get_or_none(
        (Membership.project == project_id) & (Membership.user == user_id)
    )
    return found and found.role


def test_proposal_makes_a_whole_project(cast: Cast) -> None:
    proposal = Proposal("НК", "Новый курс", passport={"goal": "Цель"})

    project_id = projects.propose(proposal, actor=cast.mila, at=NOW)

    project = Project.get_by_id(project_id)
    assert (project.gate, project.lead_id, project.proposed_at) == (
        Gate.INITIATIVE,
        cast.mila.user_id,
        NOW,
    )
    assert (project.short_name, project.search) == ("Новый курс", "новый курс новый курс нк")
    assert Passport.get_by_id(project_id).goal == "Цель"
    assert lead_role(project_id, cast.mila.user_id) is MemberRole.LEAD
    board = Board.get(Board.project == project_id)
    assert Column.select().where(Column.board == board).count() > 2
    event = Event.get(Event.kind == "project.proposed")
    assert (event.actor_id, event.at) == (cast.mila.user_id, NOW)
    assert event.data["lead"] == "mila"


def test_proposing_lifts_nobody_above_their_office_role(cast: Cast) -> None:
    project_id = projects.propose(Proposal("НК", "Новый курс"), actor=cast.olga, at=NOW)

    assert access.project(project_id, cast.olga, Capability.PROJECT_READ)
    with pytest.raises(Forbidden):
        access.project(project_id, cast.olga, Capability.PROJECT_EDIT)


def test_taken_code_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(AlreadyTaken) as caught:
        projects.propose(Proposal("ШШ", "Другая школа"), actor=cast.mila, at=NOW)

    assert caught.value.facts == {"field": "code"}
    assert (Project.select().count(), Board.select().count()) == (2, 2)
    assert not Event.select().exists()


def test_unknown_strategic_project_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        projects.propose(
            Proposal("НК", "Новый", strategic_project_id=10**6), actor=cast.mila, at=NOW
        )

    assert Project.select().count() == 2


def edit(cast: Cast, login: str, changes: dict[str, object], version: int | None = 1) -> None:
    projects.edit(
        cast.orchard.project,
        changes,
        expected_version=version,
        actor=cast.actor(login),
        at=NOW,
    )


def test_only_what_differs_is_written_and_told(cast: Cast) -> None:
    edit(cast, "lev", {"name": "Project Orchard", "weight": 3})

    project = Project.get_by_id(cast.orchard.project)
    assert (project.weight, project.version) == (3, 2)
    assert Event.get(Event.kind == "project.edited").data == {"changes": {"weight": [1, 3]}}
    assert Board.get_by_id(cast.orchard.board).revision == 2


def test_edit_without_a_difference_changes_nothing(cast: Cast) -> None:
    edit(cast, "lev", {"weight": 1})

    assert Project.get_by_id(cast.orchard.project).version == 1
    assert not Event.select().exists()


def test_edit_over_an_older_version_is_refused(cast: Cast) -> None:
    edit(cast, "lev", {"weight": 3})

    with pytest.raises(StaleVersion) as caught:
        edit(cast, "lev", {"weight": 4}, version=1)

    assert caught.value.facts == {"version": 2}
    assert Project.get_by_id(cast.orchard.project).weight == 3


def test_new_lead_becomes_a_member_who_leads(cast: Cast) -> None:
    edit(cast, "lev", {"lead_id": cast.mila.user_id})

    assert Project.get_by_id(cast.orchard.project).lead_id == cast.mila.user_id
    assert lead_role(cast.orchard.project, cast.mila.user_id) is MemberRole.LEAD
    assert lead_role(cast.orchard.project, cast.lev.user_id) is MemberRole.LEAD
    assert [event.kind for event in Event.select().order_by(Event.id)] == [
        "project.member_set",
        "project.edited",
    ]


def test_disabled_person_cannot_become_the_lead(cast: Cast) -> None:
    User.update(is_active=False).where(User.id == cast.clea.user_id).execute()

    with pytest.raises(Invalid):
        edit(cast, "lev", {"lead_id": cast.clea.user_id})

    assert lead_role(cast.orchard.project, cast.clea.user_id) is None


def test_code_of_another_project_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyTaken):
        edit(cast, "lev", {"code": "ГВ"})

    assert Project.get_by_id(cast.orchard.project).code == "ШШ"


@pytest.mark.parametrize(
    ("login", "error"), [("mila", Forbidden), ("olga", Forbidden), ("clea", NotFound)]
)
def test_edit_is_for_those_who_lead(cast: Cast, login: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        edit(cast, login, {"name": "Mine"})

    assert Project.get_by_id(cast.orchard.project).version == 1


def test_unknown_field_is_a_fault_of_the_caller(cast: Cast) -> None:
    with pytest.raises(ValueError, match="gate"):
        edit(cast, "lev", {"gate": Gate.CLOSED})
