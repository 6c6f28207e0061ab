"""The side panel: its address, focus, editing by one and by two, quick adding, themes."""

import pytest
from playwright.sync_api import Page, expect

from pmo.models import Task
from tests.browser.conftest import PHONE, Visit, stored
from tests.cast import Cast

pytestmark = pytest.mark.one_database


def open_card(page: Page, task: int) -> None:
    page.locator(f"#task-{task} .card__link").click()
    expect(page.locator("#panel-title")).to_be_visible()


def edit(page: Page, task: int) -> None:
    open_card(page, task)
    page.locator("#panel").get_by_role("link", name="Edit").click()
    expect(page.locator("#panel form[data-keep] [name=title]")).to_be_visible()


def test_a_card_opens_beside_the_board_under_its_own_address(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)

    open_card(page, cast.orchard.tasks[0])

    expect(page).to_have_url(f"/tasks/{cast.orchard.tasks[0]}")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("#panel-title")).to_have_text("Task 1 of Orchard")


def test_esc_closes_the_panel_and_gives_the_focus_back(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)
    open_card(page, cast.orchard.tasks[1])

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(f"#task-{cast.orchard.tasks[1]} .card__link")).to_be_focused()
    expect(page).to_have_url(board)


def test_back_and_forward_close_and_open_the_panel(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    open_card(page, cast.orchard.tasks[0])

    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page).to_have_url(board)
    page.go_forward()
    expect(page.locator("#panel-title")).to_have_text("Task 1 of Orchard")


def test_the_address_of_a_card_shows_it_on_its_board(visit: Visit, cast: Cast) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}")

    expect(page.locator("#panel-title")).to_be_visible()
    expect(page.locator(".card")).to_have_count(3)


