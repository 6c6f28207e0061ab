"""Acts on cards in a browser: choosing many, the archive, undo by button, key and history."""

import pytest
from playwright.sync_api import Page, Route, expect

from pmo.models import Task
from tests.browser.conftest import PHONE, Visit, faults, stored
from tests.cast import Cast

pytestmark = pytest.mark.one_database

ONE, TWO, THREE = (f"Task {number} of Orchard" for number in (1, 2, 3))


def choose(page: Page) -> None:
    page.get_by_text("Board menu").click()
    page.locator("#bulk-open").click()
    expect(page.locator(".card__check").first).to_be_visible()


def test_a_range_is_chosen_moved_and_undone(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    first, _, third = (page.locator(f"#task-{task}") for task in cast.orchard.tasks)
    done = cast.orchard.columns[3]
    choose(page)

    first.click()
    third.click(modifiers=["Shift"])
    expect(page.locator("#bulk-count")).to_have_text("3")
    page.locator("#bulk-column").select_option(str(done))
    page.get_by_role("button", name="Move here").click()

    expect(page.locator(f"#column-cards-{done} .card")).to_have_count(3)
    assert stored(done) == [ONE, TWO, THREE]
    page.locator("[data-undo] button", has_text="Undo").click()
    expect(page.locator(f"#column-cards-{cast.orchard.columns[0]} .card")).to_have_count(3)
    assert stored(cast.orchard.columns[0]) == [ONE, TWO, THREE]


def test_cards_are_chosen_by_key_and_by_column(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    page.locator(f"#task-{cast.orchard.tasks[1]} .card__link").focus()

    page.keyboard.press("x")
    expect(page.locator("#bulk-count")).to_have_text("1")
    page.locator(f"#column-head-{cast.orchard.columns[0]} .column__check").check()
    expect(page.locator("#bulk-count")).to_have_text("3")
    page.locator("[data-close-bulk]").click()

    expect(page.locator(".card__check")).to_have_count(0)
    page.locator(f"#task-{cast.orchard.tasks[0]}").click()
    expect(page.locator("#panel-title")).to_have_text(ONE)


def test_a_card_is_archived_in_its_panel_and_comes_back_by_ctrl_z(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)
    task = cast.orchard.tasks[0]
    page.locator(f"#task-{task}").click()
    page.locator("#panel summary", has_text="More").click()

    page.get_by_role("button", name="Put into the archive").click()

    expect(page.locator("#panel")).to_contain_text("The card is in the archive since")
    expect(page.locator(f"#task-{task}")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(f"#task-{task}")).to_be_visible()
    expect(page.locator("#panel-title")).to_have_text(ONE)
    expect(page.locator("#panel")).not_to_contain_text("The card is in the archive since")
    assert Task.get_by_id(task).archived_at is None


def test_a_move_is_undone_from_the_history(visit: Visit, board: str, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    page = visit("mila", f"/tasks/{task}/placement")
    held: list[Route] = []
    page.route("**/placement?*", lambda route: held.append(route))  # noqa: PLW0108
    page.locator("#panel .choice", has_text="Waiting").click()
    page.locator("#placement-sheet button", has_text="Move").click()
    for route in held:  # the places of that column come after the move: they are not waited for
        route.continue_()
    expect(page.locator(f"#column-cards-{cast.orchard.columns[2]} .card")).to_have_count(1)
    page.locator(f"#task-{task}").click()

    page.locator(".history__undo button").first.click()

    expect(page.locator(f"#column-cards-{cast.orchard.columns[0]} .card")).to_have_count(3)
    expect(page.locator(".history")).to_contain_text("(undo)")
    assert stored(cast.orchard.columns[0]) == [ONE, TWO, THREE]


@pytest.mark.parametrize("size", [None, PHONE])
def test_choosing_and_the_archive_are_accessible(
    visit: Visit, board: str, size: dict[str, int] | None
) -> None:
    options = {} if size is None else {"viewport": size}
    page = visit("mila", board, **options)
    choose(page)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    for address in (f"{board}/select", f"{board}/archive"):
        page.goto(address)
        assert faults(page) == []
        wide = page.evaluate(
            "() => [...document.querySelectorAll('main *')]"
            ".filter((it) => it.getBoundingClientRect().right > innerWidth + 1)"
            ".map((it) => it.className)"
        )
        assert wide == []
