"""Comments through the pages, with htmx and without."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pmo.models import Comment, Task
from pmo.services import comments
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


@pytest.fixture
def task(cast: Cast) -> int:
    return cast.orchard.tasks[0]


@pytest.fixture
def said(cast: Cast, task: int) -> Callable[[str], int]:
    def say(text: str) -> int:
        return comments.add(task, text=text, actor=cast.mila, at=NOW).comment_id

    return say


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def test_saying_something_without_javascript_leads_back_to_the_card(
    mila: FlaskClient, task: int
) -> None:
    answer = mila.post(f"/tasks/{task}/comments", data={"text": "**Yes**"})

    assert (answer.status_code, answer.location) == (303, f"/tasks/{task}#comments")
    shown = soup(mila.get(f"/tasks/{task}")).select_one("#comments .comment__text strong")
    assert shown is not None
    assert shown.text == "Yes"


def test_with_htmx_the_section_and_the_card_come_anew(mila: FlaskClient, task: int) -> None:
    answer = mila.post(f"/tasks/{task}/comments", data={"text": "Yes"}, headers=HTMX)

    page = soup(answer)
    assert page.select_one("section#comments .comment__text p").text == "Yes"  # type: ignore[union-attr]
    assert page.select_one("section#comments textarea").text.strip() == ""  # type: ignore[union-attr]
    assert page.select_one(f"hx-partial #task-{task}") is not None


def test_what_cannot_be_taken_comes_back_with_what_was_typed(mila: FlaskClient, task: int) -> None:
    answer = mila.post(f"/tasks/{task}/comments", data={"text": "x" * 10_001})

    assert answer.status_code == 422
    area = soup(answer).select_one("textarea[name=text]")
    assert area is not None
    assert area["aria-invalid"] == "true"
    assert area.text.strip() == "x" * 10_001


def test_an_edit_is_marked_and_opens_what_was_said_before(
    mila: FlaskClient, task: int, said: Callable[[str], int]
) -> None:
    comment = said("Before")
    form = soup(mila.get(f"/comments/{comment}/edit", headers=HTMX)).select_one("form")
    assert form is not None

    mila.post(str(form["action"]), data={"text": "After", "version": 1}, headers=HTMX)

    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))
    link = page.select_one(".comment__head a")
    assert link is not None
    assert page.select_one(".comment__text").text.strip() == "After"  # type: ignore[union-attr]
    for headers in (HTMX, {}):
        earlier = soup(mila.get(str(link["href"]), headers=headers))
        assert earlier.select_one(".comment__wordings .prose").text.strip() == "Before"  # type: ignore[union-attr]


def test_an_edit_of_an_old_version_comes_back_with_both_texts(
    mila: FlaskClient, cast: Cast, said: Callable[[str], int]
) -> None:
    comment = said("One")
    comments.edit(comment, text="Two", expected_version=1, actor=cast.mila, at=NOW)

    answer = mila.post(f"/comments/{comment}", data={"text": "Three", "version": 1})

    page = soup(answer)
    assert answer.status_code == 409
    assert page.select_one("textarea[name=text]").text.strip() == "Three"  # type: ignore[union-attr]
    assert "Two" in page.select_one("[role=alert]").text  # type: ignore[union-attr]
    assert page.select_one("input[name=version]")["value"] == "2"  # type: ignore[index]


def test_a_removed_comment_leaves_a_line_without_its_text(
    mila: FlaskClient, task: int, said: Callable[[str], int]
) -> None:
    comment = said("A slip of the tongue")

    mila.post(f"/comments/{comment}/removal", data={"version": 1}, headers=HTMX)

    page = mila.get(f"/tasks/{task}", headers=HTMX)
    assert "A slip of the tongue" not in page.text
    line = soup(page).select_one(".comment--removed")
    assert line is not None
    assert "removed" in line.text
    back = mila.post(str(line.form["action"]), headers=HTMX)  # type: ignore[index]
    assert soup(back).select_one(".comment__text").text.strip() == "A slip of the tongue"  # type: ignore[union-attr]


def test_only_the_latest_thirty_are_shown_and_the_earlier_ones_on_demand(
    mila: FlaskClient, task: int, said: Callable[[str], int]
) -> None:
    for number in range(32):
        said(f"No. {number}")
    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))
    link = page.select_one("#comments a[href*=before]")
    assert link is not None

    earlier = soup(mila.get(str(link["href"]), headers=HTMX))
    alone = soup(mila.get(str(link["href"])))

    assert len(page.select(".comment")) == 30
    for found in (earlier, alone):
        assert [it.text.strip() for it in found.select(".comment__text")] == ["No. 1", "No. 0"]


def test_a_mention_is_marked_with_the_name(mila: FlaskClient, task: int) -> None:
    mila.post(f"/tasks/{task}/comments", data={"text": "@lev, @clea, `@olga`"})

    marks = soup(mila.get(f"/tasks/{task}", headers=HTMX)).select(".mention")

    assert [mark.text for mark in marks] == ["@Lev"]


def test_people_are_offered_by_the_start_of_a_name(mila: FlaskClient, task: int) -> None:
    page = soup(mila.get(f"/tasks/{task}/people-to-mention?start=l"))

    assert [it["data-login"] for it in page.select("[role=option]")] == ["lev"]


def test_who_may_not_comment_sees_no_form(client: FlaskClient, cast: Cast, task: int) -> None:
    page = soup(sign_in(client, "olga").get(f"/tasks/{task}", headers=HTMX))

    assert page.select_one("#comments") is not None
    assert page.select_one("#comments form") is None


def test_the_history_tells_of_comments(mila: FlaskClient, task: int) -> None:
    mila.post(f"/tasks/{task}/comments", data={"text": "Yes"})

    entry = soup(mila.get(f"/tasks/{task}", headers=HTMX)).select_one(".history__entry p")

    assert entry is not None
    assert entry.text == "Mila added a comment"


@pytest.mark.one_database
def test_no_comment_becomes_anything_else_than_text(mila: FlaskClient, task: int) -> None:
    for payload in PAYLOADS:
        mila.post(f"/tasks/{task}/comments", data={"text": f"{payload} @lev"})
        comment = Comment.select().order_by(Comment.id.desc()).get().id
        mila.post(f"/comments/{comment}", data={"text": f"again {payload}", "version": 1})
        for path in (f"/comments/{comment}/edit", f"/comments/{comment}/wordings"):
            check_text_alone(soup(mila.get(path)))

    for path in (f"/tasks/{task}", f"/tasks/{task}/comments", f"/tasks/{task}/history"):
        check_text_alone(soup(mila.get(path)))
    assert Task.get_by_id(task).comment_count == len(PAYLOADS)


def check_text_alone(page: BeautifulSoup) -> None:
    shown = page.select_one("#main")
    assert shown is not None
    assert not shown.select("img, iframe, style, [onload], [onerror], [onfocus]")
    assert not shown.select("script:not([type='application/json'])")
    assert not page.select("#panel :is(script, img, iframe, style, [onerror], [onfocus])")
    assert not page.select("a[href^=javascript], a[href^='data:']")
