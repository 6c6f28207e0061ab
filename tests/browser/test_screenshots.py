"""The pictures of the demo portfolio for docs/screenshots.

`PMO_SCREENSHOTS=1 pytest tests/browser/test_screenshots.py` writes them there; without it they
are drawn all the same, and thrown away.
"""

import os
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from pmo import clock, demo
from pmo.blobs import Store
from pmo.config import Settings
from pmo.models import Board, Column, Project, Task, TaskAssignee, User
from tests.browser.conftest import DESK, PHONE, ROOT
from tests.cast import sign_in

FOLDER = ROOT / "docs" / "screenshots"

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.timeout(240),
]


def test_pictures_of_the_main_pages(
    browser: Browser, app: Flask, live_url: str, settings: Settings, tmp_path: Path
) -> None:
    demo.load(
        today=clock.today(settings.timezone),
        at=clock.now(),
        data_dir=tmp_path,
        store=Store(settings.attachments_dir),
    )
    pages = _pages()
    folder = FOLDER if "PMO_SCREENSHOTS" in os.environ else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    for size, viewport in (("1366", DESK), ("360", PHONE)):
        for theme in ("light", "dark"):
            shown = pages if theme == "light" else {"board": pages["board"]}
            context = browser.new_context(
                viewport=viewport, base_url=live_url, color_scheme=theme, has_touch=size == "360"
            )
            cookie = sign_in(app.test_client(), "methodist").get_cookie("pmo_session")
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_url}])
            page = context.new_page()
            for name, address in shown.items():
                page.goto(address)
                page.wait_for_selector("html[data-ready]", state="attached")
                page.screenshot(path=folder / f"{name}-{size}{'-dark' * (theme == 'dark')}.png")
            context.close()

    assert len(list(folder.glob("*.png"))) >= 2 * len(pages) + 2


def _pages() -> dict[str, str]:
    """Choose what is shown: the board of «Школа – Школе», in Russian."""
    User.update(language="ru").execute()
    board = Board.get(Board.project == Project.get(Project.code == "ШШ"))
    person = User.get(User.login == "methodist")
    mine = Task.select().join(TaskAssignee).where(TaskAssignee.user == person)
    here = mine.switch(Task).join(Column).where(Column.board == board)
    task = here.where(Task.title.startswith("Согласовать зал")).get()
    return {
        "board": f"/boards/{board.id}",
        "task": f"/tasks/{task.id}",
        "my-work": "/my-work",
        "registry": "/projects",
    }
