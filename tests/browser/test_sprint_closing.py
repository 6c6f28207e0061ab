"""The closing of a sprint in a browser: with keys alone, on a phone, in the dark, for axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import Cast
from tests.web.test_sprint_closing import running

pytestmark = [pytest.mark.one_database, pytest.mark.browser]


def look(page: Page) -> list[str]:
    """Return what axe finds, and whether the page is wider than a phone."""
    wide = page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]
    return [*faults(page), *(["sticks out"] if wide else [])]


def test_a_sprint_is_closed_with_keys_on_a_phone(visit: Visit, cast: Cast) -> None:
    sprint = running(cast, 0, 1)
    page = visit("lev", f"/sprints/{sprint}/closing", viewport=PHONE, color_scheme="dark")
    found = {"leftovers": look(page)}
    decisions = page.get_by_label("Decision")
    for place, key in enumerate(("Split", "Drop")):
        decisions.nth(place).focus()
        page.keyboard.type(key)
    page.get_by_label("Weight of what is done, of 1").first.fill("1")
    page.get_by_label("Reason for all of them").fill("Quarantine")

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Goal of the sprint")).to_be_visible()
    found["outcome"] = look(page)
    page.get_by_label("Met", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close the sprint")).to_be_visible()
    found["confirm"] = look(page)
    page.get_by_role("button", name="Close the sprint").press("Enter")

    expect(page.get_by_text("frozen at the closing")).to_be_visible()
    found["report"] = look(page)
    page.goto(f"/projects/{cast.orchard.project}/velocity")
    found["velocity"] = look(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
