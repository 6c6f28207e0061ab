"""The command palette in a browser: opened by keys, walked by arrows, understood by ear."""

import pytest
from playwright.sync_api import Page, expect

from pmo.models import User
from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import Cast

pytestmark = pytest.mark.one_database


def options(page: Page) -> list[str]:
    return page.locator("#palette .palette__text").all_text_contents()


def chosen(page: Page) -> str:
    """Return the option that the input points to, and only that one is selected."""
    present = page.locator("#palette [aria-selected=true]")
    expect(present).to_have_count(1)
    pointed = page.locator(".palette__input").get_attribute("aria-activedescendant")
    assert present.get_attribute("id") == pointed
    return present.locator(".palette__text").text_content() or ""


def test_a_card_is_opened_by_keys_alone(visit: Visit, cast: Cast) -> None:
    page = visit("mila", "/my-work")

    page.keyboard.press("Control+k")
    expect(page.locator(".palette__input")).to_be_focused()
    page.keyboard.type("шш-2")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/tasks/{cast.orchard.tasks[1]}")


def test_arrows_walk_and_the_focus_comes_back(visit: Visit, cast: Cast) -> None:
    page = visit("mila", "/my-work")
    link = page.locator("main a").first
    link.focus()

    page.keyboard.press("/")
    expect(page.locator("#palette [role=option]").first).to_be_visible()
    first, second, *_, last = options(page)
    walked = [chosen(page)]
    for key in ("ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        walked.append(chosen(page))
    page.keyboard.press("Escape")

    assert walked == [first, second, first, last, first]
    expect(page.locator("#palette")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_slash_that_is_written_opens_nothing(visit: Visit, cast: Cast) -> None:
    page = visit("mila", "/search")

    page.locator("#finds-search").press_sequentially("a/b")

    expect(page.locator("#finds-search")).to_have_value("a/b")
    expect(page.locator("#palette")).to_be_hidden()


def test_a_new_card_begins_on_this_very_board(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board)
    page.evaluate("() => { window.same = true; }")

    page.keyboard.press("Control+k")
    page.keyboard.type("new card")
    page.keyboard.press("Enter")

    expect(page.locator(f"#column-add-{cast.orchard.columns[0]}")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("several")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-form")).to_be_visible()
    assert page.evaluate("() => window.same")


def test_what_was_looked_at_is_remembered_in_this_browser_alone(
    visit: Visit, cast: Cast, board: str
) -> None:
    page = visit("mila", board)
    page.locator(f"#task-{cast.orchard.tasks[0]} a").first.click()
    expect(page.locator("#panel-title")).to_be_visible()
    page.goto(page.url.replace(f"/tasks/{cast.orchard.tasks[0]}", "/my-work"))
    page.wait_for_selector("html[data-ready]", state="attached")

    page.keyboard.press("Control+k")
    expect(page.locator("[aria-label='Looked at before'] .palette__text")).to_have_text(
        ["ШШ-1 Task 1 of Orchard", "ШШ Board of Orchard"]
    )


def test_escape_closes_the_palette_and_leaves_the_panel(visit: Visit, cast: Cast) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}")

    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#panel")).to_be_visible()


def test_the_language_is_switched_from_anywhere(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board)

    page.keyboard.press("Control+k")
    page.keyboard.type("русск")
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page).to_have_url(board)
    assert User.get(User.login == "mila").language == "ru"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_axe_finds_nothing_and_it_fits(
    visit: Visit, cast: Cast, board: str, theme: str, size: str
) -> None:
    more = {"viewport": PHONE, "has_touch": True} if size == "phone" else {}
    page = visit("lev", board, language="ru", color_scheme=theme, **more)

    page.locator(".app-commands").click()
    page.locator(".palette__input").fill("orchard")
    expect(page.locator("#palette mark").first).to_be_visible()

    assert faults(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("#palette").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("() => innerWidth")


def test_without_scripts_the_button_leads_to_the_search(visit: Visit, cast: Cast) -> None:
    page = visit("mila", "/my-work", java_script_enabled=False)

    page.locator(".app-commands").click()

    page.wait_for_url("**/search")
    page.locator("#finds-search").fill("orchard")
    page.locator("#finds-search").press("Enter")
    expect(page.locator(".find")).to_have_count(5)
