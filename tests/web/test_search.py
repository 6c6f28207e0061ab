"""The page of the search, its form in every header, and its API twin."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from pmo.domain.vocabulary import TokenScope
from pmo.models import Task
from pmo.services import tasks
from tests.cast import NOW, Cast, bearer, sign_in
from tests.corpus import PAYLOADS


def make(cast: Cast, title: str, **fields: object) -> int:
    column = cast.orchard.columns[0]
    made = tasks.create(column, fields={"title": title, **fields}, actor=cast.lev, at=NOW)
    return made.task_id


def test_finds_are_linked_and_marked(client: FlaskClient, cast: Cast) -> None:
    task = make(cast, "Встреча сообщества", description="Обсудить **сообщества** школ")

    page = sign_in(client, "mila").get("/search?search=сообщество").text

    [find] = BeautifulSoup(page, "lxml").select(".find")
    assert find.select_one("a")["href"] == f"/tasks/{task}"
    assert [mark.text for mark in find.select("mark")] == ["сообщества", "сообщества"]
    assert "1 found" in page


def test_a_passport_is_linked_to_its_place(client: FlaskClient, cast: Cast) -> None:
    page = BeautifulSoup(sign_in(client, "mila").get("/search?search=goal").text, "lxml")

    links = [link["href"] for link in page.select(".find a")]
    assert links == [f"/projects/{cast.orchard.project}#passport"]


def test_every_page_has_the_form_of_the_search(client: FlaskClient, cast: Cast) -> None:
    page = BeautifulSoup(sign_in(client, "mila").get("/my-work").text, "lxml")

    form = page.select_one("header form[role=search]")
    assert (form["action"], form["method"]) == ("/search", "get")
    assert form.select_one("input[name=search]")


def test_filters_and_pages_keep_what_was_asked(client: FlaskClient, cast: Cast) -> None:
    for number in range(3):
        make(cast, f"Смета {number}")
    query = f"search=смета&project_id={cast.orchard.project}&kind=task&page_size=2"

    page = BeautifulSoup(sign_in(client, "mila").get(f"/search?{query}").text, "lxml")

    assert len(page.select(".find")) == 2
    following = BeautifulSoup(client.get(page.select_one("[rel=next]")["href"]).text, "lxml")
    assert len(following.select(".find")) == 1
    assert following.select_one("option[selected][value=task]")
    assert page.select_one("option[selected][value=task]")


def test_an_archived_card_is_marked(client: FlaskClient, cast: Cast) -> None:
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[0]).execute()

    page = sign_in(client, "mila").get("/search?search=ШШ-1 ").text

    assert "In the archive" in page


@pytest.mark.parametrize("path", ["/search", "/search?search=", "/search?search=ничего"])
def test_without_finds_the_page_says_so(client: FlaskClient, cast: Cast, path: str) -> None:
    answer = sign_in(client, "mila").get(path)

    assert answer.status_code == 200
    assert not BeautifulSoup(answer.text, "lxml").select(".find")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_stay_texts(client: FlaskClient, cast: Cast, payload: str) -> None:
    make(cast, f"needle {payload}"[:200], description=f"{payload} needle {payload}")

    plain = BeautifulSoup(sign_in(client, "mila").get("/search?search=none").text, "lxml")
    page = BeautifulSoup(client.get("/search", query_string={"search": "needle"}).text, "lxml")
    echoed = client.get("/search", query_string={"search": payload}).text

    find = page.select_one(".find")
    assert payload in find.text
    assert {tag.name for tag in find.find_all()} <= {"a", "span", "p", "mark"}
    for name in ("script", "img", "svg", "iframe", "style"):
        expected = len(plain.find_all(name))
        assert len(BeautifulSoup(echoed, "lxml").find_all(name)) == expected


def test_the_api_gives_the_same_as_the_page(client: FlaskClient, cast: Cast) -> None:
    make(cast, "Встреча сообщества", description="Обсудить сообщества школ")

    answer = client.get(
        "/api/v1/search?search=сообщество", headers=bearer("mila", TokenScope.READ)
    ).json

    [item] = answer["items"]
    assert (item["kind"], item["key"], item["title"]) == ("task", "ШШ-4", "Встреча сообщества")
    assert [piece["text"] for piece in item["text"] if piece["is_match"]] == ["сообщества"]
    assert (answer["total"], answer["has_more"]) == (1, False)


def test_the_api_finds_a_stranger_nothing(client: FlaskClient, cast: Cast) -> None:
    query = f"search=orchard&project_id={cast.orchard.project}"

    answer = client.get(f"/api/v1/search?{query}", headers=bearer("clea")).json

    assert answer["items"] == []


def test_an_unknown_kind_is_refused(client: FlaskClient, cast: Cast) -> None:
    page = sign_in(client, "mila").get("/search?search=x&kind=user")
    api = client.get("/api/v1/search?search=x&kind=user", headers=bearer("mila"))

    assert (page.status_code, api.status_code) == (422, 422)
