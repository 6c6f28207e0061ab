"""The registry of projects: figures, filters, orders, and the number of statements."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from pmo.domain.registry import ORDERS, RegistryFilters
from pmo.domain.rollup import TaskSums
from pmo.domain.vocabulary import Gate
from pmo.models import Column, Membership, Project, Stage, Task
from pmo.queries import registry
from pmo.services import projects
from pmo.services.projects import Proposal
from tests.cast import NOW, Cast

TODAY = NOW.date()


def codes(page: registry.RegistryPage) -> list[str]:
    return [item.code for item in page.items]


def propose(cast: Cast, code: str, name: str) -> int:
    return projects.propose(Proposal(code, name), actor=cast.mila, at=NOW)


def finish(cast: Cast, task: int) -> None:
    """Stand a task in the last column, with the sums as the board keeps them."""
    first, last = cast.orchard.columns[0], cast.orchard.columns[-1]
    Task.update(column=last).where(Task.id == task).execute()
    for column, change in ((first, -1), (last, 1)):
        Column.update(
            task_count=Column.task_count + change, task_weight=Column.task_weight + change
        ).where(Column.id == column).execute()


def test_line_has_all_that_the_page_shows(cast: Cast) -> None:
    finish(cast, cast.orchard.tasks[0])
    Task.update(due_on=TODAY - timedelta(days=1)).where(
        Task.id.in_(cast.orchard.tasks[:2])
    ).execute()
    Task.update(due_on=TODAY).where(Task.id == cast.orchard.tasks[2]).execute()
    Stage.update(starts_on=TODAY, ends_on=TODAY).where(Stage.id == cast.orchard.stages[1]).execute()

    [line] = registry.registry(cast.lev, today=TODAY).items

    assert line == registry.RegistryItem(
        id=cast.orchard.project,
        code="ШШ",
        name="Project Orchard",
        short_name="Orchard",
        gate=Gate.ACTIVE,
        lead_id=cast.lev.user_id,
        lead="Lev",
        strategic_project_id=cast.orchard.strategic_project,
        strategic_project="People",
        stage="Stage 2",
        tasks=TaskSums(1, 3, 1, 3, overdue_count=1),
    )


def test_project_without_boards_and_lead_has_a_line(cast: Cast) -> None:
    bare = Project.create(
        code="ПП",
        name="Bare",
        short_name="Bare",
        gate=Gate.ACCEPTED,
        proposed_by=cast.lev.user_id,
        proposed_at=NOW,
        search="bare bare пп",
    )

    found = registry.registry(cast.dina, RegistryFilters(search="bare"), today=TODAY)

    [line] = found.items
    assert (line.id, line.lead, line.lead_id, line.strategic_project) == (bare.id, "", None, "")
    assert line.tasks.completion_ratio is None


@pytest.mark.parametrize(("login", "seen"), [("dina", 2), ("lev", 1), ("mila", 1), ("clea", 1)])
def test_nobody_sees_or_counts_foreign_projects(cast: Cast, login: str, seen: int) -> None:
    actor = cast.actor(login)

    found = registry.registry(actor, today=TODAY)
    choices = registry.choices(actor, today=TODAY)

    assert (len(found.items), found.total) == (seen, seen)
    assert len(choices.leads) == seen
    assert len(list(registry.everything(actor, today=TODAY))) == seen


def test_revoked_membership_ends_the_view_at_once(cast: Cast) -> None:
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    assert registry.registry(cast.mila, today=TODAY).items == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ЁЛКА", ["НК"]),
        ("елка новая", ["НК"]),
        ("ёл нк", ["НК"]),
        ("елка orchard", []),
        ("_", ["НК", "ШШ"]),
    ],
)
def test_search_folds_case_and_yo(cast: Cast, words: str, found: list[str]) -> None:
    propose(cast, "НК", "Новая ёлка")

    page = registry.registry(cast.mila, RegistryFilters(search=words), today=TODAY)

    assert codes(page) == found


def test_filters_narrow_together(cast: Cast) -> None:
    Stage.update(name="Main", starts_on=TODAY, ends_on=None).where(
        Stage.id == cast.harbour.stages[0]
    ).execute()
    clea = cast.clea.user_id

    def ask(**filters: object) -> list[str]:
        given = RegistryFilters(**filters)  # type: ignore[arg-type]
        return codes(registry.registry(cast.dina, given, today=TODAY))

    assert ask(stage="Main") == ["ГВ"]
    assert ask(stage="Main", gate=Gate.ACTIVE, lead_id=clea) == ["ГВ"]
    assert ask(stage="Main", gate=Gate.CLOSED) == []
    assert ask(strategic_project_id=cast.orchard.strategic_project) == ["ГВ", "ШШ"]
    assert ask(mine=True) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("code", ["АА", "ГВ", "ШШ"]),
        ("-code", ["ШШ", "ГВ", "АА"]),
        ("name", ["ГВ", "ШШ", "АА"]),
        ("gate", ["АА", "ГВ", "ШШ"]),
        ("lead", ["ГВ", "ШШ", "АА"]),
        ("-progress", ["ШШ", "ГВ", "АА"]),
        ("-overdue", ["ГВ", "АА", "ШШ"]),
    ],
)
def test_orders_are_the_same_on_both_databases(cast: Cast, sort: str, expected: list[str]) -> None:
    propose(cast, "АА", "Яблоня")
    finish(cast, cast.orchard.tasks[0])
    Task.update(due_on=TODAY - timedelta(days=3)).where(Task.id == cast.harbour.tasks[0]).execute()

    page = registry.registry(cast.dina, today=TODAY, sort=sort)

    assert codes(page) == expected


@pytest.mark.parametrize("sort", ORDERS)
def test_number_of_statements_does_not_grow(cast: Cast, sort: str) -> None:
    for number in range(12):
        propose(cast, f"П{number}", f"Проект {number}")

    with count_queries() as counter:
        page = registry.registry(cast.dina, today=TODAY, sort=sort)

    assert len(page.items) == 14
    assert counter.count == 2


def test_pages_follow_each_other(cast: Cast) -> None:
    for number in range(5):
        propose(cast, f"П{number}", f"Проект {number}")

    pages = [
        registry.registry(cast.dina, today=TODAY, page=page, page_size=3) for page in (1, 2, 3, 4)
    ]

    assert [len(page.items) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert pages[0].page_count == 3
    assert len({code for page in pages for code in codes(page)}) == 7
