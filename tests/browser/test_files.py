"""Files of a card, boards from outside and tables, as people use them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pmo.models import Attachment, Task
from tests.browser.conftest import PHONE, Visit, faults
from tests.cast import Cast
from tests.files import png
from tests.outside import CSV, trello

pytestmark = pytest.mark.one_database


def test_files_are_attached_looked_at_and_removed(visit: Visit, board: str, cast: Cast) -> None:
    page = visit("mila", board)
    page.locator(f"#task-{cast.orchard.tasks[0]} .card__link").click()
    section = page.locator("#attachments")

    section.get_by_label("Choose files").set_input_files(
        [
            {"name": "hall.png", "mimeType": "image/png", "buffer": png(40, 30)},
            {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"One, two"},
        ]
    )
    expect(section.get_by_role("status")).to_have_text("hall.png, plan.txt")
    section.get_by_role("button", name="Attach", exact=True).press("Enter")

    expect(section.get_by_role("button", name="Attach", exact=True)).to_be_focused()
    expect(section.get_by_role("status")).to_have_text("Nothing is chosen")
    expect(section.locator(".file__name")).to_have_text(["hall.png", "plan.txt"])
    picture = section.locator(".file__picture img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 40)
    with page.expect_download() as download:
        section.get_by_role("link", name="plan.txt").click()
    assert Path(download.value.path()).read_bytes() == b"One, two"
    assert download.value.suggested_filename == "plan.txt"
    assert faults(page) == []

    section.get_by_role("button", name="Remove: hall.png").click()
    expect(section.locator(".file__name")).to_have_text(["plan.txt"])
    expect(section.get_by_role("heading")).to_be_focused()
    assert Attachment.select().count() == 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_board_from_outside_is_looked_at_and_taken_in(
    visit: Visit, board: str, cast: Cast, *, script: bool
) -> None:
    page = visit("lev", f"{board}/import", viewport=PHONE, java_script_enabled=script)
    page.get_by_label("File, .json or .csv").set_input_files(
        {"name": "board.json", "mimeType": "application/json", "buffer": trello()}
    )
    page.get_by_role("button", name="Look at it").click()

    expect(page.get_by_role("heading", name="What would become of it")).to_be_visible()
    if script:
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Take the cards in").click()

    expect(page.locator(".card", has_text="Second")).to_be_visible()
    assert Task.select().where(Task.project == cast.orchard.project).count() == 8


def test_the_columns_of_a_table_are_told_anew(visit: Visit, board: str) -> None:
    page = visit("lev", f"{board}/import")
    page.get_by_label("File, .json or .csv").set_input_files(
        {"name": "board.csv", "mimeType": "text/csv", "buffer": CSV.encode("cp1251")}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Название").select_option("none")
    page.get_by_label("Статус").select_option("title")
    page.get_by_role("button", name="Read it again so").click()

    expect(page.locator("tbody th", has_text="Новая")).to_be_visible()


def test_what_is_shown_goes_to_a_file(visit: Visit, board: str) -> None:
    page = visit("olga", f"{board}?search=Task+2")
    page.get_by_role("link", name="These to a file").click()
    expect(page.get_by_text("1 card fits the filter.")).to_be_visible()
    assert faults(page) == []

    with page.expect_download() as download:
        page.get_by_role("button", name="Excel workbook").click()

    assert download.value.suggested_filename.endswith(".xlsx")
