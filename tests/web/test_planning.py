"""The planning of a sprint: backlog beside it, with and without JavaScript."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import SprintPolicy, WeightUnit
from pmo.models import Event, Task, TaskDependency
from pmo.queries import planning as queries
from pmo.services import sprints, tasks
from pmo.services.sprints import Share
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS
from tests.services.test_sprints import begun, edit, expect, last, lay_out, put

HTMX = {"HX-Request": "true"}


def screen(client: FlaskClient, sprint_id: int, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/sprints/{sprint_id}/planning{query}")
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def pane(page: BeautifulSoup, name: str) -> list[str]:
    return [it.text for it in page.select(f"[data-pane={name}] .plan-card__link b")]


def marks(page: BeautifulSoup, task_id: int) -> list[str]:
    return [it.text.strip() for it in page.select(f"#plan-{task_id} .badge")]


@pytest.fixture
def lev(client: FlaskClient, cast: Cast) -> FlaskClient:
    assert cast
    return sign_in(client, "lev")


def test_cards_go_into_the_sprint_and_back_by_plain_forms(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    first, second, third = cast.orchard.tasks
    place = f"/sprints/{trial}/tasks"
    assert pane(screen(lev, trial), "backlog") == ["ШШ-1", "ШШ-2", "ШШ-3"]

    many = lev.post(place, data={"task_ids": [first, third], "back": f"/sprints/{trial}/planning"})
    one = lev.post(f"{place}/removal", data={"task_ids": [first], "one": third})

    page = screen(lev, trial)
    assert (many.status_code, one.status_code) == (303, 303)
    assert many.location == f"/sprints/{trial}/planning"
    assert pane(page, "sprint") == ["ШШ-1"]
    assert pane(page, "backlog") == ["ШШ-2", "ШШ-3"]
    assert second


def test_htmx_gets_both_panes_anew_with_the_same_filter(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    back = f"/sprints/{trial}/planning?search=task+2"

    answer = lev.post(
        f"/sprints/{trial}/tasks",
        data={"one": cast.orchard.tasks[0], "back": back},
        headers=HTMX,
    )

    page = BeautifulSoup(answer.text, "lxml")
    assert page.select_one("#board")["data-home"] == back
    assert pane(page, "sprint") == ["ШШ-1"]
    assert pane(page, "backlog") == ["ШШ-2"]


def test_a_change_of_a_running_sprint_keeps_its_reason(lev: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    [card] = expect(cast, 1)
    assert screen(lev, ids[0]).select_one("[name=reason]")

    lev.post(f"/sprints/{ids[0]}/tasks", data={"one": card, "reason": "Asked for"})

    assert last("task.sprint_set")["reason"] == "Asked for"


def test_refusals_are_told_where_one_stands(lev: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)
    place = f"/sprints/{ids[0]}/tasks"

    nothing = lev.post(place, data={})
    without = lev.post(place, data={"one": cast.orchard.tasks[1]})
    foreign = lev.post(place, data={"one": cast.harbour.tasks[0]})

    assert (nothing.status_code, without.status_code, foreign.status_code) == (422, 409, 404)
    assert "Choose at least one card." in nothing.text
    assert "fill in the expected result of ШШ-2" in without.text
    assert pane(BeautifulSoup(without.text, "lxml"), "sprint") == ["ШШ-1"]


def test_a_sprint_that_takes_nothing_yet_says_why(lev: FlaskClient, cast: Cast) -> None:
    ids = begun(cast)

    page = screen(lev, ids[1])

    assert "takes cards once trial sprint is closed" in page.text
    assert not page.select(".pane")


def test_what_does_not_fit_is_marked_in_words(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    first, second, third = cast.orchard.tasks
    expect(cast, 0)
    TaskDependency.create(task=first, blocker=second)
    Task.update(due_on=date(2025, 1, 10)).where(Task.id == first).execute()
    span = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 3, 31), "period_text": "March"}
    Task.update(span).where(Task.id == third).execute()

    page = screen(lev, trial)
    put(cast, trial, [second])
    together = screen(lev, trial)

    assert marks(page, first) == [
        "Waits for what is not planned: ШШ-2",
        "Due before the sprint: 10 Jan 2025",
    ]
    assert marks(page, third) == ["No expected result", "Its period starts after the sprint: March"]
    assert marks(together, first) == ["Due before the sprint: 10 Jan 2025"]


def test_an_expected_result_is_filled_in_in_place(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    card = cast.orchard.tasks[0]
    link = screen(lev, trial).select_one(f"#plan-{card} .plan-card__result a")["href"]

    form = BeautifulSoup(lev.get(link, headers=HTMX).text, "lxml")
    given = {"value": "A list\nof pairs", "version": form.select_one("[name=version]")["value"]}
    answer = lev.post(form.form["action"], data=given, headers=HTMX)

    assert form.select_one("textarea")
    assert "A list\nof pairs" in answer.text
    assert Task.get_by_id(card).expected_result == "A list\nof pairs"
    assert not screen(lev, trial).select(f"#plan-{card} .plan-card__result")


def test_hours_are_compared_with_the_hours_of_the_people(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast, weight_unit=WeightUnit.HOURS)
    edit(cast, trial, people=[Share(cast.mila.user_id, 50), Share(cast.lev.user_id, 10, 1)])
    Task.update(weight=60).where(Task.id == cast.orchard.tasks[0]).execute()
    put(cast, trial, [cast.orchard.tasks[0]])

    load = screen(lev, trial).select_one(".load")

    words = " ".join(load.get_text(" ").split())
    # Ten working days of eight hours: 40 of Mila, 7.2 of Lev.
    assert "60 h of 47.2 h that fit · 127 %" in words
    assert "More than fits" in words
    assert "2 people · 5.9 person-days · 47.2 person-hours" in words


def test_without_history_points_are_compared_with_nothing(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)

    assert "No history yet" in screen(lev, trial).select_one(".load").text


def test_the_backlog_is_filtered_and_paged(
    lev: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    [trial, *_] = lay_out(cast)
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)

    first, second = screen(lev, trial), screen(lev, trial, "?page=2")
    beyond, found = screen(lev, trial, "?page=9"), screen(lev, trial, "?search=task+3")

    assert pane(first, "backlog") == ["ШШ-1", "ШШ-2"]
    assert pane(second, "backlog") == pane(beyond, "backlog") == ["ШШ-3"]
    assert pane(found, "backlog") == ["ШШ-3"]
    assert first.select_one("[rel=next]")["href"].endswith("?page=2")


def test_a_card_s_panel_shows_its_sprint_and_a_lead_changes_it(
    lev: FlaskClient, cast: Cast
) -> None:
    ids = begun(cast)
    card = cast.orchard.tasks[1]
    expect(cast, 1)
    panel = BeautifulSoup(lev.get(f"/tasks/{card}", headers=HTMX).text, "lxml")
    choices = [it.text for it in panel.select("#task-sprint option")]

    lev.post(f"/tasks/{card}/sprint", data={"sprint_id": ids[0], "reason": "Asked for"})
    shown = BeautifulSoup(lev.get(f"/tasks/{card}", headers=HTMX).text, "lxml")
    out = lev.post(f"/tasks/{card}/sprint", data={"sprint_id": ""}, headers=HTMX)

    assert choices == ["Backlog", "Trial sprint · Running"]
    assert "Trial sprint" in shown.select_one("#sprint p").text
    assert "Lev planned the card: backlog → Trial sprint" in shown.text
    assert "reason: Asked for" in shown.text
    assert "in the backlog" in BeautifulSoup(out.text, "lxml").select_one("#sprint p").text
    foreign = lev.post(f"/tasks/{cast.harbour.tasks[0]}/sprint", data={"sprint_id": ids[0]})
    other = lev.post(f"/tasks/{card}/sprint", data={"sprint_id": 999})
    assert (foreign.status_code, other.status_code) == (404, 404)


def test_a_member_sees_the_sprint_of_a_card_and_cannot_change_it(
    client: FlaskClient, cast: Cast
) -> None:
    begun(cast)
    sign_in(client, "mila")

    panel = BeautifulSoup(client.get(f"/tasks/{cast.orchard.tasks[0]}").text, "lxml")

    assert "Trial sprint" in panel.select_one("#sprint").text
    assert not panel.select("#sprint form")


def test_the_board_shows_the_active_sprint_alone(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "olga")
    board = f"/boards/{cast.orchard.board}"
    before = BeautifulSoup(client.get(board).text, "lxml")
    begun(cast)

    whole = BeautifulSoup(client.get(board).text, "lxml")
    toggle = whole.select_one(".filters__toggle")
    alone = BeautifulSoup(client.get(toggle["href"]).text, "lxml")

    assert not before.select(".filters__toggle")
    assert toggle.text == "Only active sprint"
    assert [it.text for it in alone.select(".card__link b")] == ["ШШ-1"]
    assert alone.select_one(".filters__toggle")["href"] == board


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("active", ["ШШ-1"]),
        ("0", ["ШШ-1"]),
        ("1", []),
        ("backlog", ["ШШ-2", "ШШ-3"]),
    ],
)
@pytest.mark.parametrize("view", ["table", "calendar", "board", "timeline"])
def test_every_view_asks_for_a_sprint(
    client: FlaskClient, cast: Cast, asked: str, keys: list[str], view: str
) -> None:
    begun(cast)
    Task.update(due_on=NOW.date()).execute()
    addresses = {
        "calendar": f"/boards/{cast.orchard.board}/calendar?month=2025-01&sprint={asked}",
        "board": f"/boards/{cast.orchard.board}",
        "timeline": f"/projects/{cast.orchard.project}/timeline",
    }
    address = addresses.get(view, f"/boards/{cast.orchard.board}/{view}")

    address = address if "?" in address else f"{address}?sprint={asked}"
    text = sign_in(client, "olga").get(address).text

    main = BeautifulSoup(text, "lxml").select_one("#board").text
    assert [key for key in ("ШШ-1", "ШШ-2", "ШШ-3") if key in main] == keys


@pytest.mark.parametrize("asked", ["none", "-1", "100", "01", "active backlog"])
def test_a_sprint_that_cannot_be_is_refused(client: FlaskClient, cast: Cast, asked: str) -> None:
    sign_in(client, "olga")

    assert client.get(f"/boards/{cast.orchard.board}?sprint={asked}").status_code == 422


def test_table_and_file_name_the_sprint(lev: FlaskClient, cast: Cast) -> None:
    begun(cast)

    table = lev.get(f"/boards/{cast.orchard.board}/table?columns=sprint").text
    file = lev.get(f"/boards/{cast.orchard.board}/tasks-file?format=csv").data.decode("utf-8-sig")

    assert "Trial sprint" in BeautifulSoup(table, "lxml").select_one("tbody").text
    assert "Trial sprint" in file


@pytest.mark.one_database
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_written_is_markup(lev: FlaskClient, cast: Cast, payload: str) -> None:
    [trial, *_] = lay_out(cast)
    changes = {"title": payload, "expected_result": payload, "blocked_reason": payload}
    tasks.edit(cast.orchard.tasks[0], changes, base_version=1, actor=cast.lev, at=NOW)

    main = screen(lev, trial).select_one("main")
    assert main is not None
    assert not main.select("svg[onload], img, iframe, style, [autofocus]")
    assert all("alert(1)" not in script.text for script in main.select("script"))
    assert payload in main.text


def test_statements_do_not_grow_with_the_cards(lev: FlaskClient, cast: Cast) -> None:
    ids = lay_out(cast, policy=SprintPolicy.FREE)
    put(cast, ids[0], [cast.orchard.tasks[0]])
    screen(lev, ids[0])

    def counted() -> int:
        with count_queries() as found:
            screen(lev, ids[0])
        return found.count

    before = counted()
    for place in range(6):
        fields = {"title": "More", "assignee_ids": [cast.mila.user_id]}
        made = tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)
        if place % 2:
            put(cast, ids[0], [made.task_id])

    assert counted() == before


def test_planning_changes_nothing_by_being_looked_at(lev: FlaskClient, cast: Cast) -> None:
    [trial, *_] = lay_out(cast)
    before = Event.select().count()

    screen(lev, trial)

    assert Event.select().count() == before
    assert sprints.committed(trial) == []
