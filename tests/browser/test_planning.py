"""Planning a sprint in a browser: dragging, keys, estimates in place."""

import re

import pytest
from playwright.sync_api import Page, expect

from pmo.models import Task
from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import Cast
from tests.services.test_sprints import begun, lay_out, put
from tests.services.test_sprints import expect as expected

pytestmark = [pytest.mark.one_database, pytest.mark.browser]


def keys(page: Page, pane: str) -> list[str]:
    return page.locator(f"[data-pane={pane}] .plan-card__link b").all_text_contents()


def test_a_card_is_dragged_into_the_sprint_and_stays_in_focus(visit: Visit, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    page = visit("lev", f"/sprints/{trial}/planning")
    card, pane = page.locator(f"#plan-{cast.orchard.tasks[1]}"), page.locator("[data-pane=sprint]")

    card.locator(".plan-card__link b").hover()
    page.mouse.down()
    target = pane.bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 60, target["y"] + 20, steps=8)
    page.wait_for_timeout(100)  # the browser tells of a drag at its own pace
    page.mouse.move(target["x"] + 60, target["y"] + 30, steps=4)
    page.wait_for_timeout(100)
    page.mouse.up()

    expect(page.locator("[data-pane=sprint] .plan-card")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text(re.compile("In the sprint: ШШ-2"))
    expect(card.locator(".plan-card__link")).to_be_focused()
    assert keys(page, "backlog") == ["ШШ-1", "ШШ-3"]
    assert Task.get_by_id(cast.orchard.tasks[1]).sprint_id == trial


def test_keys_do_all_that_dragging_does(visit: Visit, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    page = visit("lev", f"/sprints/{trial}/planning")
    first = page.locator(f"#plan-{cast.orchard.tasks[0]} .plan-card__link")
    second = page.locator(f"#plan-{cast.orchard.tasks[1]} .plan-card__link")

    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-pane=sprint] .plan-card")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text(re.compile("In the sprint: ШШ-2"))
    expect(second).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-pane=sprint] .plan-card")).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text(re.compile("In the backlog: ШШ-2"))
    expect(second).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("x")
    page.get_by_role("button", name="Chosen ones into the sprint").click()

    expect(page.locator("[data-pane=sprint] .plan-card")).to_have_count(2)
    assert faults(page) == []


def test_an_estimate_in_place_counts_at_once(visit: Visit, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    card = cast.orchard.tasks[0]
    put(cast, trial, [card])
    page = visit("lev", f"/sprints/{trial}/planning")
    weight = page.locator(f"#plan-{card} .plan-card__weight")

    weight.locator("a").click()
    expect(weight.locator("input[name=value]")).to_be_focused()
    page.keyboard.type("13")
    page.keyboard.press("Enter")

    expect(page.locator(".load__main strong").first).to_have_text("13 points")
    expect(weight.locator("a")).to_be_focused()
    page.locator(f"#plan-{card} .plan-card__result a").click()
    page.locator(f"#plan-{card} textarea").fill("A list")
    page.locator(f"#plan-{card} .cell-form button").click()
    expect(page.locator(f"#plan-{card} .badge")).to_have_count(0)
    assert Task.get_by_id(card).expected_result == "A list"


def test_a_refusal_leaves_the_card_where_it_was(visit: Visit, cast: Cast) -> None:
    ids = begun(cast)
    expected(cast, 1)
    page = visit("lev", f"/sprints/{ids[0]}/planning", expected=("409",))

    page.get_by_role("button", name="Into the sprint: ШШ-3").click()

    expect(page.locator("#notices")).to_contain_text("fill in the expected result of ШШ-3")
    expect(page.locator("[data-pane=backlog] .plan-card")).to_have_count(2)


def test_on_a_phone_one_stands_above_the_other(visit: Visit, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    page = visit("lev", f"/sprints/{trial}/planning", viewport=PHONE, color_scheme="dark")

    sprint, backlog = (page.locator(f"#pane-{it}").bounding_box() for it in ("sprint", "backlog"))

    assert sprint is not None
    assert backlog is not None
    assert sprint["y"] + sprint["height"] <= backlog["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(page) == []
