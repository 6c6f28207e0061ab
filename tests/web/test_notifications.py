"""The bell and the page behind it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo.models import MutedProject, Notification, Task
from pmo.services import comments
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


@pytest.fixture
def mention(cast: Cast) -> Callable[[str], int]:
    def mention_mila(text: str) -> int:
        task = cast.orchard.tasks[0]
        comments.add(task, text=f"@mila {text}", actor=cast.lev, at=NOW)
        return int(Notification.select().order_by(Notification.id.desc()).get().id)

    return mention_mila


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def bell(page: BeautifulSoup) -> str:
    count = page.select_one(".bell__count")
    return count.text.strip() if count else ""


def test_the_bell_counts_what_is_unread_on_every_page(
    mila: FlaskClient, cast: Cast, mention: Callable[[str], int]
) -> None:
    before = bell(soup(mila.get("/my-work")))
    mention("one")
    mention("two")

    assert before == ""
    for path in ("/my-work", f"/boards/{cast.orchard.board}", "/projects", "/notifications"):
        assert bell(soup(mila.get(path))) == "2"


def test_a_board_that_only_its_bell_has_changed_is_sent_again(
    mila: FlaskClient, cast: Cast, mention: Callable[[str], int]
) -> None:
    mention("one")
    address = f"/boards/{cast.orchard.board}"
    tag = mila.get(address).headers["ETag"]
    mila.post("/notifications/reading", data={})

    answer = mila.get(address, headers={"If-None-Match": tag})

    assert (answer.status_code, bell(soup(answer))) == (200, "")


def test_opening_marks_as_read_and_leads_to_the_comment(
    mila: FlaskClient, cast: Cast, mention: Callable[[str], int]
) -> None:
    told = mention("look")
    comment = Notification.get_by_id(told).comment_id

    answer = mila.post(f"/notifications/{told}/opening")

    task = cast.orchard.tasks[0]
    assert (answer.status_code, answer.location) == (303, f"/tasks/{task}#comment-{comment}")
    assert bell(soup(mila.get("/notifications"))) == ""


def test_marking_one_read_draws_it_alone(mila: FlaskClient, mention: Callable[[str], int]) -> None:
    told = mention("look")

    answer = mila.post(f"/notifications/{told}/reading", headers=HTMX)

    item = soup(answer).select_one(f"#notification-{told}")
    assert item is not None
    assert "told--unread" not in item["class"]
    assert item.select_one("form[action$=reading]") is None


def test_all_that_was_seen_is_marked_and_what_came_since_is_not(
    mila: FlaskClient, mention: Callable[[str], int]
) -> None:
    mention("one")
    form = soup(mila.get("/notifications")).select_one("form[action='/notifications/reading']")
    assert form is not None
    late = mention("two")

    mila.post("/notifications/reading", data={"up_to": form.select_one("input")["value"]})  # type: ignore[index]

    shown = [it["id"] for it in soup(mila.get("/notifications")).select(".told")]
    assert shown == [f"notification-{late}"]


def test_read_ones_are_under_all(mila: FlaskClient, mention: Callable[[str], int]) -> None:
    told = mention("look")
    mila.post(f"/notifications/{told}/reading")

    unread, everything = (
        soup(mila.get(f"/notifications?show={show}")).select(".told") for show in ("unread", "all")
    )

    assert unread == []
    assert [it["id"] for it in everything] == [f"notification-{told}"]


def test_kinds_are_filtered_and_pages_go_on(
    mila: FlaskClient, cast: Cast, mention: Callable[[str], int]
) -> None:
    for number in range(31):
        mention(str(number))
    comments.add(cast.orchard.tasks[0], text="No name", actor=cast.lev, at=NOW)

    page = soup(mila.get("/notifications?kind=mention"))
    link = page.select_one("a[href*=before_id]")
    assert link is not None
    following = soup(mila.get(str(link["href"]), headers=HTMX))

    assert len(page.select(".told[id]")) == 30
    assert [it.text for it in following.select(".told__fragment")] == ["@mila 0"]


def test_a_project_is_muted_and_heard_again(mila: FlaskClient, cast: Cast) -> None:
    page = soup(mila.get(f"/projects/{cast.orchard.project}"))
    form = page.select_one("form[action$=muting]")
    assert form is not None
    mila.post(str(form["action"]), data={"is_muted": form.select_one("input")["value"]})  # type: ignore[index]
    assert MutedProject.select().count() == 1

    form = soup(mila.get("/notifications")).select_one("form[action$=muting]")
    assert form is not None
    mila.post(str(form["action"]), data={"is_muted": form.select_one("input")["value"]})  # type: ignore[index]

    assert MutedProject.select().count() == 0


def test_many_notifications_take_as_many_statements_as_few(
    mila: FlaskClient, mention: Callable[[str], int]
) -> None:
    def statements() -> int:
        mila.get("/notifications")
        with count_queries() as counter:
            mila.get("/notifications")
        return int(counter.count)

    mention("one")
    few = statements()
    for number in range(20):
        mention(str(number))

    assert statements() == few == 4


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_fragment_becomes_anything_else_than_text(
    mila: FlaskClient, mention: Callable[[str], int], payload: str
) -> None:
    mention(payload)
    Task.update(title=payload).execute()

    main = soup(mila.get("/notifications")).select_one("#main")

    assert main is not None
    assert not main.select("script, img, iframe, style, [onload], [onerror], [onfocus]")
    assert "@mila" in main.text