def test_on_a_phone_the_panel_is_the_whole_screen_and_modal(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board, viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").tap()
    expect(page.locator("#panel-title")).to_be_visible()

    box = page.locator("#panel").bounding_box()

    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    expect(page.locator("#panel")).to_have_attribute("aria-modal", "true")
    assert page.locator("#board").evaluate("board => board.inert")


def test_all_fields_are_edited_in_one_form(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    edit(page, cast.orchard.tasks[0])
    panel = page.locator("#panel")

    panel.get_by_label("Title", exact=True).fill("Seminar")
    panel.get_by_label("Description").fill("Bring **plans** <script>alert(1)</script>")
    panel.get_by_label("Period").fill("октябрь 2025 г.")
    panel.get_by_label("Weight").fill("5")
    panel.get_by_label("Lev").check()
    panel.get_by_role("checkbox", name="Urgent").check()
    panel.get_by_label("Blocked because of").fill("no order yet")
    panel.get_by_role("button", name="Save").click()

    expect(page.locator("#panel-title")).to_have_text("Seminar")
    expect(panel.locator(".prose strong")).to_have_text("plans")
    expect(panel).to_contain_text("31 Oct 2025")
    expect(panel.locator(".history")).to_contain_text("Weight: 1 → 5")
    card = page.locator(f"#task-{cast.orchard.tasks[0]}")
    expect(card).to_contain_text("Seminar")
    expect(card).to_contain_text("Blocked: no order yet")
    expect(page).to_have_url(f"/tasks/{cast.orchard.tasks[0]}")


def test_a_bad_value_brings_the_form_back_with_what_was_typed(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board, expected=("422",))
    edit(page, cast.orchard.tasks[0])
    panel = page.locator("#panel")
    panel.locator("form").evaluate("form => { form.noValidate = true }")

    panel.get_by_label("Title", exact=True).fill("Kept")
    panel.get_by_label("Weight").fill("5000")
    panel.get_by_role("button", name="Save").click()

    expect(panel.locator(".field__error")).to_have_count(1)
    expect(panel.get_by_label("Title", exact=True)).to_have_value("Kept")
    expect(panel.get_by_label("Weight")).to_be_focused()


def test_two_people_edit_different_fields_and_both_succeed(
    visit: Visit, board: str, cast: Cast
) -> None:
    task = cast.orchard.tasks[0]
    first, second = visit("mila", board), visit("lev", board)
    edit(first, task)
    edit(second, task)

    first.locator("#panel").get_by_label("Title", exact=True).fill("By Mila")
    first.get_by_role("button", name="Save").click()
    expect(first.locator("#panel-title")).to_have_text("By Mila")
    second.locator("#panel").get_by_label("Weight").fill("8")
    second.get_by_role("button", name="Save").click()
    expect(second.locator("#panel-title")).to_have_text("By Mila")

    saved = Task.get_by_id(task)
    assert (saved.title, saved.weight) == ("By Mila", 8)


def test_the_same_field_shows_both_values_and_loses_nothing(
    visit: Visit, board: str, cast: Cast
) -> None:
    task = cast.orchard.tasks[0]
    first, second = visit("mila", board), visit("lev", board, expected=("409",))
    edit(first, task)
    edit(second, task)
    first.locator("#panel").get_by_label("Title", exact=True).fill("By Mila")
    first.locator("#panel").get_by_label("Weight").fill("3")
    first.get_by_role("button", name="Save").click()
    expect(first.locator("#panel-title")).to_have_text("By Mila")

    panel = second.locator("#panel")
    panel.get_by_label("Title", exact=True).fill("By Lev")
    panel.get_by_label("Responsible in the plan").fill("Lev himself")
    second.get_by_role("button", name="Save").click()

    expect(panel.locator(".conflict")).to_contain_text("By Mila")
    expect(panel.locator(".conflict")).to_contain_text("By Lev")
    expect(panel.locator(".conflict")).to_contain_text("Task 1 of Orchard")
    expect(panel.get_by_label("Title", exact=True)).to_have_value("By Lev")
    expect(panel.get_by_label("Responsible in the plan")).to_have_value("Lev himself")
    panel.get_by_label("Take theirs").check()
    second.get_by_role("button", name="Save").click()
    expect(second.locator("#panel-title")).to_have_text("By Mila")
    saved = Task.get_by_id(task)
    assert (saved.title, saved.weight, saved.responsible) == ("By Mila", 3, "Lev himself")


def test_what_is_typed_is_not_lost_by_esc(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    edit(page, cast.orchard.tasks[0])
    questions: list[str] = []

    def refuse(dialog: object) -> None:
        questions.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.once("dialog", refuse)
    page.locator("#panel").get_by_label("Title", exact=True).fill("Half a tit")
    page.keyboard.press("Escape")

    assert questions == ["What you typed is not saved. Leave it?"]
    expect(page.locator("#panel").get_by_label("Title", exact=True)).to_have_value("Half a tit")


def test_cards_are_added_in_a_row(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    waiting = cast.orchard.columns[2]
    line = page.locator(f"#column-add-{waiting}")

    line.fill("First")
    line.press("Enter")
    expect(page.locator(f"#column-cards-{waiting} .card")).to_have_count(1)
    expect(line).to_be_focused()
    expect(line).to_have_value("")
    line.fill("Second")
    line.press("Enter")
    expect(page.locator(f"#column-cards-{waiting} .card")).to_have_count(2)
    line.press("Escape")

    expect(line).not_to_be_focused()
    assert stored(waiting) == ["First", "Second"]


def test_a_new_card_can_be_dragged_and_its_page_stays_current(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)
    waiting, done = cast.orchard.columns[2:]
    page.locator(f"#column-add-{waiting}").fill("Fresh")
    page.locator(f"#column-add-{waiting}").press("Enter")
    fresh = page.locator(f"#column-cards-{waiting} .card__link")
    expect(fresh).to_have_count(1)
    fresh.focus()

    with page.expect_response("**/placement") as answer:
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")

    assert len(answer.value.body()) < 2048
    expect(page.locator(f"#column-cards-{done} .card")).to_have_count(1)
    assert stored(done) == ["Fresh"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_follows_the_theme_of_the_system(visit: Visit, board: str, theme: str) -> None:
    page = visit("mila", board, color_scheme=theme)

    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    assert (ground == "rgb(20, 23, 28)") == (theme == "dark")
