"""Every main page: nothing for axe to find, no sideways scrolling, no complaints of the browser."""

import pytest
from playwright.sync_api import Page, expect

from pmo import clock
from pmo.domain.vocabulary import RecurrenceKind
from pmo.models import Column, Task, TaskAssignee
from pmo.services import comments, notifications, recurrences, recurring_cards
from tests.browser.conftest import DESK, PHONE, Visit, faults
from tests.cast import Cast

pytestmark = pytest.mark.one_database

PAGES = {
    "board": "/boards/{board}",
    "table": "/boards/{board}/table",
    "cell": "/tasks/{task}/cells/due_on",
    "calendar": "/boards/{board}/calendar?month=2020-01",
    "timeline": "/projects/{project}/timeline",
    "flow": "/projects/{project}/flow",
    "cards behind a figure": "/projects/{project}/flow/tasks",
    "forecast": "/projects/{project}/forecast",
    "own fields": "/projects/{project}/own-fields",
    "cyclogram": "/projects/{project}/cyclogram",
    "recurring task": "/recurrences/{recurrence}",
    "new recurring task": "/projects/{project}/recurrences/new",
    "card made recurring": "/tasks/{task}/recurrence",
    "panel": "/tasks/{task}",
    "form": "/tasks/{task}/edit",
    "sheet": "/tasks/{task}/placement",
    "settings": "/boards/{board}/settings",
    "rules": "/boards/{board}/rules",
    "automation": "/boards/{board}/automation",
    "automation log": "/boards/{board}/automation/log",
    "template": "/boards/{board}/templates",
    "templates": "/board-templates",
    "project as a template": "/projects/{project}/templates",
    "templates of projects": "/project-templates",
    "template of a project": "/project-templates/mentoring",
    "new board": "/projects/{project}/boards/new",
    "my work": "/my-work",
    "my mentions": "/my-work?show=mentions",
    "notifications": "/notifications?show=all",
    "comments": "/tasks/{task}/comments",
    "history": "/tasks/{task}/history",
    "registry": "/projects",
    "portfolio": "/projects/board",
    "new project": "/projects/new",
    "project": "/projects/{project}",
    "project, edited": "/projects/{project}/edit",
    "passport": "/projects/{project}/passport/edit",
    "gate": "/projects/{project}/gate",
    "members": "/projects/{project}/members",
    "labels": "/projects/{project}/labels",
    "programmes": "/programmes",
    "production calendar": "/production-calendar?year=2027",
    "day of the production calendar": "/production-calendar/days/2026-11-04",
    "search": "/search?search=orchard",
    "account": "/account",
    "users": "/users",
    "portfolio file": "/portfolio-file",
    "nothing here": "/projects/99999",
}
LOOKS = [
    ("light", "desk", "en"),
    ("dark", "phone", "ru"),
    ("dark", "desk", "ru"),
    ("light", "phone", "en"),
]
"""Two that differ in everything, for every other page; and two more for the others."""

SIZES = {"desk": {"viewport": DESK}, "phone": {"viewport": PHONE, "has_touch": True}}


def dress(cast: Cast) -> None:
    """Give the board something of everything that a card can show."""
    first, second, third = cast.orchard.tasks
    Task.update(
        blocked_reason="No order yet",
        description="With **words** and [a link](https://example.org)",
    ).where(Task.id == first).execute()
    Task.update(due_on="2020-01-01").where(Task.id == second).execute()
    Task.update(period_text="Октябрь 2025 г.", weight=5).where(Task.id == third).execute()
    at = clock.now()
    comments.add(first, text="@lev, **look**: `@mila`", actor=cast.mila, at=at)
    said = comments.add(first, text="> Yes", actor=cast.lev, at=at).comment_id
    comments.edit(said, text="> No", expected_version=1, actor=cast.lev, at=at)
    gone = comments.add(first, text="A slip", actor=cast.mila, at=at).comment_id
    comments.remove(gone, actor=cast.mila, at=at)
    TaskAssignee.get_or_create(task=first, user=cast.lev.user_id)
    notifications.set_muted(cast.orchard.project, is_muted=True, actor=cast.lev, at=at)
    Column.update(task_count=9, definition_of_done="All told").where(
        Column.id == cast.orchard.columns[1]
    ).execute()


def recur(cast: Cast) -> int:
    """Fill the cyclogram: every day, a promise of the half-year, and a card that waits."""
    now = clock.now()
    who = {"actor": cast.lev, "at": now, "today": now.date()}
    days = {"rule": RecurrenceKind.WEEKLY, "weekdays": [1, 2, 3, 4, 5, 6, 7]}
    times = {"rule": RecurrenceKind.TIMES_PER_HALF, "times": 2, "assignee_ids": [cast.mila.user_id]}
    full = {"rule": RecurrenceKind.MONTHLY, "column_id": cast.orchard.columns[1]}
    made = [
        recurrences.add(
            cast.orchard.project,
            values={
                "title": "Review",
                "column_id": cast.orchard.columns[0],
                "starts_on": now.date(),
                **more,
            },
            **who,
        ).recurrence_id
        for more in (times, days, full)
    ]
    recurring_cards.make_due(now, now.date())
    return made[0]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("theme", "size", "language"), LOOKS)
def test_axe_finds_nothing_and_nothing_sticks_out(
    visit: Visit, cast: Cast, theme: str, size: str, language: str
) -> None:
    dress(cast)
    ids = {
        "board": cast.orchard.board,
        "task": cast.orchard.tasks[0],
        "project": cast.orchard.project,
        "recurrence": recur(cast),
    }
    expected = ("404",)
    page = visit(
        "ada", "/my-work", language=language, color_scheme=theme, expected=expected, **SIZES[size]
    )

    half = LOOKS.index((theme, size, language)) // 2
    names = [name for place, name in enumerate(PAGES) if place % 2 == half]
    found = {name: _look(page, PAGES[name].format(**ids)) for name in names}

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_sign_in_page_is_accessible(visit: Visit) -> None:
    page = visit("ada", "/sign-in", storage_state=None)
    page.context.clear_cookies()
    page.goto("/sign-in")

    assert faults(page) == []


def test_a_person_without_work_is_told_so(visit: Visit) -> None:
    page = visit("olga", "/my-work")

    expect(page.get_by_role("heading", name="Nothing is waiting for you")).to_be_visible()


def test_who_may_not_configure_gets_a_designed_refusal(visit: Visit, cast: Cast) -> None:
    page = visit("olga", f"/boards/{cast.orchard.board}/settings", expected=("403",))

    expect(page.get_by_role("heading", level=1)).to_have_text("This is not allowed")


def test_the_first_view_of_a_board_is_light(visit: Visit, board: str, live_url: str) -> None:
    page = visit("mila", "/my-work")
    page.context.clear_cookies()
    page = visit("lev", "/sign-in")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    page.goto(board)
    page.wait_for_selector("html[data-ready]", state="attached")

    assert sum(sizes) < 120 * 1024


def _look(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = faults(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return found + ([f"{wide} px stick out"] if wide > 0 else [])
