"""What is refused in the templates of projects of a portfolio file, and what comes back."""

from copy import deepcopy
from typing import Any

import pytest

from pmo.documents import portfolio_checks
from pmo.domain.project_plan_parts import BuiltIn
from pmo.domain.project_plans import BUILT_IN
from schemas.portfolio import PortfolioSchema
from schemas.portfolio_project_templates import PlanSchema
from tests.documents.portfolios import good, spoil, steps

pytestmark = pytest.mark.one_database


def faults(path: str, value: Any) -> list[str]:
    content = good()
    spoil(content, steps(path), value)
    loaded = PortfolioSchema().load(content)
    return [fault.place for fault in portfolio_checks.faults(loaded)]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("saved_by", "nobody", "saved_by"),
        ("content.tasks[0].board", "b9", "content.tasks[0].board"),
        ("content.tasks[1].column", "c9", "content.tasks[1].column"),
        ("content.tasks[0].stage", "s9", "content.tasks[0].stage"),
        ("content.tasks[0].labels", ["иное"], "content.tasks[0].labels[0]"),
        ("content.tasks[0].waits_for", [9], "content.tasks[0].waits_for[0]"),
        ("content.tasks[0].waits_for", [1], "content.tasks"),
        ("content.tasks[0].waits_for", [3], "content.tasks[0].waits_for"),
        ("content.tasks[0].number", 1, "content.tasks[1].number"),
        ("content.stages[0].key", "s2", "content.boards[0].wip_rules[0].of"),
        ("content.own_fields[0].choices", [], "content.own_fields[0].choices"),
        ("content.boards[0].columns[0].wip_limit", 3, "content.boards[0].columns[0].wip_limit"),
        (
            "content.boards[0].automation_rules[0].user",
            "lev",
            "content.boards[0].automation_rules[0].user",
        ),
        ("content.sprint_count", None, "content.sprint_count"),
        ("content.sprints[1].starts_on", "2021-06-20", "content.sprints[1].starts_on"),
        ("content.recurrences[0].board", "b9", "content.recurrences[0].board"),
        ("content.recurrences[0].month_to", None, "content.recurrences[0].rule"),
        ("content.boards[0].columns[0].key", "c3", "content.boards[0].columns[1].key"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(path: str, value: Any, place: str) -> None:
    assert f"project_templates[0].{place}" in faults(f"project_templates[0].{path}", value)


def test_a_name_stands_once_whatever_its_case() -> None:
    content = good()
    again = deepcopy(content["project_templates"][0])
    content["project_templates"].append({**again, "name": "СЕТЕВОЙ: ПРОЕКТ"})

    places = [it.place for it in portfolio_checks.faults(PortfolioSchema().load(content))]
    assert places == ["project_templates[1].name"]


@pytest.mark.parametrize("found", BUILT_IN.values(), ids=list(BUILT_IN))
def test_the_templates_built_in_would_be_taken_from_a_portfolio_file(found: BuiltIn) -> None:
    content = good()
    template = content["project_templates"][0]
    content["project_templates"] = [{**template, "content": deepcopy(found.content)}]
    plan = PlanSchema().load(deepcopy(found.content))

    assert list(portfolio_checks.faults(PortfolioSchema().load(content))) == []
    assert list(plan) == list(found.content)
    assert list(plan["tasks"][0]) == list(found.content["tasks"][0])
