"""Automation of a board on its pages: rules, switch, order, log; and what the mover sees."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo.domain import automation
from pmo.domain.vocabulary import AutomationAction, AutomationTrigger
from pmo.models import AutomationRule, Column
from pmo.services import automation_rules
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "lev")


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def form(cast: Cast, **values: object) -> dict[str, object]:
    """Return what the whole form sends: also what trigger and action do not need."""
    return {
        "name": "Onward",
        "trigger": "moved",
        "column_id": cast.orchard.columns[2],
        "days": "",
        "action": "move",
        "target_id": cast.orchard.columns[3],
        "user_id": "",
        "label_id": "",
        "text": "",
        **values,
    }


def add(cast: Cast, name: str = "Onward", text: str = "") -> int:
    values = {
        "name": name,
        "trigger": AutomationTrigger.MOVED,
        "column_id": cast.orchard.columns[2],
        "action": AutomationAction.NOTIFY if text else AutomationAction.MOVE,
        "target_id": cast.orchard.columns[3],
        "text": text,
    }
    return automation_rules.add(cast.orchard.board, values=values, actor=cast.lev, at=NOW)


def test_a_rule_is_added_edited_and_removed_on_the_page(lev: FlaskClient, cast: Cast) -> None:
    address = f"/boards/{cast.orchard.board}/automation"

    added = lev.post(f"/boards/{cast.orchard.board}/automation-rules", data=form(cast))
    rule = AutomationRule.get()
    shown = soup(lev.get(address)).select_one(f"#rule-{rule.id}")
    changed = form(cast, name="Label it", action="label", label_id=cast.orchard.labels[0])
    edited = lev.post(f"/automation-rules/{rule.id}/edit", data={**changed, "version": 1})
    again = soup(lev.get(address)).select_one(f"#rule-{rule.id}")
    removed = lev.post(f"/automation-rules/{rule.id}/removal", data={"version": 2})

    assert [it.status_code for it in (added, edited, removed)] == [303] * 3
    assert shown is not None
    assert again is not None
    assert "A card comes into “Waiting” → move it to “Done”" in shown.text
    assert "A card comes into “Waiting” → add the label “Urgent”" in again.text
    assert not AutomationRule.select().exists()


def test_a_rule_without_what_it_needs_comes_back_with_its_fault(
    lev: FlaskClient, cast: Cast
) -> None:
    refused = lev.post(
        f"/boards/{cast.orchard.board}/automation-rules", data=form(cast, target_id="")
    )

    assert refused.status_code == 422
    page = soup(refused)
    assert page.select_one("#error-target_id") is not None
    assert page.select_one("[name=name]")["value"] == "Onward"  # type: ignore[index]


def test_a_rule_is_switched_off_and_on(lev: FlaskClient, cast: Cast) -> None:
    rule = add(cast)

    lev.post(f"/automation-rules/{rule}/state", data={"version": 1, "is_on": ""})
    off = AutomationRule.get_by_id(rule).is_on
    lev.post(f"/automation-rules/{rule}/state", data={"version": 2, "is_on": "1"})

    assert (off, AutomationRule.get_by_id(rule).is_on) == (False, True)


def test_the_order_is_changed(lev: FlaskClient, cast: Cast) -> None:
    one, two = add(cast, "One"), add(cast, "Two")

    lev.post(f"/automation-rules/{two}/placement", data={"before_id": one})

    page = soup(lev.get(f"/boards/{cast.orchard.board}/automation"))
    assert [it.text for it in page.select(".row strong")] == ["Two", "One"]


def test_who_moves_a_card_sees_what_the_rules_did(lev: FlaskClient, cast: Cast) -> None:
    add(cast)
    task, (queue, _, waiting, done) = cast.orchard.tasks[0], cast.orchard.columns

    moved = lev.post(
        f"/tasks/{task}/placement", data={"column_id": waiting, "revision": 1}, headers=HTMX
    )

    parts = {part["hx-target"]: part for part in soup(moved).select("hx-partial")}
    assert {f"#column-{it}" for it in (queue, waiting, done)} <= set(parts)
    assert parts[f"#column-{done}"].select_one(f"#task-{task}") is not None


def test_the_log_tells_what_was_done_and_why_not(lev: FlaskClient, cast: Cast) -> None:
    Column.update(definition_of_done="Report").where(Column.id == cast.orchard.columns[3]).execute()
    add(cast)
    lev.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement", data={"column_id": cast.orchard.columns[2]}
    )

    page = lev.get(f"/boards/{cast.orchard.board}/automation/log").text

    assert "Refused" in page
    assert "Confirm that everything holds that “Done” demands." in page
    assert "ШШ-1" in page
    assert "A card comes into “Waiting” → move it to “Done”" in page
    assert "Last time it could not act" in lev.get(f"/boards/{cast.orchard.board}/automation").text


def test_who_leads_is_told_of_a_rule_that_went_round_and_comes_to_the_log(
    lev: FlaskClient, cast: Cast
) -> None:
    name = "<img src=x onerror=alert(1)>"
    there = add(cast, name)
    waiting, done = cast.orchard.columns[2:]
    back = {"name": "Back", "trigger": AutomationTrigger.MOVED, "column_id": done}
    automation_rules.add(
        cast.orchard.board,
        values={**back, "action": AutomationAction.MOVE, "target_id": waiting},
        actor=cast.lev,
        at=NOW,
    )
    last = automation.MOST_REFUSALS - 1
    AutomationRule.update(refusals=last).where(AutomationRule.id == there).execute()
    lev.post(f"/tasks/{cast.orchard.tasks[0]}/placement", data={"column_id": waiting})

    page = soup(lev.get("/notifications"))
    opened = lev.post(page.select_one(".told__about")["action"])

    assert f"The rule “{name}” went round in a circle" in page.select_one(".told").text
    assert not page.select("main img")
    assert opened.location == f"/boards/{cast.orchard.board}/automation/log"
    assert soup(sign_in(lev, "mila").get("/notifications")).select_one(".told") is None


@pytest.mark.parametrize("thing", ["labels", "columns"])
def test_who_removes_what_a_rule_names_reads_that_the_rule_went_too(
    lev: FlaskClient, cast: Cast, thing: str
) -> None:
    label, column = cast.orchard.labels[0], cast.orchard.columns[2]
    act = {"action": AutomationAction.LABEL, "label_id": label}
    on = {"trigger": AutomationTrigger.MOVED, "column_id": column}
    rule = {"name": "<b>Mark</b>", **on, **act}
    automation_rules.add(cast.orchard.board, values=rule, actor=cast.lev, at=NOW)

    removed = lev.post(
        f"/{thing}/{label if thing == 'labels' else column}/removal",
        data={} if thing == "labels" else {"version": 1},
        follow_redirects=True,
    )

    assert any("“<b>Mark</b>”" in it.text for it in soup(removed).select(".notice"))


def test_the_history_of_a_card_names_the_rule(lev: FlaskClient, cast: Cast) -> None:
    add(cast)
    task = cast.orchard.tasks[0]
    lev.post(f"/tasks/{task}/placement", data={"column_id": cast.orchard.columns[2]})

    assert "The rule “Onward” moved the card: “Waiting” → “Done”" in lev.get(f"/tasks/{task}").text


@pytest.mark.parametrize("text", PAYLOADS)
def test_names_and_messages_stay_text(lev: FlaskClient, cast: Cast, text: str) -> None:
    rule = add(cast, text[:80], text)
    lev.post(
        f"/tasks/{cast.orchard.tasks[0]}/placement", data={"column_id": cast.orchard.columns[2]}
    )

    for address in (
        f"/boards/{cast.orchard.board}/automation",
        f"/boards/{cast.orchard.board}/automation/log",
        f"/automation-rules/{rule}/edit",
        f"/tasks/{cast.orchard.tasks[0]}",
    ):
        page = soup(lev.get(address))
        assert not page.select("main img, main iframe, main style, [onerror], [onload], [onfocus]")
        assert not [it for it in page.select("main script") if it.get("type") != "application/json"]


def test_pages_need_as_many_statements_for_many_rules_as_for_one(
    lev: FlaskClient, cast: Cast
) -> None:
    counts = []
    for names in (["One"], [f"R{number}" for number in range(20)]):
        for name in names:
            add(cast, name)
        lev.post(
            f"/tasks/{cast.orchard.tasks[0]}/placement", data={"column_id": cast.orchard.columns[0]}
        )
        with count_queries() as counter:
            lev.get(f"/boards/{cast.orchard.board}/automation")
            lev.get(f"/boards/{cast.orchard.board}/automation/log")
        counts.append(counter.count)

    assert counts[0] == counts[1]
