"""Talking on a card, being told, and being done, as people do it."""

import re

import pytest
from playwright.sync_api import expect

from pmo import clock
from pmo.models import Column, Comment, Task, TaskAssignee
from pmo.services import comments
from tests.browser.conftest import PHONE, Visit
from tests.cast import Cast

pytestmark = pytest.mark.one_database


def test_a_person_is_mentioned_by_keyboard_and_the_next_comment_can_be_typed_at_once(
    visit: Visit, cast: Cast
) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}")
    area = page.locator("#field-text")
    area.click()

    area.press_sequentially("Well, @")
    expect(page.locator(".mention-list__person")).to_have_count(3)
    area.press_sequentially("l")
    expect(page.locator(".mention-list__person[aria-selected=true]")).to_contain_text("Lev")
    page.keyboard.press("Enter")
    expect(area).to_have_value("Well, @lev ")
    area.press_sequentially("done")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#comments .comment__text")).to_have_text("Well, @Lev done")
    expect(page.locator("#comments .mention")).to_have_text("@Lev")
    expect(page.locator("#field-text")).to_be_focused()
    expect(page.locator("#field-text")).to_have_value("")
    expect(page.locator(f"#task-{cast.orchard.tasks[0]} .count--comments")).to_contain_text("1")


def test_esc_closes_the_list_of_people_and_not_the_panel(visit: Visit, cast: Cast) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}")
    area = page.locator("#field-text")
    area.press_sequentially("@")
    expect(page.locator(".mention-list__person").first).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator(".mention-list")).to_be_hidden()
    expect(page.locator("#panel")).to_be_visible()
    expect(area).to_have_value("@")


def test_a_comment_is_edited_left_alone_and_removed_by_keyboard(visit: Visit, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    said = comments.add(task, text="First", actor=cast.mila, at=clock.now()).comment_id
    page = visit("mila", f"/tasks/{task}")
    comment = page.locator(f"#comment-{said}")

    comment.get_by_role("link", name="Edit the comment").press("Enter")
    expect(comment.locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(comment.locator(".comment__text")).to_have_text("First")
    expect(comment.get_by_role("link", name="Edit the comment")).to_be_focused()
    comment.get_by_role("link", name="Edit the comment").press("Enter")
    comment.locator("textarea").fill("Second")
    page.keyboard.press("Control+Enter")
    expect(comment.locator(".comment__text")).to_have_text("Second")
    expect(comment.get_by_role("link", name="Edit the comment")).to_be_focused()
    comment.get_by_role("link", name="edited").press("Enter")
    expect(comment.locator(".comment__wordings .prose")).to_have_text("First")
    comment.get_by_role("button", name="Remove").press("Enter")

    expect(comment).to_have_class("comment comment--removed")
    assert Comment.get_by_id(said).removed_at is not None


def test_what_was_typed_is_not_lost_with_the_panel(visit: Visit, cast: Cast) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}")
    page.locator("#field-text").fill("Half a thought")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append("asked")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.locator("#panel [data-close-panel]").click()

    expect(page.locator("#field-text")).to_have_value("Half a thought")
    assert asked == ["asked"]
    page.locator("#field-text").fill("")


def test_a_comment_is_written_without_javascript(visit: Visit, cast: Cast) -> None:
    page = visit("mila", f"/tasks/{cast.orchard.tasks[0]}", java_script_enabled=False)

    page.locator("#field-text").fill("By hand, @lev")
    page.locator(".comment-form button").click()

    expect(page.locator("#comments .comment__text")).to_have_text("By hand, @Lev")
    expect(page).to_have_url(re.compile("#comments$"))


def test_the_bell_leads_to_the_mention_and_is_silent_afterwards(visit: Visit, cast: Cast) -> None:
    comments.add(cast.orchard.tasks[0], text="@lev, look", actor=cast.mila, at=clock.now())
    page = visit("lev", "/projects", viewport=PHONE, has_touch=True)

    page.locator(".bell").tap()
    expect(page.locator(".told__fragment")).to_have_text("@lev, look")
    page.get_by_role("button", name="ШШ-1 Task 1 of Orchard").tap()

    expect(page.locator("#comments .mention")).to_be_visible()
    expect(page.locator(".bell__count")).to_have_count(0)


def test_a_card_is_done_with_one_button_and_its_definition_of_done_is_asked(
    visit: Visit, cast: Cast
) -> None:
    first, second, _ = cast.orchard.tasks
    TaskAssignee.create(task=second, user=cast.mila.user_id)
    Column.update(definition_of_done="- The report is in").where(
        Column.id == cast.orchard.columns[3]
    ).execute()
    page = visit("mila", "/my-work", expected=("409",))

    page.get_by_role("button", name="Done ШШ-1").click()
    page.get_by_label("The report is in").check()
    page.get_by_role("button", name="Confirm").click()

    expect(page.locator(".work-item__link")).to_have_count(1)
    expect(page.locator(".work-item__link")).to_contain_text("ШШ-2")
    assert Task.get_by_id(first).column_id == cast.orchard.columns[3]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".work-item__link")).to_have_count(2)
    assert Task.get_by_id(first).column_id == cast.orchard.columns[0]
