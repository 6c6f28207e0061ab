"""The closing of a sprint step by step without scripts, its report and its retrospective."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo import clock
from pmo.domain.vocabulary import NoteColumn, SprintState
from pmo.models import Sprint, SprintNote, SprintReport, Task
from pmo.services import sprint_notes, sprints, tasks
from tests.cast import Cast, bearer, sign_in
from tests.corpus import PAYLOADS
from tests.services.test_sprint_closing import tell_of_making
from tests.services.test_sprints import expect, lay_out, put

pytestmark = pytest.mark.one_database


def running(cast: Cast, *places: int) -> int:
    """Start the trial sprint of the orchard, yesterday by the clock."""
    ids = lay_out(cast)
    tell_of_making()
    put(cast, ids[0], expect(cast, *places))
    at = clock.now() - timedelta(days=1)
    sprints.start(ids[0], expected_version=None, actor=cast.lev, at=at)
    return ids[0]


def typed(cast: Cast, *decisions: str, **more: str) -> dict[str, str]:
    cards = cast.orchard.tasks
    given = {f"decision.{cards[at]}": kind for at, kind in enumerate(decisions)}
    return {**given, "common_reason": "Quarantine", "version": "2", **more}


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def fields(page: BeautifulSoup) -> dict[str, str]:
    """Return what the form of a page would send, without its buttons."""
    form = page.select_one("main form[novalidate]")
    assert form is not None
    sent = {it["name"]: it.get("value", "") for it in form.select("input[type=hidden]")}
    for one in form.select("input:not([type=hidden])"):
        if one.get("type") not in {"radio", "checkbox"} or one.has_attr("checked"):
            sent[one["name"]] = one.get("value", "")
    for one in form.select("select"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        sent[one["name"]] = chosen["value"] if chosen else ""
    for one in form.select("textarea"):
        sent[one["name"]] = one.text.removeprefix("\n")
    return {str(name): str(value) for name, value in sent.items()}


def test_three_steps_close_a_sprint(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0, 1)
    place = f"/sprints/{sprint}/closing"
    sign_in(client, "lev")

    first = soup(client.get(place))
    assert [it.text for it in first.select(".leftover__head a")] == ["ШШ-1", "ШШ-2"]
    split = {f"done_weight.{cast.orchard.tasks[1]}": "1", "step": "outcome"}
    second = soup(client.post(place, data=typed(cast, "next_sprint", "split", **split)))
    sent = fields(second)
    sent |= {"goal_met": "no", "note.try": "Start earlier\n\nAsk twice", "step": "confirm"}
    third = soup(client.post(place, data=sent))
    assert "Quarantine" in third.text
    assert Sprint.get_by_id(sprint).state is SprintState.ACTIVE
    answer = client.post(place, data={**fields(third), "step": "close"})

    assert answer.headers["Location"] == f"/sprints/{sprint}/report"
    assert [it.text for it in SprintNote.select().order_by(SprintNote.id)] == [
        "Start earlier",
        "Ask twice",
    ]
    assert [it["decision"] for it in SprintReport.get_by_id(sprint).data["left"]] == [
        "next_sprint",
        "split",
    ]
    report = client.get(answer.headers["Location"]).text
    assert "Goal not met" in report
    assert "frozen at the closing" in report


def test_what_was_typed_comes_back_with_the_faults(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0, 1)
    place = f"/sprints/{sprint}/closing"
    first, second, _third = cast.orchard.tasks
    sign_in(client, "lev")
    given = typed(cast, "split", "drop", common_reason="", step="outcome")
    given |= {f"reason.{second}": "Not wanted", f"done_weight.{first}": "7", "goal_met": "yes"}

    refused = client.post(place, data=given)

    page = soup(refused)
    assert refused.status_code == 422
    assert [it["id"] for it in page.select(".field__error")] == [
        f"error-reason.{first}",
        f"error-done_weight.{first}",
    ]
    kept = fields(page)
    assert (kept[f"reason.{second}"], kept[f"done_weight.{first}"]) == ("Not wanted", "7")
    assert kept["goal_met"] == "yes"
    undecided = client.post(place, data=typed(cast, "drop", step="outcome"))
    assert undecided.status_code == 409
    assert "ШШ-2" in soup(undecided).select_one(".notice--error").text  # type: ignore[union-attr]
    blank = soup(client.post(place, data=typed(cast, "drop", "", step="outcome")))
    assert blank.select_one(f"[id='error-decision.{second}']").text.strip() == (  # type: ignore[union-attr]
        "Choose one of the list."
    )
    unsaid = client.post(place, data=typed(cast, "drop", "drop", step="close"))
    assert soup(unsaid).select_one("#error-goal_met")


def test_a_card_finished_meanwhile_keeps_the_sprint_open(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0)
    sign_in(client, "lev")
    done = cast.orchard.columns[3]
    tasks.place(cast.orchard.tasks[0], column_id=done, actor=cast.mila, at=clock.now())

    refused = client.post(
        f"/sprints/{sprint}/closing", data=typed(cast, "drop", goal_met="yes", step="close")
    )

    assert refused.status_code == 409
    assert "ШШ-1" in refused.text
    assert Sprint.get_by_id(sprint).state is SprintState.ACTIVE


def test_members_write_the_retrospective_on_the_report(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0)
    sign_in(client, "mila")

    for column in NoteColumn:
        client.post(f"/sprints/{sprint}/notes", data={"column": column.value, "text": column.value})
    notes = list(SprintNote.select().order_by(SprintNote.id))
    saved = {"column": "try", "text": "Ask\nearlier", "version": 1}
    client.post(f"/sprint-notes/{notes[0].id}/edit", data=saved)
    stale = client.post(f"/sprint-notes/{notes[0].id}/edit", data={**saved, "text": "Never"})
    client.post(f"/sprint-notes/{notes[1].id}/removal", data={"version": 1})
    client.post(f"/sprint-notes/{notes[2].id}/card", data={"is_next": "false"})

    page = soup(client.get(f"/sprints/{sprint}/report"))
    assert stale.status_code == 409
    assert {it.text for it in page.select(".retro__text")} == {"try", "Ask\nearlier"}
    assert Task.get(Task.title == "try").project_id == cast.orchard.project
    assert soup(client.get(f"/sprint-notes/{notes[0].id}/edit")).select_one("textarea")


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_texts_of_people_are_shown_as_they_are(
    client: FlaskClient, cast: Cast, payload: str
) -> None:
    sprint = running(cast, 0)
    sign_in(client, "lev")
    text = payload.replace("\n", " ")[:400]
    Sprint.update(goal=text).where(Sprint.id == sprint).execute()
    who = {"actor": cast.lev, "at": clock.now()}
    sprint_notes.add(sprint, column=NoteColumn.KEEP, text=text, **who)
    given = typed(cast, "next_sprint", common_reason=text, goal_met="yes", step="close")

    pages = [client.get(f"/sprints/{sprint}/closing")]
    pages += [client.post(f"/sprints/{sprint}/closing", data=given | {"step": "confirm"})]
    assert client.post(f"/sprints/{sprint}/closing", data=given).status_code == 303
    pages += [client.get(f"/sprints/{sprint}/report")]

    for page in pages:
        assert page.status_code == 200
        found = soup(page)
        assert not found.select("main script, main [onerror], main [onload], main iframe")
    assert text.strip() in soup(pages[-1]).get_text()


def test_figures_of_a_running_sprint_and_the_velocity_are_pages(
    client: FlaskClient, cast: Cast
) -> None:
    sprint = running(cast, 0, 1)
    sign_in(client, "olga")

    page = soup(client.get(f"/sprints/{sprint}/report"))
    assert [it["id"] for it in page.select(".card-list")] == [
        "committed",
        "added",
        "removed",
        "re_estimated",
        "done",
        "unfinished",
    ]
    assert not page.select("a[href$='/closing']")
    before = client.get(f"/sprints/{sprint}/report?as_of=2020-01-01T00:00:00Z")
    assert "had not started" in before.text
    assert client.get(f"/projects/{cast.orchard.project}/velocity").status_code == 200


def test_the_api_closes_and_tells_the_same(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0, 1)
    address, headers = f"/api/v1/sprints/{sprint}", bearer("lev")
    first, second, _third = cast.orchard.tasks
    asked = client.get(f"{address}/closing", headers=headers).json
    assert [it["key"] for it in asked["leftovers"]] == ["ШШ-1", "ШШ-2"]
    drop = {"task_id": first, "decision": "drop"}

    refused = client.post(
        f"{address}/close", json={"goal_met": True, "decisions": [drop]}, headers=headers
    )
    more = {"task_id": second, "decision": "backlog_top", "reason": "Later"}
    given = {"goal_met": True, "reason": "Old", "decisions": [drop, more]}
    closed = client.post(f"{address}/close", json=given, headers=headers)

    assert (refused.status_code, refused.json["code"]) == (409, "leftovers_undecided")
    assert closed.status_code == 200, closed.json
    assert client.get(f"{address}/report", headers=headers).json == closed.json
    assert client.post(f"{address}/close", json=given, headers=headers).status_code == 409
    done = client.get(f"/api/v1/projects/{cast.orchard.project}/velocity", headers=headers).json
    assert done == {
        "middle": None,
        "low": 0,
        "high": 0,
        "sprints": [{"sprint": 0, "said": 2, "done": 0}],
    }


def test_notes_have_the_same_doors_in_the_api(client: FlaskClient, cast: Cast) -> None:
    sprint = running(cast, 0)
    headers = {**bearer("mila"), "If-Match": "*"}
    note = {"column": "stop", "text": "Meetings on Fridays"}

    once = {**headers, "Idempotency-Key": "one"}
    made = client.post(f"/api/v1/sprints/{sprint}/notes", json=note, headers=once)
    again = client.post(f"/api/v1/sprints/{sprint}/notes", json=note, headers=once)
    address = made.headers["Location"]
    edited = client.patch(address, json={"column": "keep"}, headers=headers)
    with_card = client.post(f"{address}/card", json={}, headers=headers)

    assert made.json == again.json
    assert edited.json["column"] == "keep"
    assert with_card.json["task_key"] == "ШШ-4"
    listed = client.get(f"/api/v1/sprints/{sprint}/notes", headers=headers).json["items"]
    assert [it["id"] for it in listed] == [made.json["id"]]
    assert client.delete(address, headers=headers).status_code == 204
