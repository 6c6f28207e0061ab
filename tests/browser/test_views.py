"""Table, calendar and timeline in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pmo.models import Stage, Task
from pmo.services import tasks
from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.one_database, pytest.mark.browser]


def cell(page: Page, row: int, head: str) -> Locator:
    heads = page.locator(".task-table thead th").all_text_contents()
    return page.locator(".task-table tbody tr").nth(row).locator("th, td").nth(heads.index(head))


def table(visit: Visit, cast: Cast, login: str = "mila", query: str = "") -> Page:
    return visit(login, f"/boards/{cast.orchard.board}/table{query}", expected=("409", "422"))


def test_a_cell_is_edited_by_keyboard_alone(visit: Visit, cast: Cast) -> None:
    page = table(visit, cast)
    weight = cell(page, 0, "Weight")

    weight.locator("a").focus()
    page.keyboard.press("Enter")
    expect(weight.locator("input[name=value]")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(weight.locator("a")).to_be_focused()
    expect(weight).to_have_text("7")
    page.keyboard.press("Enter")
    expect(weight.locator("input[name=value]")).to_be_focused()
    page.keyboard.type("9")
    page.keyboard.press("Escape")

    expect(weight).to_have_text("7")
    expect(weight.locator("a")).to_be_focused()
    assert Task.get_by_id(cast.orchard.tasks[0]).weight == 7


def test_tab_saves_and_opens_the_next_cell(visit: Visit, cast: Cast) -> None:
    page = table(visit, cast, query="?columns=weight&columns=due_on")
    weight, due = cell(page, 0, "Weight"), cell(page, 0, "Due date")

    weight.locator("a").click()
    expect(weight.locator("input[name=value]")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Tab")

    expect(due.locator("input[name=value]")).to_be_focused()
    expect(weight).to_have_text("3")
    assert faults(page) == []


def test_a_clash_shows_both_values_and_is_decided_in_the_cell(visit: Visit, cast: Cast) -> None:
    page = table(visit, cast)
    title = cell(page, 0, "Title")
    title.locator("a").click()
    expect(title.locator("input[name=value]")).to_be_focused()
    tasks.edit(cast.orchard.tasks[0], {"title": "Theirs"}, base_version=1, actor=cast.lev, at=NOW)

    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    expect(title.get_by_role("alert")).to_contain_text("“Theirs”")
    expect(title.locator("input[name=value]")).to_have_value("Mine")
    page.keyboard.press("Escape")
    expect(title.locator("a")).to_have_text("Theirs")
    title.locator("a").click()
    expect(title.locator("input[name=value]")).to_have_value("Theirs")
    tasks.edit(cast.orchard.tasks[0], {"title": "Again"}, base_version=2, actor=cast.lev, at=NOW)
    title.locator("input[name=value]").fill("Mine")
    page.keyboard.press("Enter")
    expect(title.get_by_role("alert")).to_contain_text("“Again”")
    title.get_by_role("button", name="Save").click()

    expect(title.locator("a")).to_have_text("Mine")


def test_a_cell_works_without_a_script(visit: Visit, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/table"
    page = visit("mila", address, java_script_enabled=False)

    cell(page, 1, "Due date").locator("a").click()
    page.get_by_label("Due date").fill("2125-05-01")
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(cell(page, 1, "Due date")).to_have_text("1 May 2125")


def test_what_the_panel_saves_is_drawn_anew_behind_it(visit: Visit, cast: Cast) -> None:
    page = table(visit, cast)

    page.get_by_role("link", name="ШШ-2").click()
    expect(page.locator("#panel-title")).to_have_text("Task 2 of Orchard")
    page.locator("#panel").get_by_role("link", name="Edit").first.click()
    page.locator("#panel").get_by_label("Weight").fill("8")
    page.locator("#panel").get_by_role("button", name="Save").click()

    expect(cell(page, 1, "Weight")).to_have_text("8")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page).to_have_url(f"/boards/{cast.orchard.board}/table")


def test_a_card_is_dragged_to_another_day(visit: Visit, cast: Cast) -> None:
    Task.update(due_on="2021-10-13").where(Task.id == cast.orchard.tasks[0]).execute()
    page = visit("mila", f"/boards/{cast.orchard.board}/calendar?month=2021-10")

    page.locator(".calendar__entry").drag_to(page.locator(".calendar__due [data-day='2021-10-28']"))
    expect(page.locator("[data-day='2021-10-28'] .calendar__entry")).to_be_visible()
    page.locator("#undated-title ~ ul a.task-link").first.drag_to(
        page.locator(".calendar__due [data-day='2021-10-06']")
    )

    expect(page.locator("[data-day='2021-10-06'] .calendar__entry")).to_be_visible()
    assert faults(page) == []


def test_on_a_phone_the_calendar_is_a_list(visit: Visit, cast: Cast) -> None:
    Task.update(due_on="2021-10-13").where(Task.id == cast.orchard.tasks[0]).execute()
    address = f"/boards/{cast.orchard.board}/calendar?month=2021-10"
    page = visit("mila", address, viewport=PHONE, has_touch=True)

    expect(page.locator(".calendar__grid")).to_be_hidden()
    page.get_by_role("link", name="Set the due date of ШШ-1").click()
    page.get_by_label("Due date").fill("2021-10-20")
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator(".calendar__days")).to_contain_text("20 Oct 2021")


def test_the_timeline_scrolls_inside_and_is_filtered(visit: Visit, cast: Cast) -> None:
    Stage.update(starts_on="2021-09-01", ends_on="2024-05-31").execute()
    Task.update(due_on="2022-03-01").where(Task.id.in_(cast.orchard.tasks)).execute()
    page = visit("mila", f"/projects/{cast.orchard.project}/timeline", viewport=PHONE)
    expect(page.locator(".timeline svg a")).to_have_count(3)

    sideways = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Mine").check()

    expect(page.locator(".timeline svg a")).to_have_count(1)
    expect(page).to_have_url(re.compile("&mine=1$"))
    assert sideways <= 0
    assert faults(page) == []
