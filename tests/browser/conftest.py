"""What browser tests stand on: a real Chromium, a served office, people who are signed in."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from pmo.models import Task, User
from tests.cast import Cast, sign_in

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture
def visit(browser: Browser, app: Flask, cast: Cast, live_url: str) -> Iterator[Visit]:
    """Return a function that opens a page for a person; what the console complains of, fails.

    expected: parts of console messages that belong to the test, such as a refused request's.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        login: str,
        path: str,
        *,
        language: str = "en",
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        User.update(language=language).where(User.login == login).execute()
        context = browser.new_context(**{"viewport": DESK, "base_url": live_url, **options})
        contexts.append(context)
        cookie = sign_in(app.test_client(), login).get_cookie("pmo_session")
        assert cookie is not None
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_url}])
        page = context.new_page()
        page.set_default_timeout(5000)

        def hear(kind: str, text: str) -> None:
            if kind == "error" and not any(part in text for part in expected):
                complaints.append(text)

        page.on("console", lambda message: hear(message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def board(cast: Cast) -> str:
    """Return the address of the board of “Orchard”."""
    return f"/boards/{cast.orchard.board}"


def titles(page: Page, column: int) -> list[str]:
    """Return the titles of a column's cards as the page shows them, top to bottom."""
    texts = page.locator(f"#column-cards-{column} .card__link").all_text_contents()
    return [" ".join(text.split()[1:]) for text in texts]


def stored(column: int) -> list[str]:
    """Return the titles of a column's cards as the database has them, top to bottom."""
    tasks = Task.select(Task.title).where(Task.column == column).order_by(Task.rank)
    return [task.title for task in tasks]


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong on the page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
