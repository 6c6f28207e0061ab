"""A project with its parts, and the portfolio board."""

import pytest
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import Gate, MemberRole
from pmo.errors import NotFound
from pmo.models import Membership, Project, Stage, User
from pmo.queries import gates as gate_queries
from pmo.queries import memberships, programmes, projects
from pmo.services import gates
from tests.cast import NOW, Cast

TODAY = NOW.date()


def test_project_comes_with_all_its_parts(cast: Cast) -> None:
    view = projects.project(cast.orchard.project, cast.lev, today=TODAY)

    assert (view.code, view.lead, view.programme) == ("ШШ", "Lev", "Growth")
    assert view.passport.goal == "The goal of Orchard"
    assert [stage.key for stage in view.stages] == ["s1", "s2"]
    assert [member.login for member in view.members] == ["lev", "mila", "olga"]
    assert [label.name for label in view.labels] == ["Urgent"]
    assert [board.id for board in view.boards] == [cast.orchard.board]
    assert (view.tasks.total_count, view.tasks.completion_percent) == (3, 0)


@pytest.mark.parametrize(
    ("login", "rights", "passages"),
    [
        ("dina", (True, True, True), (Gate.CLOSING, Gate.SUSPENDED)),
        ("lev", (True, True, True), (Gate.CLOSING,)),
        ("mila", (False, False, False), ()),
        ("olga", (False, False, False), ()),
    ],
)
def test_view_says_what_the_actor_may_do(
    cast: Cast, login: str, rights: tuple[bool, ...], passages: tuple[Gate, ...]
) -> None:
    view = projects.project(cast.orchard.project, cast.actor(login), today=TODAY)

    assert (view.can_edit, view.can_staff, view.can_configure) == rights
    assert view.passages == passages


def test_observer_of_the_office_stays_one_with_any_membership(cast: Cast) -> None:
    Membership.update(role=MemberRole.LEAD).where(Membership.user == cast.olga.user_id).execute()

    view = projects.project(cast.orchard.project, cast.olga, today=TODAY)

    assert not view.can_edit
    assert view.passages == ()


def test_foreign_project_is_not_found_by_any_query(cast: Cast) -> None:
    for ask in (
        lambda: projects.project(cast.orchard.project, cast.clea, today=TODAY),
        lambda: projects.passport(cast.orchard.project, cast.clea),
        lambda: projects.stages(cast.orchard.project, cast.clea, today=TODAY),
        lambda: memberships.members(cast.orchard.project, cast.clea),
        lambda: gate_queries.history(cast.orchard.project, cast.clea),
        lambda: gate_queries.gate_page(cast.orchard.project, cast.clea),
    ):
        with pytest.raises(NotFound):
            ask()


def test_number_of_statements_of_a_project_is_fixed(cast: Cast) -> None:
    with count_queries() as before:
        projects.project(cast.orchard.project, cast.lev, today=TODAY)
    for number in range(5):
        Stage.create(project=cast.orchard.project, key=f"s{number + 3}", name="x", position=9)
    for user in User.select().where(User.login.in_(["ada", "dina", "clea"])):
        Membership.create(project=cast.orchard.project, user=user, role=MemberRole.MEMBER)

    with count_queries() as after:
        projects.project(cast.orchard.project, cast.lev, today=TODAY)

    assert after.count == before.count


def test_history_goes_down_to_the_proposal(cast: Cast) -> None:
    gates.pass_gate(
        cast.orchard.project,
        to=Gate.CLOSING,
        reason="Done",
        expected_gate=Gate.ACTIVE,
        actor=cast.lev,
        at=NOW,
    )

    latest, proposal = gate_queries.history(cast.orchard.project, cast.olga)

    assert (latest.by, latest.at, latest.reason) == ("Lev", NOW, "Done")
    assert (proposal.by, proposal.from_gate) == ("Lev", None)


def test_portfolio_board_has_every_gate_and_only_what_one_may_see(cast: Cast) -> None:
    Project.update(gate=Gate.UNDER_REVIEW).where(Project.id == cast.harbour.project).execute()

    mine = projects.portfolio_board(cast.lev, today=TODAY)
    all_of_it = projects.portfolio_board(cast.dina, today=TODAY)

    assert [column.gate for column in mine] == list(Gate)
    assert [card.item.code for column in mine for card in column.cards] == ["ШШ"]
    by_gate = {column.gate: column.cards for column in all_of_it}
    [card] = by_gate[Gate.UNDER_REVIEW]
    assert card.passages == (Gate.INITIATIVE, Gate.ACCEPTED, Gate.DECLINED)


def test_cascade_counts_what_one_may_see(cast: Cast) -> None:
    Project.update(strategic_project=None).where(Project.id == cast.harbour.project).execute()

    with count_queries() as counter:
        [programme] = programmes.tree(cast.lev).programmes
    whole = programmes.tree(cast.dina)

    assert counter.count == 3
    assert programme.project_count == 1
    assert programmes.tree(cast.lev).loose == ()
    assert [line.code for line in whole.loose] == ["ГВ"]
    assert (whole.can_edit, programmes.tree(cast.lev).can_edit) == (True, False)
