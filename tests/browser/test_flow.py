"""The charts in a real browser: seen in both themes, opened by mouse and by keyboard."""

from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from pmo.domain.vocabulary import WipKind
from pmo.models import Column
from pmo.services import tasks
from tests.browser.conftest import DESK, PHONE, Visit, faults
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.one_database, pytest.mark.browser]

SEEN = "?as_of=2025-02-14"


def work(cast: Cast) -> None:
    """Make fifteen cards: twelve finished, three begun."""
    queue, doing, _waiting, done = cast.orchard.columns
    Column.update(wip_limit=None, wip_kind=WipKind.NONE).where(Column.id == doing).execute()
    for day in range(15):
        at, who = NOW + timedelta(days=day), {"actor": cast.lev}
        it = tasks.create(queue, fields={"title": f"Card {day}"}, at=at, **who).task_id
        tasks.place(it, column_id=doing, at=at, **who)
        if day < 12:
            tasks.place(it, column_id=done, at=at + timedelta(days=2), **who)


@pytest.mark.parametrize(("theme", "size"), [("light", DESK), ("dark", PHONE)])
def test_charts_are_themed_accessible_and_keep_to_their_box(
    visit: Visit, cast: Cast, theme: str, size: dict[str, int]
) -> None:
    work(cast)

    page = visit(
        "olga",
        f"/projects/{cast.orchard.project}/flow{SEEN}",
        color_scheme=theme,
        viewport=size,
    )

    expect(page.locator("svg.chart__drawing")).to_have_count(4)
    for details in page.locator(".chart__table").all():
        details.locator("summary").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    painted = page.evaluate(
        """() => ['.chart-fill-blue', '.chart-fill-ink', '.box'].map((it) => {
            const style = getComputedStyle(document.querySelector(it));
            return it === '.box' ? style.backgroundColor : style.fill;
        })"""
    )
    assert all(one != other for one, other in pairwise(painted))
    light = {"light": ["rgb(29, 85, 158)"], "dark": ["rgb(146, 188, 246)"]}
    assert painted[:1] == light[theme]

    page.goto(f"/projects/{cast.orchard.project}/forecast{SEEN}")
    expect(page.locator("svg.chart__drawing")).to_have_count(2)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_point_opens_its_cards_by_mouse_and_by_keyboard(visit: Visit, cast: Cast) -> None:
    work(cast)
    page = visit("olga", f"/projects/{cast.orchard.project}/flow{SEEN}")

    page.get_by_role("link", name="In progress: 1 card, 19 days").click()
    expect(page.get_by_role("listitem").filter(has_text="Card 12")).to_be_visible()

    page.go_back()
    page.get_by_role("link", name="In progress: 1 card, 17 days").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Card 14")).to_be_visible()
