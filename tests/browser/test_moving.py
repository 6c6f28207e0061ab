"""Moving cards: mouse, keyboard, touch, sheet, no JavaScript; refusals and lost connections."""

import re

import pytest
from playwright.sync_api import Page, expect

from pmo.models import Column, Task
from tests.browser.conftest import PHONE, Visit, stored, titles
from tests.cast import Cast

pytestmark = pytest.mark.one_database

ONE, TWO, THREE = (f"Task {number} of Orchard" for number in (1, 2, 3))


def wait_for_answer(page: Page) -> None:
    expect(page.locator(".card--sending")).to_have_count(0)


def drag(page: Page, card: int, target: str, *, is_online: bool = True) -> None:
    page.locator(f"#task-{card}").hover(position={"x": 30, "y": 20})
    page.mouse.down()
    box = page.locator(target).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    page.mouse.move(x - 20, y - 5, steps=6)
    page.mouse.move(x, y, steps=4)
    page.wait_for_timeout(100)  # the browser tells of a drag at its own pace
    page.mouse.move(x + 2, y + 2, steps=2)
    page.wait_for_timeout(100)
    with page.expect_event("requestfinished" if is_online else "requestfailed"):
        page.mouse.up()


def test_a_card_is_dragged_to_another_column_by_mouse(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    queue, _, waiting, _ = cast.orchard.columns

    drag(page, cast.orchard.tasks[0], f"#column-cards-{waiting}")
    wait_for_answer(page)

    assert titles(page, waiting) == stored(waiting) == [ONE]
    assert titles(page, queue) == stored(queue) == [TWO, THREE]
    expect(page.locator(f"#column-head-{queue} .column__count")).to_contain_text("2")


def test_a_card_is_dragged_before_another_in_its_column(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)
    queue = cast.orchard.columns[0]

    drag(page, cast.orchard.tasks[2], f"#task-{cast.orchard.tasks[0]}")
    wait_for_answer(page)

    assert titles(page, queue) == stored(queue)
    assert stored(queue)[2] != THREE


def test_a_full_column_refuses_and_the_card_snaps_back(
    visit: Visit, board: str, cast: Cast
) -> None:
    queue, progress, _, _ = cast.orchard.columns
    Column.update(task_count=3).where(Column.id == progress).execute()
    page = visit("mila", board, expected=("409",))

    drag(page, cast.orchard.tasks[0], f"#column-cards-{progress}")

    expect(page.locator("#notices .notice--error")).to_contain_text("its limit is 3")
    expect(page.locator(f"#column-cards-{queue} #task-{cast.orchard.tasks[0]}")).to_be_visible()
    assert titles(page, queue) == stored(queue) == [ONE, TWO, THREE]


def test_a_soft_limit_lets_through_and_says_so(visit: Visit, board: str, cast: Cast) -> None:
    waiting = cast.orchard.columns[2]
    Column.update(task_count=2).where(Column.id == waiting).execute()
    page = visit("mila", board)

    drag(page, cast.orchard.tasks[0], f"#column-cards-{waiting}")

    expect(page.locator("#notices .notice--warning")).to_contain_text("over its limit")
    assert stored(waiting) == [ONE]


def test_without_a_connection_the_card_goes_back_with_a_notice(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board, expected=("ERR_INTERNET_DISCONNECTED", "Failed to fetch"))
    queue, _, waiting, _ = cast.orchard.columns

    page.context.set_offline(True)
    drag(page, cast.orchard.tasks[0], f"#column-cards-{waiting}", is_online=False)

    expect(page.locator("#notices .notice--error")).to_contain_text("No connection")
    assert titles(page, queue) == [ONE, TWO, THREE]


def test_a_card_is_moved_by_keyboard_with_announcements(
    visit: Visit, board: str, cast: Cast
) -> None:
    page = visit("mila", board)
    queue, _, waiting, _ = cast.orchard.columns
    said = page.locator("#announcer")
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(said).to_have_text(re.compile(r"Picked up: ШШ-2 .* “Queue”, 2 of 3"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("Column “Waiting”, 1 of 1.")
    page.keyboard.press("Enter")
    expect(said).to_have_text(re.compile("Dropped: ШШ-2"))
    wait_for_answer(page)

    assert stored(waiting) == [TWO]
    assert stored(queue) == [ONE, THREE]
    expect(page.locator(f"#task-{cast.orchard.tasks[1]} .card__link")).to_be_focused()


def test_esc_puts_a_lifted_card_back(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    queue = cast.orchard.columns[0]
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").focus()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")

    expect(page.locator("#announcer")).to_have_text(re.compile("Cancelled"))
    assert titles(page, queue) == stored(queue) == [ONE, TWO, THREE]
    expect(page.locator(f"#task-{cast.orchard.tasks[0]} .card__link")).to_be_focused()


def test_one_card_of_the_board_is_in_the_tab_order(visit: Visit, board: str) -> None:
    page = visit("mila", board)

    expect(page.locator(".card__link[tabindex='0']")).to_have_count(1)
    expect(page.locator(".card__link[tabindex='-1']")).to_have_count(2)


def test_an_observer_cannot_pick_a_card_up(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("olga", board)
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").focus()

    page.keyboard.press("Space")

    expect(page.locator(".card--lifted")).to_have_count(0)
    expect(page.locator(".card__move").first).to_be_hidden()


def test_a_long_press_drags_and_a_swipe_does_not(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board, viewport={"width": 800, "height": 740}, has_touch=True)
    queue, _, waiting, _ = cast.orchard.columns
    touch = page.context.new_cdp_session(page)
    box = page.locator(f"#task-{cast.orchard.tasks[0]}").bounding_box()
    target = page.locator(f"#column-cards-{waiting}").bounding_box()
    assert box is not None
    assert target is not None

    def finger(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = box["x"] + 40, box["y"] + 20
    goal = target["x"] + 60, target["y"] + 30
    finger("touchStart", x, y)
    finger("touchMove", x, y + 60)
    finger("touchEnd", 0, 0)
    page.wait_for_timeout(400)
    assert stored(queue) == [ONE, TWO, THREE]

    page.locator(".board").evaluate("board => board.scrollTo(0, 0)")
    page.wait_for_timeout(200)
    finger("touchStart", x, y)
    page.wait_for_timeout(450)
    for step in range(1, 11):
        finger("touchMove", x + (goal[0] - x) * step / 10, y + (goal[1] - y) * step / 10)
        page.wait_for_timeout(30)
    finger("touchEnd", 0, 0)
    wait_for_answer(page)

    expect(page.locator(f"#column-cards-{queue} .card")).to_have_count(2)
    assert ONE not in stored(queue)


def test_the_sheet_moves_a_card_on_a_phone(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board, viewport=PHONE, has_touch=True, is_mobile=True)
    waiting = cast.orchard.columns[2]

    page.locator(f"#task-{cast.orchard.tasks[0]} .card__move").tap()
    page.locator("#panel").get_by_role("radio", name="Waiting").click()
    expect(page.get_by_label("Place in “Waiting”")).to_be_visible()
    expect(page.get_by_role("radio", name="Waiting")).to_be_focused()
    page.get_by_role("button", name="Move").tap()
    wait_for_answer(page)

    assert titles(page, waiting) == stored(waiting) == [ONE]
    expect(page.locator("#panel")).to_be_hidden()


def test_a_form_moves_a_card_without_javascript(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board, java_script_enabled=False)
    waiting = cast.orchard.columns[2]

    page.locator(f"#task-{cast.orchard.tasks[0]}").hover()
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__move").click()
    page.locator("#panel").get_by_role("radio", name="Waiting").click()
    page.get_by_role("button", name="Show this column").click()
    page.get_by_role("button", name="Move", exact=True).click()

    expect(page).to_have_url(f"{board}#task-{cast.orchard.tasks[0]}")
    assert stored(waiting) == [ONE]


def test_a_page_that_is_behind_gets_the_changed_columns(
    visit: Visit, board: str, cast: Cast
) -> None:
    first, second = visit("mila", board), visit("lev", board)
    queue, _, waiting, done = cast.orchard.columns

    drag(first, cast.orchard.tasks[0], f"#column-cards-{done}")
    wait_for_answer(first)
    drag(second, cast.orchard.tasks[1], f"#column-cards-{waiting}")

    expect(second.locator(f"#column-cards-{done} .card")).to_have_count(1)
    expect(second.locator(f"#column-cards-{waiting} .card")).to_have_count(1)
    assert titles(second, done) == [ONE]
    assert titles(second, waiting) == [TWO]
    assert titles(second, queue) == [THREE]
    assert Task.select().where(Task.column == queue).count() == 1
