"""Rules of a board in a browser: the question at the done column, a kept move, the settings."""

import pytest
from playwright.sync_api import expect

from pmo.domain.vocabulary import AutomationAction, AutomationTrigger, MemberRole
from pmo.models import Board, Column
from pmo.services import automation_rules, move_rules
from tests.browser.conftest import PHONE, Visit, faults, stored, titles
from tests.browser.test_moving import ONE, THREE, TWO, drag, wait_for_answer
from tests.cast import NOW, Cast

pytestmark = pytest.mark.one_database


def demand(cast: Cast) -> int:
    column = cast.orchard.columns[3]
    text = "Report handed in\nPhotos kept"
    Column.update(definition_of_done=text).where(Column.id == column).execute()
    return column


def test_a_card_dragged_to_done_is_asked_and_then_moves(
    visit: Visit, board: str, cast: Cast
) -> None:
    queue, done = cast.orchard.columns[0], demand(cast)
    page = visit("mila", board, expected=("409",))

    drag(page, cast.orchard.tasks[0], f"#column-cards-{done}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert titles(page, queue) == [ONE, TWO, THREE]
    assert faults(page) == []
    for line in ("Report handed in", "Photos kept"):
        dialog.get_by_label(line).check()
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog).to_have_count(0)

    expect(page.locator(f"#column-cards-{done} .card")).to_have_count(1)
    assert titles(page, done) == stored(done) == [ONE]
    assert titles(page, queue) == [TWO, THREE]


def test_the_question_is_left_by_escape_and_the_card_stays(
    visit: Visit, board: str, cast: Cast
) -> None:
    queue, done = cast.orchard.columns[0], demand(cast)
    page = visit("mila", board, expected=("409",))
    card = page.locator(f"#task-{cast.orchard.tasks[0]} .card__link")

    card.focus()
    for key in (" ", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert titles(page, queue) == [ONE, TWO, THREE]
    assert stored(done) == []


def test_the_sheet_asks_in_place(visit: Visit, board: str, cast: Cast) -> None:
    done = demand(cast)
    page = visit(
        "mila", f"/tasks/{cast.orchard.tasks[0]}/placement?column_id={done}", viewport=PHONE
    )

    for line in ("Report handed in", "Photos kept"):
        page.get_by_label(line).check()
    page.get_by_role("button", name="Move").click()
    wait_for_answer(page)

    assert titles(page, done) == stored(done) == [ONE]


def test_a_card_dropped_where_only_the_lead_moves_goes_back(
    visit: Visit, board: str, cast: Cast
) -> None:
    waiting = cast.orchard.columns[2]
    move_rules.add(
        cast.orchard.board,
        source_id=None,
        target_id=waiting,
        least_role=MemberRole.LEAD,
        actor=cast.lev,
        at=NOW,
    )
    page = visit("mila", board, expected=("403",))

    drag(page, cast.orchard.tasks[0], f"#column-cards-{waiting}")

    expect(page.locator(".notice--error")).to_contain_text("Only the lead of the project")
    assert titles(page, cast.orchard.columns[0]) == [ONE, TWO, THREE]


def test_the_form_of_a_rule_shows_what_its_kinds_need(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("lev", f"{board}/automation", viewport=PHONE)

    page.get_by_label("Occasion").select_option("idle")
    page.get_by_label("Act", exact=True).select_option("label")
    expect(page.get_by_label("Days")).to_be_visible()
    expect(page.get_by_label("Column", exact=True)).to_be_visible()
    page.get_by_label("Occasion").select_option("blocked")
    expect(page.get_by_label("Column", exact=True)).to_be_hidden()
    page.get_by_label("Occasion").select_option("idle")
    page.get_by_label("Name").fill("Stuck")
    page.get_by_label("Days").fill("7")
    page.get_by_label("Label", exact=True).select_option(label="Urgent")
    page.get_by_role("button", name="Add the rule").click()

    expect(page.locator(".row")).to_contain_text("A card has not moved for 7 days")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_board_is_made_of_a_template_and_becomes_one(visit: Visit, cast: Cast) -> None:
    page = visit("lev", f"/projects/{cast.orchard.project}", viewport=PHONE)

    page.locator("main header summary", has_text="More").click()
    page.get_by_role("link", name="New board").click()
    page.wait_for_url("**/boards/new")
    expect(page.get_by_label("Name of the board")).to_be_focused()
    page.keyboard.type("Day of open doors")
    page.get_by_label("The board begins with").select_option(label="Мероприятие")
    page.get_by_role("button", name="Add the board").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Day of open doors")
    expect(page.get_by_role("heading", name="Проведение")).to_be_visible()
    page.goto(f"/boards/{Board.get(Board.name == 'Day of open doors').id}/templates")
    page.get_by_label("Name of the template").fill("Doors")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="All templates of boards").click()
    expect(page.locator(".row", has_text="Doors")).to_contain_text("План → Подготовка")


def test_a_card_that_a_rule_moves_on_is_seen_where_it_went(
    visit: Visit, board: str, cast: Cast
) -> None:
    waiting, done = cast.orchard.columns[2:]
    values = {"name": "Onward", "trigger": AutomationTrigger.MOVED, "action": AutomationAction.MOVE}
    ways = {"column_id": waiting, "target_id": done}
    automation_rules.add(cast.orchard.board, values={**values, **ways}, actor=cast.lev, at=NOW)
    page = visit("mila", board)

    drag(page, cast.orchard.tasks[0], f"#column-cards-{waiting}")
    wait_for_answer(page)

    expect(page.locator(f"#column-cards-{done} .card")).to_have_count(1)
    assert titles(page, waiting) == stored(waiting) == []
