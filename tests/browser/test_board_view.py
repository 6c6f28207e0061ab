"""The board as one looks at it: filtered, in lanes, folded."""

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from pmo.models import Task, TaskAssignee
from tests.browser.conftest import PHONE, Visit, faults, stored, titles
from tests.cast import Cast, sign_in

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


def test_lanes_are_chosen_crossed_folded_and_kept(
    visit: Visit, app: Flask, cast: Cast, board: str
) -> None:
    limit = {"whose": "person", "limit": "1", "kind": "soft"}
    sign_in(app.test_client(), "lev").post(f"{board}/wip-rules", data=limit)
    page, mila = visit("mila", board), cast.mila.user_id
    page.get_by_text("Board view").click()
    page.get_by_label("By assignee").check()
    page.get_by_role("button", name="Apply").click()
    nobody = page.locator("#lane-assignee-0")
    expect(nobody.locator(".card")).to_have_count(2)
    hers = page.locator(f"#lane-assignee-{mila}")

    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").focus()
    for key in ("Space", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    cell = hers.locator(f".column__cards[data-column='{cast.orchard.columns[1]}']")
    expect(cell.locator(".card:not(.card--sending)")).to_have_count(1)
    page.evaluate("() => { document.getElementById('board').dataset.before = ''; }")
    page.locator(f"#task-{cast.orchard.tasks[1]}").drag_to(cell)
    expect(page.locator("#board:not([data-before])")).to_be_visible()  # drawn anew
    expect(cell.locator(".card:not(.card--sending)")).to_have_count(2)

    expect(hers.locator(".lane__load")).to_have_attribute("data-share", "2/1")
    expect(hers.locator(".avatar").first).to_have_attribute("data-share", "2/1")
    assert TaskAssignee.select().where(TaskAssignee.user == mila).count() == 2
    with page.expect_response(lambda answer: "/folding" in answer.url):
        nobody.get_by_role("button", name="Fold the lane").click()
    expect(nobody.get_by_role("button", name="Unfold the lane")).to_be_focused()
    expect(nobody.locator(".card").first).to_be_hidden()
    assert faults(page) == []
    page.reload()
    expect(nobody.locator(".card").first).to_be_hidden()


def test_a_board_that_was_asked_for_before_a_fold_does_not_undo_it(
    visit: Visit, cast: Cast, board: str
) -> None:
    page = visit("mila", f"{board}?search=task")
    column = page.locator(f"#column-{cast.orchard.columns[0]}")
    held: list[Route] = []
    page.route(f"**{board}?*", lambda route: held.append(route))  # noqa: PLW0108
    with page.expect_request(f"**{board}?*"):
        page.evaluate("() => { document.body.dispatchEvent(new CustomEvent('board:stale')); }")
    page.evaluate("() => { document.getElementById('board').dataset.before = ''; }")
    drawn = held[0].fetch()

    with page.expect_response(lambda answer: "/folding" in answer.url):
        column.get_by_role("button", name="Fold", exact=True).click()
    held[0].fulfill(response=drawn)

    expect(page.locator("#board:not([data-before])")).to_be_visible()
    expect(column.locator(".card").first).to_be_hidden()


def test_a_folded_column_is_thin_and_stays_so(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board)
    column = page.locator(f"#column-{cast.orchard.columns[0]}")

    with page.expect_response(lambda answer: "/folding" in answer.url):
        column.get_by_role("button", name="Fold", exact=True).click()
    expect(column.get_by_role("button", name="Unfold")).to_be_focused()
    expect(column.locator(".card").first).to_be_hidden()
    assert faults(page) == []
    page.reload()

    expect(column.locator(".card").first).to_be_hidden()
    column.get_by_role("button", name="Unfold").click()
    expect(column.locator(".card").first).to_be_visible()


def test_without_javascript_the_bar_is_a_plain_form(visit: Visit, cast: Cast, board: str) -> None:
    page = visit("mila", board, java_script_enabled=False)

    page.get_by_label("Mine").check()
    page.get_by_role("button", name="Show").click()

    assert shown(page) == ["ШШ-1"]
    page.get_by_role("link", name="Clear the filter").click()
    assert len(shown(page)) == 3
