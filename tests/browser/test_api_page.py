"""The page of the API, from local files, under the strict policy: a complaint fails the visit."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.one_database


def test_page_lists_the_operations_and_tries_one(visit: Visit) -> None:
    page = visit("lev", "/api/v1/docs")
    page.locator("#operations-tag-Me").click()
    operation = page.locator(".opblock", has_text="/api/v1/me").first

    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()

    status = operation.locator(".live-responses-table tbody .response-col_status").first
    expect(status).to_contain_text("200")


def test_page_asks_nobody_but_the_office(visit: Visit, live_url: str) -> None:
    page = visit("lev", "/account")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/api/v1/docs")
    page.wait_for_selector("html[data-ready]", state="attached")

    assert len(asked) > 3
    assert [url for url in asked if not url.startswith((live_url, "data:"))] == []
