"""What hangs on a card, in a real browser: by keyboard, beside the board, on a phone, plain."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pmo.models import ChecklistItem, Evidence, TaskDependency
from pmo.services import checklists, dependencies, evidence, watchers
from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import NOW, Cast

pytestmark = pytest.mark.one_database

LINK = {"title": "Report", "url": "https://example.org/a-long-address-without-any-blank-in-it"}


@pytest.fixture
def task(cast: Cast) -> int:
    return cast.orchard.tasks[0]


@pytest.fixture
def full(cast: Cast, task: int) -> list[int]:
    """Hang one of everything on the card; return the items."""
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    items = [checklists.add(task, text=text, **who).item_id for text in ("Hall", "Letters")]
    evidence.add(task, {**LINK, "presentation": "photographs", "note": "Twelve"}, **who)
    dependencies.add(task, blocker_id=cast.orchard.tasks[1], **who)
    watchers.watch(task, **who)
    return items


def texts() -> list[str]:
    return [item.text for item in ChecklistItem.select().order_by(ChecklistItem.position)]


def card(page: Page, task: int) -> Any:
    return page.locator(f"#task-{task}")


def test_items_are_added_in_a_row_and_ticked_by_keyboard(visit: Visit, task: int) -> None:
    page = visit("mila", f"/tasks/{task}")
    line = page.locator("#checklist-add")

    for count, text in enumerate(("Hall", "Letters"), start=1):
        line.fill(text)
        line.press("Enter")
        expect(page.locator(".checklist__item")).to_have_count(count)
        expect(line).to_be_focused()
        expect(line).to_have_value("")
    tick = page.get_by_role("checkbox", name="Letters")
    tick.focus()
    page.keyboard.press("Space")

    expect(tick).to_be_checked()
    expect(tick).to_be_focused()
    expect(card(page, task).locator(".count--checklist")).to_contain_text("1/2")
    assert texts() == ["Hall", "Letters"]


def test_an_item_is_rewritten_moved_made_a_card_and_removed(
    visit: Visit, cast: Cast, task: int, full: list[int]
) -> None:
    page = visit("mila", f"/tasks/{task}")

    def open_line(text: str) -> Any:
        line = page.locator(".checklist__item", has_text=text)
        line.locator("summary").click()
        return line

    line = open_line("Letters")
    line.get_by_label("Text").fill("Invitations")
    line.get_by_role("button", name="Save").click()
    expect(page.locator(".checklist__item").nth(1)).to_contain_text("Invitations")
    open_line("Invitations").get_by_role("button", name="Higher").click()
    expect(page.locator(".checklist__item").first).to_contain_text("Invitations")
    open_line("Invitations").get_by_role("button", name="Make a card of it").click()
    expect(page.locator(".checklist__item").first).to_contain_text("ШШ-4")
    queue = page.locator(f"#column-cards-{cast.orchard.columns[0]}")
    expect(queue).to_contain_text("Invitations")
    open_line("Hall").get_by_role("button", name="Remove").click()
    expect(page.locator(".checklist__item")).to_have_count(1)
    expect(page.get_by_role("heading", name="Checklist")).to_be_focused()
    assert texts() == ["Invitations"]
    page.locator("#notices").get_by_role("button", name="Undo").click()
    expect(page.locator(".checklist__item")).to_have_count(2)
    expect(card(page, task).locator(".count--checklist")).to_contain_text("0/2")

    assert texts() == ["Invitations", "Hall"]


def test_a_card_to_wait_for_is_found_as_one_types(visit: Visit, cast: Cast, task: int) -> None:
    page = visit("mila", f"/tasks/{task}")
    line = page.locator("#blocker")

    line.focus()
    expect(page.locator("#blocker-choices option")).to_have_count(2)
    line.fill("task 3")
    expect(page.locator("#blocker-choices option")).to_have_count(1)
    line.fill("ШШ-3 Task 3 of Orchard")
    line.press("Enter")

    expect(page.locator("#dependencies .parts__item")).to_contain_text("ШШ-3")
    expect(card(page, task).locator(".card__waits")).to_have_text("Waits for: ШШ-3")
    assert TaskDependency.get().blocker_id == cast.orchard.tasks[2]


def test_a_circle_is_refused_with_a_notice(
    visit: Visit, cast: Cast, task: int, full: list[int]
) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[1]}", expected=("409",))

    page.locator("#blocker").fill("1")
    page.locator("#blocker").press("Enter")

    expect(page.locator("#notices")).to_contain_text("ШШ-1 already waits for ШШ-2")
    assert TaskDependency.select().count() == 1


def test_moving_what_it_waits_for_to_done_frees_the_card_on_the_movers_page(
    visit: Visit, cast: Cast, board: str, task: int, full: list[int]
) -> None:
    page = visit("mila", board)
    expect(card(page, task).locator(".card__waits")).to_be_visible()
    page.locator(f"#task-{cast.orchard.tasks[1]} .card__link").focus()

    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(card(page, task).locator(".card__waits")).to_have_count(0)


def test_evidence_is_added_and_watching_begun(visit: Visit, task: int) -> None:
    page = visit("olga", f"/tasks/{task}")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("button", name="Stop watching")).to_be_focused()

    page = visit("mila", f"/tasks/{task}")
    section = page.locator("#evidence")
    section.get_by_text("Add evidence").click()
    section.get_by_label("Title").fill("Report")
    section.get_by_label("Address").fill(LINK["url"])
    section.get_by_label("Form of presentation").fill("photographs")
    section.get_by_role("button", name="Add", exact=True).click()

    expect(section.get_by_role("link")).to_have_attribute("href", LINK["url"])
    expect(section.get_by_role("heading", name="Evidence")).to_be_focused()
    expect(card(page, task).locator(".count--evidence")).to_contain_text("1")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_panel_is_accessible_and_fits(
    visit: Visit, task: int, full: list[int], theme: str, size: str
) -> None:
    more = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if size == "phone" else {}
    page = visit("mila", f"/tasks/{task}", color_scheme=theme, **more)
    page.locator("#checklist summary").first.click()
    page.locator("#evidence summary").first.click()
    page.locator("#evidence .adding summary").click()

    assert faults(page) == []
    widths = page.locator("#panel").evaluate("panel => [panel.scrollWidth, panel.clientWidth]")
    assert widths[0] <= widths[1]


def test_everything_works_without_javascript(
    visit: Visit, cast: Cast, task: int, full: list[int]
) -> None:
    page = visit("mila", f"/tasks/{task}", java_script_enabled=False)

    page.get_by_role("checkbox", name="Hall").click()
    page.locator("#checklist-add").fill("Tea")
    page.locator("#checklist-add").press("Enter")
    page.locator("#blocker").fill("ШШ-3")
    page.locator("#dependencies").get_by_role("button", name="Add").click()
    page.locator(".checklist__item", has_text="Letters").locator("summary").click()
    page.get_by_role("button", name="Make a card of it").click()
    page.locator("#evidence summary").first.click()
    page.locator("#evidence").get_by_role("button", name="Remove").click()

    expect(page).to_have_url(f"/tasks/{task}#evidence")
    expect(page.locator("#checklist h3")).to_have_text("Checklist 1/3")
    assert texts() == ["Hall", "Letters", "Tea"]
    assert Evidence.select().count() == 0
    page.locator("#notices").get_by_role("button", name="Undo").click()
    expect(card(page, task).locator(".count--evidence")).to_contain_text("1")
    assert Evidence.select().count() == 1
    assert {it.blocker_id for it in TaskDependency.select()} == set(cast.orchard.tasks[1:])
