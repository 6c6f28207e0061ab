"""Tasks as a file, through pages and API."""

import csv
import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playhouse.test_utils import count_queries

from pmo.domain.vocabulary import LabelColour, OwnFieldKind
from pmo.models import Board, Column, Stage, Task, User
from pmo.queries import task_tables
from pmo.queries.task_filters import EVERYTHING
from pmo.services import labels, own_fields, tasks
from tests.cast import NOW, Cast, bearer, sign_in


def rows_of(data: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter))


def test_a_board_goes_out_with_all_its_cards(client: FlaskClient, cast: Cast) -> None:
    fields = {"title": "=1+1", "description": "- one\n- two", "due_on": NOW.date()}
    tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)

    answer = sign_in(client, "olga").get(
        f"/boards/{cast.orchard.board}/tasks-file?format=csv", buffered=True
    )

    rows = rows_of(answer.data)
    assert [row["Number"] for row in rows] == ["ШШ-1", "ШШ-2", "ШШ-3", "ШШ-4"]
    assert (rows[0]["Title"], rows[0]["Assignees"]) == ("Task 1 of Orchard", "Mila")
    assert (rows[3]["Title"], rows[3]["Due date"]) == ("'=1+1", "2025-01-15")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "filename*=UTF-8''%D0%A8%D0%A8-Board" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["/boards/{board}/tasks-file", "/projects/{project}/tasks-file"]
)
def test_a_workbook_is_what_comes_unasked(client: FlaskClient, cast: Cast, address: str) -> None:
    place = address.format(board=cast.orchard.board, project=cast.orchard.project)

    answer = sign_in(client, "olga").get(place, buffered=True)

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "Task 3 of Orchard" in archive.read("xl/sharedStrings.xml").decode()


def test_the_filter_holds_and_so_does_the_archive(client: FlaskClient, cast: Cast) -> None:
    Task.update(archived_at=NOW).where(Task.id == cast.orchard.tasks[1]).execute()
    sign_in(client, "olga")

    found = client.get(
        f"/boards/{cast.orchard.board}/tasks-file?format=csv&delimiter=comma&bom=0&search=orchard",
        buffered=True,
    )
    mine = client.get(f"/boards/{cast.orchard.board}/tasks-file?format=csv&mine=1", buffered=True)

    assert [row["Number"] for row in rows_of(found.data, ",")] == ["ШШ-1", "ШШ-3"]
    assert rows_of(mine.data) == []


def test_the_page_keeps_the_filter_of_its_address(client: FlaskClient, cast: Cast) -> None:
    answer = sign_in(client, "olga").get(
        f"/boards/{cast.orchard.board}/export?search=1&assignee_id={cast.mila.user_id}"
    )

    page = BeautifulSoup(answer.text, "lxml")
    hidden = {it["name"]: it["value"] for it in page.select("form.box input[type=hidden]")}
    assert hidden == {"search": "1", "assignee_id": str(cast.mila.user_id)}
    assert "1 card fits the filter" in page.text


def test_nothing_that_people_name_becomes_a_formula(client: FlaskClient, cast: Cast) -> None:
    evil = "=HYPERLINK(1)"
    project, who = cast.orchard.project, {"actor": cast.lev, "at": NOW}
    kind = OwnFieldKind.CHOICE
    own_fields.add(project, name=f"@{evil}", kind=kind, choices=(evil, "-2+3"), **who)
    label = labels.add(project, name=f"+{evil}", colour=LabelColour.RED, **who)
    fields = {"title": evil, "responsible": f"\t{evil}", "own": {"f1": evil}, "label_ids": [label]}
    tasks.create(cast.orchard.columns[0], fields=fields, **who)
    Column.update(name=evil).where(Column.id == cast.orchard.columns[0]).execute()
    Board.update(name=f"-{evil}").where(Board.id == cast.orchard.board).execute()
    Stage.update(name=evil).where(Stage.project == project).execute()
    User.update(name=f"@{evil}").where(User.login == "mila").execute()
    sign_in(client, "olga")

    for place in (f"/boards/{cast.orchard.board}", f"/projects/{project}"):
        text = client.get(f"{place}/tasks-file?format=csv", buffered=True).data.decode("utf-8-sig")
        book = client.get(f"{place}/tasks-file", buffered=True).data
        cells = [
            it for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for it in row
        ]
        assert not [it for it in cells if it.strip()[:1] in {"=", "+", "-", "@"}]
        assert text.count(f"'{evil}") >= 5
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_project_leads_to_its_file(client: FlaskClient, cast: Cast) -> None:
    project = f"/projects/{cast.orchard.project}"
    sign_in(client, "olga")

    shown = BeautifulSoup(client.get(project).text, "lxml")
    page = BeautifulSoup(client.get(f"{project}/export").text, "lxml")

    assert shown.select_one(f"main header a[href='{project}/export']")
    assert shown.select_one(f"main a[href='{project}/timeline']")
    assert page.select_one("main form")["action"] == f"{project}/tasks-file"
    assert "3 cards, without the archive" in page.text
    assert sign_in(client, "clea").get(f"{project}/export").status_code == 404


def test_the_api_gives_the_same_file(client: FlaskClient, cast: Cast) -> None:
    answer = client.get(
        f"/api/v1/projects/{cast.orchard.project}/tasks/file?format=csv&kind=event",
        headers=bearer("olga"),
        buffered=True,
    )

    assert len(rows_of(answer.data)) == 3


@pytest.mark.parametrize("query", ["format=pdf", "delimiter=;", "what=1", "bom=maybe"])
def test_unknown_wishes_are_refused(client: FlaskClient, cast: Cast, query: str) -> None:
    sign_in(client, "olga")

    answer = client.get(f"/boards/{cast.orchard.board}/tasks-file?{query}")

    assert answer.status_code == 422


def test_statements_do_not_grow_with_cards(cast: Cast) -> None:
    def counted() -> int:
        with count_queries() as found:
            table = task_tables.of_board(
                cast.orchard.board, cast.olga, EVERYTHING, today=NOW.date()
            )
            list(table.rows)
        return int(found.count)

    few = counted()
    for number in range(20):
        fields = {"title": f"More {number}", "label_ids": list(cast.orchard.labels)}
        tasks.create(cast.orchard.columns[0], fields=fields, actor=cast.lev, at=NOW)

    assert counted() == few
