"""“My work”: my open cards of all projects, by urgency."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries
from werkzeug.test import TestResponse

from pmo import clock
from pmo.domain.vocabulary import ColumnMeaning, MemberRole
from pmo.http import fragments
from pmo.models import Column, Task, TaskAssignee, TaskDependency
from pmo.services import comments, memberships, move_rules, tasks
from tests.cast import Cast, sign_in


def test_my_cards_are_grouped_by_urgency(client: FlaskClient, cast: Cast) -> None:
    today = clock.now().date()
    first, second, third = cast.orchard.tasks
    for task in (second, third):
        TaskAssignee.create(task=task, user=cast.mila.user_id)
    Task.update(due_on=today - timedelta(days=3)).where(Task.id == second).execute()
    Task.update(due_on=today + timedelta(days=30)).where(Task.id == third).execute()

    page = BeautifulSoup(sign_in(client, "mila").get("/my-work").text, "lxml")

    groups = {
        str(group["class"]).split("--")[1].split("'")[0]: [
            link["href"] for link in group.select("a")
        ]
        for group in page.select(".work-group")
    }
    assert groups == {
        "overdue": [f"/tasks/{second}"],
        "later": [f"/tasks/{third}"],
        "no_date": [f"/tasks/{first}"],
    }


def test_what_is_done_and_what_is_anothers_is_not_my_work(client: FlaskClient, cast: Cast) -> None:
    Task.update(column=cast.orchard.columns[3]).where(Task.id == cast.orchard.tasks[0]).execute()

    page = sign_in(client, "mila").get("/my-work").text

    assert "Nothing is waiting for you" in page


def test_a_card_of_a_project_that_is_closed_to_me_is_not_shown(
    client: FlaskClient, cast: Cast
) -> None:
    TaskAssignee.create(task=cast.harbour.tasks[0], user=cast.mila.user_id)

    page = sign_in(client, "mila").get("/my-work").text

    assert "Task 1 of Harbour" not in page
    assert "Task 1 of Orchard" in page


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def shown(page: BeautifulSoup) -> list[str]:
    return [link["href"].removeprefix("/tasks/") for link in page.select(".work-item__link")]


@pytest.fixture
def mine(cast: Cast) -> tuple[int, ...]:
    """Give all cards of “Orchard” to Mila; return them."""
    for task in cast.orchard.tasks[1:]:
        TaskAssignee.create(task=task, user=cast.mila.user_id)
    return cast.orchard.tasks


def test_what_waits_for_others_stands_under_its_own_tab(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    first, second, third = mine
    Task.update(blocked_reason="No room").where(Task.id == first).execute()
    Task.update(column=cast.orchard.columns[2]).where(Task.id == second).execute()
    mila = sign_in(client, "mila")

    waiting, everything = (soup(mila.get(f"/my-work?show={show}")) for show in ("waiting", "all"))

    assert shown(waiting) == [str(first), str(second)]
    assert shown(everything) == [str(first), str(second), str(third)]
    assert waiting.select_one(".tabs [aria-current] small").text == "2"  # type: ignore[union-attr]


def test_who_waits_for_an_open_card_waits_for_others(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    first, second, _ = mine
    TaskDependency.create(task=second, blocker=first)

    page = soup(sign_in(client, "mila").get("/my-work?show=waiting"))

    assert shown(page) == [str(second)]
    assert "ШШ-1" in page.select_one(".work-item__about").text  # type: ignore[union-attr]


def test_done_moves_the_card_to_the_first_column_that_means_done(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    mila = sign_in(client, "mila")
    form = soup(mila.get("/my-work")).select_one(".work-item__done form")
    assert form is not None

    answer = mila.post(str(form["action"]), data={"show": "all"})

    assert (answer.status_code, answer.location) == (303, "/my-work?show=all")
    assert Task.get_by_id(mine[0]).column_id == cast.orchard.columns[3]
    page = soup(mila.get("/my-work"))
    assert shown(page) == [str(task) for task in mine[1:]]

    undo = page.select_one(".notices [data-undo] form")
    assert undo is not None
    back = {str(it["name"]): str(it["value"]) for it in undo.select("input")}
    answer = mila.post(str(undo["action"]), data=back)

    assert answer.location == "/my-work"
    assert sorted(shown(soup(mila.get("/my-work")))) == sorted(map(str, mine))


def test_done_with_htmx_draws_the_list_anew(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    answer = sign_in(client, "mila").post(
        f"/tasks/{mine[0]}/completion", data={"show": "all"}, headers={"HX-Request": "true"}
    )

    assert shown(soup(answer)) == [str(task) for task in mine[1:]]
    assert soup(answer).select_one("hx-partial form[action$=undo]") is not None


def test_a_definition_of_done_is_asked_for(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    Column.update(definition_of_done="- Report\n- Photo").where(
        Column.id == cast.orchard.columns[3]
    ).execute()
    mila = sign_in(client, "mila")

    asked = mila.post(f"/tasks/{mine[0]}/completion", data={"show": "waiting"})
    form = soup(asked).select_one("form[action$=completion]")
    assert form is not None
    lines = [str(box["value"]) for box in form.select("input[type=checkbox]")]
    answer = mila.post(str(form["action"]), data={"show": "waiting", "confirmed": lines})

    assert asked.status_code == 409
    assert len(lines) == 2
    assert answer.location == "/my-work?show=waiting"
    assert Task.get_by_id(mine[0]).column_id == cast.orchard.columns[3]


def test_a_board_without_a_column_that_means_done_says_so(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    Column.update(meaning=ColumnMeaning.QUEUE).where(Column.id == cast.orchard.columns[3]).execute()

    answer = sign_in(client, "mila").post(f"/tasks/{mine[0]}/completion", data={})

    assert answer.status_code == 409
    assert "move the card yourself" in answer.text


def test_who_only_observes_the_project_has_no_button(client: FlaskClient, cast: Cast) -> None:
    TaskAssignee.create(task=cast.orchard.tasks[0], user=cast.olga.user_id)

    page = soup(sign_in(client, "olga").get("/my-work"))

    assert shown(page) == [str(cast.orchard.tasks[0])]
    assert page.select_one(".work-item__done form") is None


def test_done_is_offered_only_where_the_way_there_is_open(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    mila = sign_in(client, "mila")
    queue, _, _, done = cast.orchard.columns
    assert len(soup(mila.get("/my-work")).select(".work-item__done form")) == len(mine)

    rule = {"source_id": None, "target_id": done, "least_role": MemberRole.LEAD}
    move_rules.add(cast.orchard.board, **rule, actor=cast.lev, at=clock.now())
    kept = soup(mila.get("/my-work")).select(".work-item__done form")
    rule |= {"source_id": queue, "least_role": MemberRole.MEMBER}
    move_rules.add(cast.orchard.board, **rule, actor=cast.lev, at=clock.now())

    assert kept == []
    assert len(soup(mila.get("/my-work")).select(".work-item__done form")) == len(mine)


def test_unread_mentions_stand_under_their_own_tab_until_they_are_read(
    client: FlaskClient, cast: Cast
) -> None:
    comments.add(cast.orchard.tasks[0], text="@mila, look", actor=cast.lev, at=clock.now())
    mila = sign_in(client, "mila")
    page = soup(mila.get("/my-work?show=mentions"))
    form = page.select_one(".told form[action$=reading]")
    assert form is not None

    mila.post(str(form["action"]), data={"next": "/my-work?show=mentions"})

    assert page.select_one(".told__fragment").text == "@mila, look"  # type: ignore[union-attr]
    assert page.select_one(".tabs [aria-current] small").text == "1"  # type: ignore[union-attr]
    assert soup(mila.get("/my-work?show=mentions")).select(".told") == []


def test_the_page_is_kept_and_follows_every_change(
    client: FlaskClient, cast: Cast, mine: tuple[int, ...]
) -> None:
    mila = sign_in(client, "mila")
    mila.get("/my-work")
    with count_queries() as kept:
        mila.get("/my-work")

    def titles() -> list[str]:
        found = soup(mila.get("/my-work")).select(".work-item__link")
        return [" ".join(link.text.split()[1:]) for link in found]

    at = clock.now()
    tasks.edit(mine[0], {"title": "New"}, base_version=1, actor=cast.lev, at=at)
    renamed = titles()
    tasks.edit(mine[1], {"assignee_ids": []}, base_version=1, actor=cast.lev, at=at)
    taken = titles()
    memberships.remove(cast.orchard.project, user_id=cast.mila.user_id, actor=cast.lev, at=at)

    assert kept.count == 2
    assert renamed == ["New", "Task 2 of Orchard", "Task 3 of Orchard"]
    assert taken == ["New", "Task 3 of Orchard"]
    assert titles() == []


def test_many_cards_take_as_many_statements_as_few(client: FlaskClient, cast: Cast) -> None:
    mila = sign_in(client, "mila")

    def statements() -> int:
        fragments.forget()
        with count_queries() as counter:
            mila.get("/my-work")
        return int(counter.count)

    few = statements()
    for task in cast.orchard.tasks[1:]:
        TaskAssignee.create(task=task, user=cast.mila.user_id)

    assert statements() == few
