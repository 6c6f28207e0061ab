"""Checklist, evidence, dependencies and watching in the panel: with htmx and without."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo.domain.vocabulary import TaskKind
from pmo.models import ChecklistItem, Evidence, Task, TaskDependency, TaskWatcher
from pmo.services import checklists, dependencies, evidence, watchers
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}
LINK = {"title": "Report", "url": "https://example.org/r?a=1&b=2"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


@pytest.fixture
def task(cast: Cast) -> int:
    return cast.orchard.tasks[0]


@pytest.fixture
def full(cast: Cast, task: int) -> dict[str, int]:
    """Hang one of everything on the task; return the ids."""
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    item = checklists.add(task, text="Book a hall", **who).item_id
    other = checklists.add(task, text="Send letters", **who).item_id
    piece = evidence.add(task, LINK, **who).evidence_id
    dependencies.add(task, blocker_id=cast.orchard.tasks[1], **who)
    watchers.watch(task, **who)
    return {"item": item, "other": other, "piece": piece}


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def text_of(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None, selector
    return " ".join(found.text.split())


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "form"])
def test_every_act_works_with_htmx_and_without(
    mila: FlaskClient, cast: Cast, task: int, full: dict[str, int], headers: dict[str, str]
) -> None:
    second = cast.orchard.tasks[1]
    acts: list[tuple[str, dict[str, Any], str]] = [
        (f"/tasks/{task}/checklist", {"text": "Tea"}, "checklist"),
        (f"/checklist-items/{full['item']}/state", {"is_done": "true"}, "checklist"),
        (f"/checklist-items/{full['item']}", {"text": "Hall", "version": 1}, "checklist"),
        (f"/checklist-items/{full['other']}/placement", {"before_id": full["item"]}, "checklist"),
        (f"/checklist-items/{full['item']}/placement", {"before_id": ""}, "checklist"),
        (f"/checklist-items/{full['other']}/task", {}, "checklist"),
        (f"/checklist-items/{full['other']}/removal", {}, "checklist"),
        (f"/tasks/{task}/evidence", LINK, "evidence"),
        (f"/evidence/{full['piece']}", {**LINK, "title": "Film", "version": 1}, "evidence"),
        (f"/evidence/{full['piece']}/removal", {}, "evidence"),
        (f"/tasks/{task}/blockers/{second}/removal", {}, "dependencies"),
        (f"/tasks/{task}/blockers", {"blocker": "ШШ-3"}, "dependencies"),
        (f"/tasks/{task}/watching", {"is_watching": "false"}, "watching"),
    ]
    for address, values, anchor in acts:
        answer = mila.post(address, data=values, headers=headers)
        if headers:
            assert answer.status_code == 200, (address, answer.text)
            assert soup(answer).select_one(f"section#{anchor}"), address
            assert soup(answer).select_one(f"hx-partial #task-{task}"), address
        else:
            assert (answer.status_code, answer.location) == (303, f"/tasks/{task}#{anchor}")

    items = ChecklistItem.select().where(ChecklistItem.task == task)
    assert [item.text for item in items.order_by(ChecklistItem.position)] == ["Tea", "Hall"]
    assert Task.select().where(Task.title == "Send letters").count() == 1
    assert [piece.title for piece in Evidence.select()] == ["Report"]
    assert [it.blocker_id for it in TaskDependency.select()] == [cast.orchard.tasks[2]]
    assert TaskWatcher.select().count() == 0


def test_a_removal_is_undone_at_once_or_from_the_history(
    mila: FlaskClient, cast: Cast, task: int, full: dict[str, int]
) -> None:
    removals = (
        f"/checklist-items/{full['item']}/removal",
        f"/evidence/{full['piece']}/removal",
        f"/tasks/{task}/blockers/{cast.orchard.tasks[1]}/removal",
    )
    for address in removals:
        offered = soup(mila.post(address, headers=HTMX)).select_one("[data-undo] form")
        panel = soup(mila.get(f"/tasks/{task}", headers=HTMX))
        assert offered is not None, address
        assert panel.select_one(f".history__undo[action='{offered['action']}']") is not None
        answer = mila.post(str(offered["action"]), data={"back": "task"})
        assert (answer.status_code, answer.location) == (303, f"/tasks/{task}")

    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))
    assert len(page.select(".checklist__item, #evidence .parts__item")) == 3
    assert page.select_one("#dependencies .parts__item") is not None


def test_the_panel_shows_everything_in_words(
    mila: FlaskClient, task: int, full: dict[str, int]
) -> None:
    mila.post(f"/checklist-items/{full['item']}/state", data={"is_done": "true"})
    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))

    assert text_of(page, "#checklist h3") == "Checklist 1/2"
    tick = page.select_one(f"#tick-{full['item']}")
    assert tick is not None
    assert tick["aria-checked"] == "true"
    assert text_of(page, f"#{tick['aria-labelledby']}") == "Book a hall"
    link = page.select_one("#evidence a")
    assert link is not None
    assert (link["href"], link["rel"]) == (LINK["url"], ["noopener", "noreferrer", "nofollow"])
    assert link.text == LINK["url"]
    assert "ШШ-2 Task 2 of Orchard Queue" in text_of(page, "#dependencies")
    assert "1 person watches" in text_of(page, "#watching")
    history = text_of(page, ".history")
    for said in (
        "Mila added to the checklist: “Book a hall”",
        "Mila ticked: “Book a hall”",
        "Mila added evidence: “Report”",
        "Mila: the card now waits for № 2",
        "Mila watches the card",
    ):
        assert said in history


def test_the_other_side_says_who_waits(mila: FlaskClient, cast: Cast, full: dict[str, int]) -> None:
    page = soup(mila.get(f"/tasks/{cast.orchard.tasks[1]}", headers=HTMX))

    assert "Is waited for by ШШ-1" in text_of(page, "#dependencies")


def test_the_card_counts_what_hangs_on_it(
    mila: FlaskClient, cast: Cast, task: int, full: dict[str, int]
) -> None:
    Task.update(comment_count=3, attachment_count=2, kind=TaskKind.DOCUMENT).where(
        Task.id == task
    ).execute()
    mila.post(f"/checklist-items/{full['item']}/state", data={"is_done": "true"})

    page = soup(mila.get(f"/boards/{cast.orchard.board}"))

    counts = [" ".join(it.text.split()) for it in page.select(f"#task-{task} .count")]
    assert counts == ["Checklist1/2", "Comments3", "Attachments2", "Evidence1"]
    kind = page.select_one(f"#task-{task} .kind")
    assert kind is not None
    assert (kind["aria-label"], kind["role"]) == ("Document", "img")
    assert text_of(page, f"#task-{task} .card__waits") == "Waits for: ШШ-2"
    assert not page.select(f"#task-{cast.orchard.tasks[2]} .count")


def test_a_done_card_no_longer_says_that_it_waits(
    mila: FlaskClient, cast: Cast, task: int, full: dict[str, int]
) -> None:
    target = {"column_id": cast.orchard.columns[3], "confirmed": "true"}
    mila.post(f"/tasks/{task}/placement", data=target)

    page = soup(mila.get(f"/boards/{cast.orchard.board}"))

    assert not page.select(f"#task-{task} .card__waits")


@pytest.mark.one_database
def test_what_people_write_cannot_become_html(mila: FlaskClient, cast: Cast, task: int) -> None:
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    other = cast.orchard.tasks[1]
    dependencies.add(task, blocker_id=other, **who)
    for payload in PAYLOADS:
        item = checklists.add(task, text=payload, **who).item_id
        checklists.convert(item, **who)
        written = {"title": payload, "presentation": payload, "note": payload}
        piece = evidence.add(task, {**LINK, **written}, **who).evidence_id
        Task.update(title=payload).where(Task.id == other).execute()

        pages = [
            soup(mila.get(f"/tasks/{task}", headers=HTMX)),
            soup(mila.get(f"/tasks/{task}/blockers/choices", headers=HTMX)),
            soup(mila.get(f"/boards/{cast.orchard.board}")),
            soup(mila.get(f"/tasks/{task}/history")),
        ]
        panel = pages[0]
        assert text_of(panel, f"#checklist-text-{item}") == " ".join(payload.split())
        assert text_of(panel, f"#evidence-{piece} strong") == " ".join(payload.split())
        for page in pages:
            assert not page.select("img[src=x], svg:not(.icon), iframe, style, [onload]")
            assert not page.select("script:not([src], [type='application/json'])")
            assert not page.select("[onerror], [onfocus], [autofocus], a[href^=javascript]")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "//evil.example/"])
def test_an_address_that_is_none_is_told_by_its_field(
    mila: FlaskClient, task: int, url: str
) -> None:
    answer = mila.post(f"/tasks/{task}/evidence", data={"title": "X", "url": url}, headers=HTMX)

    assert answer.status_code == 422
    assert "Give the whole address" in answer.text
    assert Evidence.select().count() == 0


@pytest.mark.parametrize(
    ("blocker", "status", "said"),
    [
        ("nothing of the kind", 422, "There is no such card"),
        ("ГВ-1", 422, "There is no such card"),
        ("1", 409, "ШШ-1 already waits for ШШ-1"),
    ],
)
def test_a_blocker_that_cannot_be_is_told(
    mila: FlaskClient, task: int, blocker: str, status: int, said: str
) -> None:
    answer = mila.post(f"/tasks/{task}/blockers", data={"blocker": blocker}, headers=HTMX)

    assert answer.status_code == status
    assert said in answer.text


def test_cards_are_offered_as_one_types(mila: FlaskClient, task: int) -> None:
    page = soup(mila.get(f"/tasks/{task}/blockers/choices?blocker=3+orchard", headers=HTMX))

    assert [it["value"] for it in page.select("option")] == ["ШШ-3 Task 3 of Orchard"]


def test_an_observer_sees_all_and_can_only_watch(
    client: FlaskClient, cast: Cast, task: int, full: dict[str, int]
) -> None:
    page = soup(sign_in(client, "olga").get(f"/tasks/{task}", headers=HTMX))

    sections = "#checklist, #evidence, #dependencies"
    assert len(page.select(sections)) == 3
    assert not page.select(", ".join(f"{it} form" for it in sections.split(", ")))
    assert text_of(page, "#watching button") == "Watch"
    assert not page.select("#watching details")


def test_the_lead_sees_the_names_of_who_watches(
    client: FlaskClient, task: int, full: dict[str, int]
) -> None:
    page = soup(sign_in(client, "lev").get(f"/tasks/{task}", headers=HTMX))

    assert text_of(page, "#watching details p") == "Mila"


def test_an_archived_card_shows_all_and_changes_nothing(
    mila: FlaskClient, task: int, full: dict[str, int]
) -> None:
    Task.update(archived_at=NOW).where(Task.id == task).execute()

    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))
    answer = mila.post(f"/tasks/{task}/checklist", data={"text": "No"}, headers=HTMX)

    assert text_of(page, "#checklist h3") == "Checklist 0/2"
    assert not page.select("#checklist form, #evidence form, #dependencies form")
    assert answer.status_code == 409


def test_a_card_made_of_an_item_asks_for_the_columns_anew(
    mila: FlaskClient, full: dict[str, int]
) -> None:
    answer = mila.post(f"/checklist-items/{full['item']}/task", headers=HTMX)

    assert answer.headers["HX-Trigger"] == "board:stale"


def test_the_panel_takes_as_many_statements_for_much_as_for_little(
    app: Flask, mila: FlaskClient, cast: Cast, task: int, full: dict[str, int]
) -> None:
    def read() -> int:
        with count_queries() as counted:
            mila.get(f"/tasks/{task}", headers=HTMX)
        return int(counted.count)

    read()
    few = read()
    who: dict[str, Any] = {"actor": cast.mila, "at": NOW}
    for number in range(10):
        checklists.add(task, text=f"Item {number}", **who)
        evidence.add(task, LINK, **who)
    dependencies.add(task, blocker_id=cast.orchard.tasks[2], **who)
    watchers.watch(task, actor=cast.olga, at=NOW)

    assert read() == few
