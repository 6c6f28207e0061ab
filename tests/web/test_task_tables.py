"""The table of a board, and its cells."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import OwnFieldKind
from pmo.models import Task
from pmo.services import own_fields, tasks
from tests.cast import NOW, Cast, sign_in

HTMX = {"HX-Request": "true"}


def add(cast: Cast, name: str, kind: OwnFieldKind, choices: tuple[str, ...] = ()) -> int:
    project = cast.orchard.project
    return own_fields.add(project, name=name, kind=kind, choices=choices, actor=cast.lev, at=NOW)


def table(client: FlaskClient, cast: Cast, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/boards/{cast.orchard.board}/table{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def keys(page: BeautifulSoup) -> list[str]:
    return [it.text for it in page.select("tbody th a")]


def test_rows_tell_what_the_cards_hold(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)
    given = {"own": {"f1": "1200,5"}, "weight": 7}
    tasks.edit(cast.orchard.tasks[0], given, base_version=1, actor=cast.mila, at=NOW)

    page = table(sign_in(client, "olga"), cast)

    heads = [it.text for it in page.select("thead th")]
    first = [it.text.strip() for it in page.select("tbody tr")[0].select("th, td")]
    assert heads[-1] == "Budget"
    assert first == [
        "ШШ-1",
        "Task 1 of Orchard",
        "Queue",
        "Stage 1",
        "Mila",
        "",
        "7",
        "",
        "1,200.5",
    ]
    assert not page.select(".cell__link")


def test_heads_sort_and_turn_round(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "mila")
    page = table(client, cast)
    up = next(it["href"] for it in page.select("thead a") if it.text == "Card")
    sorted_up = BeautifulSoup(client.get(up).text, "lxml")
    down = next(it["href"] for it in sorted_up.select("thead a") if it.text == "Card")

    assert keys(sorted_up) == ["ШШ-1", "ШШ-2", "ШШ-3"]
    assert keys(BeautifulSoup(client.get(down).text, "lxml")) == ["ШШ-3", "ШШ-2", "ШШ-1"]


def test_own_fields_sort_by_what_they_hold(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)
    for task, text in zip(cast.orchard.tasks, ("10", "", "9.5"), strict=True):
        tasks.edit(task, {"own": {"f1": text}}, base_version=1, actor=cast.mila, at=NOW)
    sign_in(client, "mila")

    assert keys(table(client, cast, "?sort=own.f1")) == ["ШШ-3", "ШШ-1", "ШШ-2"]
    assert keys(table(client, cast, "?sort=-own.f1")) == ["ШШ-1", "ШШ-3", "ШШ-2"]
    assert keys(table(client, cast, "?sort=stage")) == ["ШШ-1", "ШШ-2", "ШШ-3"]


def test_columns_are_chosen_by_address(client: FlaskClient, cast: Cast) -> None:
    page = table(sign_in(client, "mila"), cast, "?columns=weight&columns=kind&columns=nothing")

    assert [it.text for it in page.select("thead th")] == ["Card", "Title", "Weight", "Kind"]


def test_pages_hold_fifty(client: FlaskClient, cast: Cast) -> None:
    for number in range(4, 55):
        fields = {"title": f"Task {number}"}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)
    sign_in(client, "mila")

    first = table(client, cast, "?sort=number")
    second = BeautifulSoup(client.get(first.select_one("[rel=next]")["href"]).text, "lxml")

    assert (len(keys(first)), len(keys(second))) == (50, 4)
    assert keys(second)[-1] == "ШШ-54"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("own.f1=online", ["ШШ-1"]),
        ("own.f2.from=10&own.f2.to=20,5", ["ШШ-1", "ШШ-2"]),
        ("own.f2.from=15", ["ШШ-2"]),
        ("own=f2%3A10", ["ШШ-1"]),
        ("own.f3.to=2025-02-30", ["ШШ-2"]),
        ("own.f3=01.02.2025", ["ШШ-2"]),
        ("own.f4=ЕЛКА+зал", ["ШШ-2"]),
        ("own.f4=100%25", []),
        ("own.f9=x", []),
        ("own.f1=online&own.f2.from=15", []),
    ],
)
def test_own_fields_filter(client: FlaskClient, cast: Cast, query: str, found: list[str]) -> None:
    add(cast, "Form", OwnFieldKind.CHOICE, ("on site", "online"))
    add(cast, "Budget", OwnFieldKind.NUMBER)
    add(cast, "Day", OwnFieldKind.DATE)
    add(cast, "Place", OwnFieldKind.TEXT)
    first, second, _ = cast.orchard.tasks
    one = {"f1": "online", "f2": "10"}
    other = {"f1": "on site", "f2": "20.5", "f3": "2025-02-01", "f4": "Актовый зал, ёлка"}
    for task, own in ((first, one), (second, other)):
        tasks.edit(task, {"own": own}, base_version=1, actor=cast.mila, at=NOW)

    page = table(sign_in(client, "mila"), cast, f"?{query}")

    assert keys(page) == found


@pytest.mark.parametrize(
    "query", ["own.f1.from=much", "own=f1%3E%3Dmuch", "own=x", "columns=" + "x" * 41]
)
def test_what_is_not_understood_is_refused(client: FlaskClient, cast: Cast, query: str) -> None:
    answer = sign_in(client, "mila").get(f"/boards/{cast.orchard.board}/table?{query}")

    assert answer.status_code == 422


def test_filter_bar_shows_what_was_asked(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)

    page = table(sign_in(client, "mila"), cast, "?own=f1%3E%3D10&sort=title")

    assert page.select_one("[name='own.f1.from']")["value"] == "10"
    assert page.select_one("#filters [name=sort]")["value"] == "title"


def test_statements_do_not_grow_with_the_rows(client: FlaskClient, cast: Cast) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)
    sign_in(client, "mila")
    counts = []
    for number, task in enumerate(cast.orchard.tasks):
        given = {"own": {"f1": "5"}, "title": f"found {number}"}
        tasks.edit(task, given, base_version=1, actor=cast.mila, at=NOW)
        with count_queries() as counted:
            table(client, cast, "?search=found")
        counts.append(counted.count)

    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("title", ["New name"], "New name"),
        ("due_on", ["2125-03-01"], "1 Mar 2125"),
        ("due_on", [""], "empty"),
        ("weight", ["12"], "12"),
        ("kind", ["document"], "Document"),
        ("stage", [""], "empty"),
        ("assignees", [""], "empty"),
        ("own.f1", ["12,5"], "12.5"),
    ],
)
def test_cell_is_edited_in_its_place(
    client: FlaskClient, cast: Cast, field: str, value: list[str], shown: str
) -> None:
    add(cast, "Budget", OwnFieldKind.NUMBER)
    address = f"/tasks/{cast.orchard.tasks[0]}/cells/{field}"
    sign_in(client, "mila")

    editor = BeautifulSoup(client.get(address, headers=HTMX).text, "lxml")
    answer = client.post(address, data={"value": value, "version": 1}, headers=HTMX)

    assert editor.select_one("form")["action"] == address
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "lxml")
    assert page.select_one(".cell__link").text.strip() == shown


def test_edit_of_a_cell_can_be_taken_back(client: FlaskClient, cast: Cast) -> None:
    address = f"/tasks/{cast.orchard.tasks[0]}/cells/weight"
    sign_in(client, "mila")

    answer = client.post(address, data={"value": "9", "version": 1}, headers=HTMX)
    client.post(BeautifulSoup(answer.text, "lxml").select_one("[data-undo] form")["action"])

    assert Task.get_by_id(cast.orchard.tasks[0]).weight == 1


def test_cell_of_several_takes_all_of_them(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    people = [str(cast.mila.user_id), str(cast.lev.user_id)]

    answer = sign_in(client, "mila").post(
        f"/tasks/{task}/cells/assignees", data={"value": people, "version": 1}, headers=HTMX
    )

    assert "Lev, Mila" in answer.text


def test_cell_without_a_script_is_a_page_that_leads_back(client: FlaskClient, cast: Cast) -> None:
    address = f"/tasks/{cast.orchard.tasks[0]}/cells/title"
    back = f"/boards/{cast.orchard.board}/table?sort=title"
    sign_in(client, "mila")

    page = BeautifulSoup(client.get(address, query_string={"back": back}).text, "lxml")
    saved = client.post(address, data={"value": "New", "version": 1, "back": back})
    astray = client.post(address, data={"value": "New", "version": 2, "back": "//evil.test"})

    assert page.select_one("[name=back]")["value"] == back
    assert (saved.status_code, saved.location) == (303, back)
    assert astray.location == f"/tasks/{cast.orchard.tasks[0]}"


def test_clash_in_a_cell_shows_both_values(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"title": "Theirs"}, base_version=1, actor=cast.lev, at=NOW)
    address = f"/tasks/{task}/cells/title"
    sign_in(client, "mila")

    clash = client.post(address, data={"value": "Mine", "version": 1}, headers=HTMX)
    form = BeautifulSoup(clash.text, "lxml")
    version = form.select_one("[name=version]")["value"]
    client.post(address, data={"value": "Mine", "version": version}, headers=HTMX)

    assert clash.status_code == 409
    assert "“Theirs”" in form.select_one("[role=alert]").text
    assert form.select_one("[name=value]")["value"] == "Mine"
    assert Task.get_by_id(task).title == "Mine"


def test_different_fields_do_not_clash(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"title": "Theirs"}, base_version=1, actor=cast.lev, at=NOW)

    sign_in(client, "mila").post(
        f"/tasks/{task}/cells/weight", data={"value": "9", "version": 1}, headers=HTMX
    )

    found = Task.get_by_id(task)
    assert (found.title, found.weight) == ("Theirs", 9)


def test_value_that_does_not_fit_comes_back_as_typed(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "mila").post(
        f"/tasks/{cast.orchard.tasks[0]}/cells/weight",
        data={"value": "much", "version": 1},
        headers=HTMX,
    )

    form = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert form.select_one("[name=value]")["value"] == "much"


def test_dragging_tells_its_fault_in_a_notice(client: FlaskClient, cast: Cast) -> None:
    task = cast.orchard.tasks[0]
    tasks.edit(task, {"due_on": NOW.date()}, base_version=1, actor=cast.lev, at=NOW)
    given = {"value": "2025-03-01", "version": 1, "is_drag": "true"}

    answer = sign_in(client, "mila").post(f"/tasks/{task}/cells/due_on", data=given, headers=HTMX)

    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"


@pytest.mark.parametrize("field", ["nothing", "own.f7", "version", "project_id"])
def test_field_that_is_none_does_not_exist(client: FlaskClient, cast: Cast, field: str) -> None:
    sign_in(client, "mila")
    address = f"/tasks/{cast.orchard.tasks[0]}/cells/{field}"

    answers = [client.get(address), client.post(address, data={"value": "1", "version": 1})]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(("login", "status"), [("olga", 403), ("clea", 404)])
def test_cells_are_closed_to_others(
    client: FlaskClient, cast: Cast, login: str, status: int
) -> None:
    sign_in(client, login)
    address = f"/tasks/{cast.orchard.tasks[0]}/cells/title"

    answers = [client.get(address), client.post(address, data={"value": "x", "version": 1})]

    assert {answer.status_code for answer in answers} == {status}
