"""The options of the command palette: what is offered to whom, where, and for which words."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.domain.permissions import Capability
from pmo.http.access import capability_of
from pmo.http.commands import COMMANDS
from pmo.models import BoardLook, Membership, User
from pmo.services import tasks
from tests.cast import NOW, Cast, sign_in
from tests.corpus import PAYLOADS

FRAGMENT = {"HX-Request": "true"}


def offered(client: FlaskClient, search: str = "", at: str = "/my-work") -> dict[str, str]:
    """Return texts and addresses of the options."""
    query = {"search": search, "at": at}
    answer = client.get("/palette", query_string=query, headers=FRAGMENT)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "lxml")
    forms = {form["id"]: form["action"] for form in page.select("form")}
    return {
        option.select_one(".palette__text").text: option.get("href") or forms[option["form"]]
        for option in page.select("[role=option]")
    }


def board_of(cast: Cast) -> str:
    return f"/boards/{cast.orchard.board}"


def test_one_can_go_anywhere_that_is_open(client: FlaskClient, cast: Cast) -> None:
    found = offered(sign_in(client, "mila"))

    assert found["My work"] == "/my-work"
    assert found["Registry of projects"] == "/projects"
    assert found["ШШ · Orchard"] == board_of(cast)
    assert found["Propose an initiative"] == "/projects/new"
    assert found["Sign out"] == "/sign-out"
    assert found["Перейти на русский язык"] == "/account/language"
    assert "Users" not in found
    assert "ГВ · Harbour" not in found


def test_every_command_is_there_for_those_who_may(client: FlaskClient, cast: Cast) -> None:
    place = board_of(cast)
    usual = set(offered(sign_in(client, "ada"), at=place))
    rare = {str(command.text) for command in COMMANDS if command.is_rare}
    typed = {text for text in rare if text in offered(client, text, at=place)}

    assert typed == rare
    assert {str(command.text) for command in COMMANDS} - rare <= usual
    assert not rare & usual


@pytest.mark.one_database
def test_commands_need_what_their_pages_need(app: Flask) -> None:
    apart = [
        command.endpoint
        for command in COMMANDS
        if not command.focus
        and command.needed
        is not capability_of(app, command.endpoint, "POST" if command.fields is not None else "GET")
    ]

    assert set(apart) <= {"sessions.destroy"}
    assert all(isinstance(command.needed, Capability) for command in COMMANDS)


@pytest.mark.parametrize("login", ["ada", "lev", "mila", "olga"])
def test_every_option_leads_to_a_page(client: FlaskClient, cast: Cast, login: str) -> None:
    sign_in(client, login)
    for text, path in offered(client, at=board_of(cast)).items():
        if path not in {"/sign-out", "/account/language"}:
            assert client.get(path).status_code in {200, 302}, text


@pytest.mark.parametrize(
    ("login", "there", "missing"),
    [
        ("lev", {"New card on this board", "Settings of the board", "Edit the passport"}, set()),
        ("mila", {"New card on this board", "Only my cards"}, {"Settings of the board"}),
        ("olga", {"Only my cards"}, {"New card on this board", "Edit the passport"}),
        ("clea", set(), {"New card on this board", "Only my cards", "Page of the project"}),
    ],
)
def test_a_board_offers_what_one_may_do_there(
    client: FlaskClient, cast: Cast, login: str, there: set[str], missing: set[str]
) -> None:
    found = offered(sign_in(client, login), at=board_of(cast))

    assert there <= set(found)
    assert not missing & set(found)


def test_what_is_typed_narrows(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")

    assert next(iter(offered(client, "propo ini"))) == "Propose an initiative"
    assert next(iter(offered(client, "new card", at=board_of(cast)))) == "New card on this board"
    assert "ШШ · Orchard" in offered(client, "orch")
    assert next(iter(offered(client, "шш-2"))) == "ШШ-2 Task 2 of Orchard"
    assert list(offered(client, "zzz")) == ["Everything found for “zzz”"]


def test_words_of_the_other_language_find_its_switch(client: FlaskClient, cast: Cast) -> None:
    User.update(language="ru").execute()

    assert "Switch to English" in offered(sign_in(client, "mila"), "англ")


def test_the_language_is_switched_and_one_stays(client: FlaskClient, cast: Cast) -> None:
    form = {"language": "ru", "next": board_of(cast)}
    answer = sign_in(client, "mila").post("/account/language", data=form)
    away = client.post("/account/language", data={"language": "ru", "next": "//example.test"})

    assert (answer.status_code, answer.location) == (303, board_of(cast))
    assert away.location == "/account"


@pytest.mark.parametrize(
    "at", ["", "/", "/boards/999999", "/boards/", "//boards/1x", "https://example.test/", "☃"]
)
def test_a_strange_place_offers_nothing_of_a_place(
    client: FlaskClient, cast: Cast, at: str
) -> None:
    assert "Only my cards" not in offered(sign_in(client, "mila"), at=at)


def test_the_look_of_a_board_is_chosen_and_its_filter_stays(
    client: FlaskClient, cast: Cast
) -> None:
    place = f"{board_of(cast)}?mine=1&sort=x&search=a+b"

    compact = offered(sign_in(client, "mila"), "compact", at=place)["Cards: compact"]
    answer = client.post(compact, data={"density": "compact"})

    assert compact == f"{board_of(cast)}/look?search=a+b&mine=1"
    assert answer.location == f"{board_of(cast)}?search=a+b&mine=1"
    assert BoardLook.get().look["density"] == "compact"
    assert offered(client, "table", at=f"{board_of(cast)}?mine=perhaps")["Board as a table"] == (
        f"{board_of(cast)}/table"
    )


def visited(client: FlaskClient, *addresses: str) -> list[str]:
    query = {"visited": list(addresses), "at": addresses[0]}
    page = client.get("/palette", query_string=query, headers=FRAGMENT).text
    links = BeautifulSoup(page, "lxml").select("[aria-label='Looked at before'] a")
    return [f"{link['href']} {link.text}" for link in links]


def test_what_was_looked_at_before_is_offered_in_its_order(client: FlaskClient, cast: Cast) -> None:
    task, board = f"/tasks/{cast.orchard.tasks[0]}", board_of(cast)
    project, foreign = f"/projects/{cast.orchard.project}", f"/tasks/{cast.harbour.tasks[0]}"

    found = visited(
        sign_in(client, "mila"), "/my-work", task, foreign, project, board, "/tasks/x", "//evil/1"
    )

    assert found == [
        f"{task} ШШ-1 Task 1 of Orchard Card",
        f"{project} ШШ Orchard Project",
        f"{board} ШШ Board of Orchard Board",
    ]
    assert visited(client, task, task) == []
    assert visited(sign_in(client, "clea"), "/", task, project, board) == []


def test_strangers_find_nothing_of_others(client: FlaskClient, cast: Cast) -> None:
    for search in ("", "orchard", "шш-1", "task"):
        answer = sign_in(client, "clea").get(
            "/palette", query_string={"search": search, "at": board_of(cast)}, headers=FRAGMENT
        )
        assert "Orchard" not in answer.text


def test_what_was_revoked_is_not_offered(client: FlaskClient, cast: Cast) -> None:
    Membership.delete().where(Membership.user == cast.mila.user_id).execute()

    found = offered(sign_in(client, "mila"), "orchard", at=board_of(cast))

    assert list(found) == ["Everything found for “orchard”"]


def test_without_javascript_there_is_the_search(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "mila").get("/palette?search=abc")

    assert (answer.status_code, answer.location) == (303, "/search?search=abc")


def test_number_of_statements_does_not_grow(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")
    offered(client, "task", at=board_of(cast))
    with count_queries() as few:
        offered(client, "task", at=board_of(cast))
    for number in range(12):
        tasks.create(
            cast.orchard.columns[0], fields={"title": f"Task {number}"}, actor=cast.lev, at=NOW
        )
    with count_queries() as many:
        offered(client, "task", at=board_of(cast))

    assert many.count == few.count <= 10


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_stay_texts(client: FlaskClient, cast: Cast, payload: str) -> None:
    title = f"needle {payload}"[:200]
    made = tasks.create(cast.orchard.columns[0], fields={"title": title}, actor=cast.lev, at=NOW)
    sign_in(client, "mila")

    visited = ["/tasks/1", f"/tasks/{made.task_id}", payload[:40]]
    for search in ("needle", payload, ""):
        query = {"search": search, "at": f"/boards/{cast.orchard.board}?{payload}"}
        query |= {"visited": visited} if not search else {}
        answer = client.get("/palette", query_string=query, headers=FRAGMENT)
        page = BeautifulSoup(answer.text, "lxml")
        names = {tag.name for tag in page.body.find_all()}
        assert names <= {"div", "a", "span", "mark", "button", "form", "input", "p"}
