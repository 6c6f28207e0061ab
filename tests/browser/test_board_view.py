"""The board as one looks at it: filtered, in lanes, folded."""

import pytest
from playwright.sync_api import Page, expect

from pmo.models import Task
from tests.browser.conftest import PHONE, Visit, faults, stored, titles
from tests.cast import Cast

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    return page.locator("#board .card b").all_text_contents()


def test_typing_filters_the_board_and_the_address_can_be_sent(
    visit: Visit, cast: Cast, board: str
) -> None:
    page = visit("mila", board)

    page.locator("#filter-search").press_sequentially("task 2")
    expect(page.locator("#filter-state")).to_contain_text("1 of 3 shown")
    page.get_by_label("Mine").check()
    expect(page.locator("#filter-state")).to_contain_text("0 of 3 shown")
    page.locator("#filter-search").fill("")
    expect(page.locator("#filter-state")).to_contain_text("1 of 3 shown")

    expect(page).to_have_url(f"{board}?mine=1")
    assert shown(visit("mila", f"{board}?mine=1")) == ["ШШ-1"]
    assert shown(page) == ["ШШ-1"]
    assert faults(page) == []


def test_a_card_is_moved_on_a_filtered_board_and_the_panel_closes_to_it(
    visit: Visit, cast: Cast, board: str
) -> None:
    address = f"{board}?search=task+2"
    page = visit("mila", address)

    page.locator(".card__link").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".card--sending")).to_have_count(0)
    page.locator(".card__link").click()
    expect(page.locator("#panel-title")).to_have_text("Task 2 of Orchard")
    page.keyboard.press("Escape")

    expect(page).to_have_url(address)
    assert stored(cast.orchard.columns[1]) == ["Task 2 of Orchard"]
    assert titles(page, cast.orchard.columns[1]) == ["Task 2 of Orchard"]


def test_after_a_filter_cards_can_still_be_dragged(visit: Visit, cast: Cast, board: str) -> None:
    Task.update(blocked_reason="no room").where(Task.id == cast.orchard.tasks[1]).execute()
    page = visit("lev", board)
    page.get_by_label("Blocked").check()
    expect(page.locator("#board .card")).to_have_count(1)

    card = page.locator(f"#task-{cast.orchard.tasks[1]}")
    card.drag_to(page.locator(f"#column-cards-{cast.orchard.columns[3]}"))
    expect(page.locator(".card--sending")).to_have_count(0)

    assert stored(cast.orchard.columns[3]) == ["Task 2 of Orchard"]


def test_on_a_phone_the_filter_folds_into_a_button(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board, viewport=PHONE, has_touch=True, is_mobile=True)

    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_text("Filter", exact=True).tap()
    page.get_by_text("Mine", exact=True).tap()
    expect(page.locator("#filter-state")).to_contain_text("1 of 3 shown")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert faults(page) == []


def test_without_javascript_the_bar_is_a_plain_form(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board, java_script_enabled=False)

    page.get_by_label("Mine").check()
    page.get_by_role("button", name="Show").click()

    assert shown(page) == ["ШШ-1"]
    page.get_by_role("link", name="Clear the filter").click()
    assert len(shown(page)) == 3
