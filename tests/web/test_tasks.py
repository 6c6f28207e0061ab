"""Tasks through the pages: panel, form, place, history; with htmx and without."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pmo.models import Board, Column, Event, Membership, Task, TaskAssignee
from pmo.queries import boards
from tests.cast import Cast, sign_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mila(client: FlaskClient, cast: Cast) -> FlaskClient:
    return sign_in(client, "mila")


@pytest.fixture
def task(cast: Cast) -> int:
    return cast.orchard.tasks[0]


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def typed(page: BeautifulSoup) -> dict[str, Any]:
    """Return what a browser would send from the form of the panel."""
    form = page.select_one("form[data-keep]")
    assert form is not None
    values: dict[str, Any] = {}
    for field in form.select("input[type=hidden], input.input"):
        values[str(field["name"])] = field.get("value", "")
    for area in form.select("textarea"):
        values[str(area["name"])] = area.text.removeprefix("\n")
    for select in form.select("select"):
        chosen = select.select_one("[selected]")
        values[str(select["name"])] = chosen["value"] if chosen else ""
    for name in ("assignee_ids", "label_ids"):
        boxes = form.select(f"input[name={name}][checked]")
        values[name] = ["", *(str(box["value"]) for box in boxes)]
    return values


def column_of(task: int) -> int:
    return int(Task.get_by_id(task).column_id)


def test_a_task_is_a_fragment_for_htmx_and_a_whole_board_without(
    mila: FlaskClient, cast: Cast, task: int
) -> None:
    alone, whole = mila.get(f"/tasks/{task}", headers=HTMX), mila.get(f"/tasks/{task}")

    assert "<html" not in alone.text
    assert "HX-Request" in alone.headers["Vary"]
    assert soup(whole).select_one("dialog#panel[open] #panel-title").text == "Task 1 of Orchard"  # type: ignore[union-attr]
    assert len(soup(whole).select(".card")) == 3


def test_a_description_is_markdown_that_can_do_no_harm(mila: FlaskClient, task: int) -> None:
    Task.update(description="**bold** <img src=x onerror=alert(1)>").where(
        Task.id == task
    ).execute()

    prose = soup(mila.get(f"/tasks/{task}", headers=HTMX)).select_one(".prose")

    assert prose is not None
    assert prose.select_one("strong").text == "bold"  # type: ignore[union-attr]
    assert not prose.select("img")


def test_the_form_that_comes_back_unchanged_changes_nothing(mila: FlaskClient, task: int) -> None:
    values = typed(soup(mila.get(f"/tasks/{task}/edit", headers=HTMX)))

    answer = mila.post(f"/tasks/{task}", data=values)

    assert (answer.status_code, answer.location) == (303, f"/tasks/{task}")
    assert Task.get_by_id(task).version == 1
    assert not Event.select().where(Event.kind == "task.edited").exists()


def test_an_edit_answers_htmx_with_the_panel_the_card_and_the_sums(
    mila: FlaskClient, cast: Cast, task: int
) -> None:
    values = typed(soup(mila.get(f"/tasks/{task}/edit", headers=HTMX)))
    values |= {"title": "Seminar", "weight": "8", "revision": "1"}

    answer = mila.post(f"/tasks/{task}", data=values, headers=HTMX)

    assert answer.status_code == 200
    assert answer.headers["HX-Replace-Url"] == f"/tasks/{task}"
    page = soup(answer)
    assert page.select_one("#panel-title").text == "Seminar"  # type: ignore[union-attr]
    assert "Σ 10" in page.select_one(f"#column-head-{cast.orchard.columns[0]}").text  # type: ignore[union-attr]
    present = Board.get_by_id(cast.orchard.board).revision
    assert page.select_one("#placement-revision")["value"] == str(present)  # type: ignore[index]


def test_a_clash_keeps_what_was_typed_and_shows_both_values(
    client: FlaskClient, cast: Cast, task: int
) -> None:
    mine = typed(soup(sign_in(client, "mila").get(f"/tasks/{task}/edit", headers=HTMX)))
    theirs = {**mine, "title": "Theirs", "weight": "5"}
    sign_in(client, "lev").post(f"/tasks/{task}", data=theirs)
    mine |= {"title": "Mine", "responsible": "Mine too"}

    answer = sign_in(client, "mila").post(f"/tasks/{task}", data=mine, headers=HTMX)

    page = soup(answer)
    kept = typed(page)
    assert answer.status_code == 409
    assert [legend.text for legend in page.select(".conflict legend")] == ["Title"]
    assert "Theirs" in page.select_one(".conflict").text  # type: ignore[union-attr]
    assert (kept["title"], kept["responsible"]) == ("Mine", "Mine too")
    assert kept["weight"] == "5", "what only the other one changed is taken over"
    assert kept["version"] == "2"


def test_a_clash_that_nobody_decided_stays_a_clash(
    client: FlaskClient, cast: Cast, task: int
) -> None:
    mine = typed(soup(sign_in(client, "mila").get(f"/tasks/{task}/edit", headers=HTMX)))
    sign_in(client, "lev").post(f"/tasks/{task}", data={**mine, "title": "Theirs"})
    mila = sign_in(client, "mila")
    clash = soup(mila.post(f"/tasks/{task}", data={**mine, "title": "Mine"}, headers=HTMX))

    again = mila.post(f"/tasks/{task}", data=typed(clash), headers=HTMX)

    assert not clash.select(".conflict [checked]")
    assert again.status_code == 409
    assert [it.text for it in soup(again).select(".conflict legend")] == ["Title"]
    assert Task.get_by_id(task).title == "Theirs"


@pytest.mark.parametrize(("choice", "title"), [("yours", "Mine"), ("theirs", "Theirs")])
def test_after_a_clash_the_chosen_value_is_saved(
    client: FlaskClient, cast: Cast, task: int, choice: str, title: str
) -> None:
    mine = typed(soup(sign_in(client, "mila").get(f"/tasks/{task}/edit", headers=HTMX)))
    sign_in(client, "lev").post(f"/tasks/{task}", data={**mine, "title": "Theirs"})
    mila = sign_in(client, "mila")
    kept = typed(soup(mila.post(f"/tasks/{task}", data={**mine, "title": "Mine"}, headers=HTMX)))

    answer = mila.post(f"/tasks/{task}", data={**kept, "choice-title": choice})

    assert answer.status_code == 303
    assert Task.get_by_id(task).title == title


def test_a_person_who_left_the_project_keeps_the_card_through_an_edit(
    client: FlaskClient, cast: Cast, task: int
) -> None:
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()
    lev = sign_in(client, "lev")
    values = typed(soup(lev.get(f"/tasks/{task}/edit", headers=HTMX)))

    answer = lev.post(f"/tasks/{task}", data={**values, "title": "Renamed"})

    assert answer.status_code == 303
    assert [it.user_id for it in TaskAssignee.select()] == [cast.mila.user_id]


def test_bad_values_come_back_with_the_form_and_change_nothing(
    mila: FlaskClient, task: int
) -> None:
    values = typed(soup(mila.get(f"/tasks/{task}/edit", headers=HTMX)))
    values |= {"title": "", "weight": "many", "due_on": "tomorrow"}

    answers = [mila.post(f"/tasks/{task}", data=values, headers=head) for head in (HTMX, {})]

    for answer in answers:
        assert answer.status_code == 422
        assert len(soup(answer).select(".field__error")) == 3
        assert soup(answer).select_one("#task-weight")["value"] == "many"  # type: ignore[index]
    assert Task.get_by_id(task).version == 1


def test_a_card_is_added_by_form_and_by_htmx(mila: FlaskClient, cast: Cast) -> None:
    waiting = cast.orchard.columns[2]

    plain = mila.post(f"/columns/{waiting}/tasks", data={"title": "First"})
    quick = mila.post(
        f"/columns/{waiting}/tasks", data={"title": "Second", "revision": "2"}, headers=HTMX
    )

    first, second = Task.select().where(Task.column == waiting).order_by(Task.rank)
    assert plain.location == f"/boards/{cast.orchard.board}#task-{first.id}"
    assert soup(quick).select_one(f"#task-{second.id}")
    assert soup(quick).select_one("#placement-revision")["value"] == "3"  # type: ignore[index]


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "form"])
def test_a_move_by_form_and_by_htmx_leaves_the_same_rows(
    mila: FlaskClient, cast: Cast, task: int, headers: dict[str, str]
) -> None:
    waiting = cast.orchard.columns[2]

    answer = mila.post(
        f"/tasks/{task}/placement",
        data={"column_id": waiting, "before_id": "", "revision": "1"},
        headers=headers,
    )

    assert answer.status_code == (200 if headers else 303)
    assert column_of(task) == waiting
    assert [event.kind for event in Event.select().where(Event.task == task)] == ["task.moved"]


def test_a_move_answers_in_two_kilobytes_when_the_page_was_current(
    mila: FlaskClient, cast: Cast, task: int
) -> None:
    answer = mila.post(
        f"/tasks/{task}/placement",
        data={"column_id": cast.orchard.columns[2], "revision": "1"},
        headers=HTMX,
    )

    page = soup(answer)
    assert len(answer.data) < 2048
    assert len(page.select("hx-partial")) == 4
    assert page.select_one("#placement-revision")["value"] == "2"  # type: ignore[index]


def test_a_move_from_a_page_that_is_behind_brings_whole_columns(
    mila: FlaskClient, cast: Cast
) -> None:
    queue, _, waiting, done = cast.orchard.columns
    first, second, _ = cast.orchard.tasks
    mila.post(f"/tasks/{first}/placement", data={"column_id": done, "revision": "1"})

    answer = mila.post(
        f"/tasks/{second}/placement", data={"column_id": waiting, "revision": "1"}, headers=HTMX
    )

    columns = [section["id"] for section in soup(answer).select("section.column")]
    assert columns == [f"column-{it}" for it in (queue, waiting, done)]


def test_a_full_column_answers_409_and_calls_the_columns_stale(
    mila: FlaskClient, cast: Cast, task: int
) -> None:
    progress = cast.orchard.columns[1]
    Column.update(task_count=3).where(Column.id == progress).execute()

    answer = mila.post(
        f"/tasks/{task}/placement", data={"column_id": progress, "revision": "1"}, headers=HTMX
    )

    assert answer.status_code == 409
    assert answer.headers["HX-Trigger"] == "board:stale"
    assert "its limit is 3" in answer.text
    assert column_of(task) == cast.orchard.columns[0]


def test_a_soft_limit_lets_through_with_a_notice(mila: FlaskClient, cast: Cast, task: int) -> None:
    waiting = cast.orchard.columns[2]
    Column.update(task_count=2).where(Column.id == waiting).execute()

    answer = mila.post(
        f"/tasks/{task}/placement", data={"column_id": waiting, "revision": "1"}, headers=HTMX
    )

    assert "3 cards where 2 were agreed" in answer.text
    assert column_of(task) == waiting


def test_a_changed_layout_loads_the_page_anew(mila: FlaskClient, cast: Cast, task: int) -> None:
    Board.update(revision=5, layout_revision=5).execute()

    answer = mila.post(
        f"/tasks/{task}/placement",
        data={"column_id": cast.orchard.columns[2], "revision": "1"},
        headers=HTMX,
    )

    assert answer.headers["HX-Refresh"] == "true"


def test_the_sheet_offers_the_columns_and_their_cards(
    mila: FlaskClient, cast: Cast, task: int
) -> None:
    address = f"/tasks/{task}/placement"

    here = soup(mila.get(address, headers=HTMX))
    there = soup(mila.get(f"{address}?column_id={cast.orchard.columns[2]}", headers=HTMX))

    assert len(here.select("input[name=column_id]")) == 4
    assert len(here.select("#placement-before option")) == 3
    assert there.select_one("[name=column_id][checked]")["value"] == str(cast.orchard.columns[2])  # type: ignore[index]


def test_history_speaks_in_sentences_and_pages_on(mila: FlaskClient, cast: Cast) -> None:
    queue, _, waiting, _ = cast.orchard.columns
    task = cast.orchard.tasks[0]
    for turn in range(22):
        target = (waiting, queue)[turn % 2]
        mila.post(f"/tasks/{task}/placement", data={"column_id": target})

    page = soup(mila.get(f"/tasks/{task}", headers=HTMX))
    more = page.select_one(".history a")
    assert more is not None
    rest = soup(mila.get(str(more["href"]), headers=HTMX))

    assert "Mila moved the card: “Waiting” → “Queue”" in page.select_one(".history").text  # type: ignore[union-attr]
    assert len(page.select(".history__entry")) == 20
    assert len(rest.select(".history__entry")) == 2


def test_an_observer_may_look_but_not_touch(client: FlaskClient, cast: Cast, task: int) -> None:
    olga = sign_in(client, "olga")
    queue = cast.orchard.columns[0]

    looks = [olga.get(f"/tasks/{task}"), olga.get(f"/tasks/{task}/history")]
    touches = [
        olga.get(f"/tasks/{task}/edit"),
        olga.get(f"/tasks/{task}/placement"),
        olga.post(f"/tasks/{task}", data={"title": "No", "version": 1}),
        olga.post(f"/tasks/{task}/placement", data={"column_id": queue}),
        olga.post(f"/columns/{queue}/tasks", data={"title": "No"}),
    ]

    assert [answer.status_code for answer in looks] == [200, 200]
    assert [answer.status_code for answer in touches] == [403] * 5


def test_a_stranger_finds_no_task(client: FlaskClient, cast: Cast, task: int) -> None:
    clea = sign_in(client, "clea")

    answers = [
        clea.get(f"/tasks/{task}"),
        clea.get(f"/tasks/{task}/edit"),
        clea.get(f"/tasks/{task}/history"),
        clea.get(f"/tasks/{task}/placement"),
        clea.post(f"/tasks/{task}", data={"title": "No", "version": 1}),
        clea.post(f"/tasks/{task}/placement", data={"column_id": cast.harbour.columns[0]}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert Task.get_by_id(task).title == "Task 1 of Orchard"


def test_a_history_before_a_number_that_cannot_be_is_refused(mila: FlaskClient, task: int) -> None:
    answer = mila.get(f"/tasks/{task}/history?before_id={'9' * 30}")

    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["/tasks/{task}", "/columns/{column}/tasks"])
def test_a_card_that_somebody_moves_before_the_reply_asks_for_the_page_anew(
    mila: FlaskClient, cast: Cast, task: int, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    done, read = cast.orchard.columns[3], boards.column

    def moved_before(column_id: int, *given: Any, **named: Any) -> Any:
        Task.update(column=done).where(Task.column == column_id).execute()
        return read(column_id, *given, **named)

    monkeypatch.setattr(boards, "column", moved_before)
    url = address.format(task=task, column=cast.orchard.columns[0])
    form = {"title": "New"} | ({} if "columns" in url else {"version": "1"})

    answer = mila.post(url, data=form, headers=HTMX)

    assert answer.status_code == 200
    assert answer.headers["HX-Refresh"] == "true"
