"""Bad input at the door of the API: a clear answer, and nothing is changed."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from pmo.models import Event, Task
from tests.api.conftest import Caller
from tests.cast import Cast, sign_in

NOT_THEIRS = (
    "id",
    "project_id",
    "role",
    "is_admin",
    "version",
    "moves",
    "rank",
    "number",
    "created_at",
    "created_by",
    "created_by_id",
    "actor",
    "author_id",
    "user_id",
    "column_id",
)


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_field_that_is_not_theirs_to_set_is_refused(lev: Caller, cast: Cast, name: str) -> None:
    made = lev("POST", f"/columns/{cast.orchard.columns[0]}/tasks", {"title": "x", name: 1})
    edited = lev.edit(f"/tasks/{cast.orchard.tasks[0]}", {name: 1})

    assert (made.status_code, edited.status_code) == (422, 422)
    assert made.json["errors"] == [{"pointer": f"#/{name}", "detail": "There is no such field."}]
    assert Event.select().count() == 0


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": 5}, "#/title"),
        ({"title": " \t "}, "#/title"),
        ({"title": "x" * 201}, "#/title"),
        ({"title": "a\x00b"}, "#/title"),
        ({"description": "\ud800"}, "#/description"),
        ({"weight": "1"}, "#/weight"),
        ({"weight": 1.5}, "#/weight"),
        ({"weight": True}, "#/weight"),
        ({"weight": -1}, "#/weight"),
        ({"weight": 10**30}, "#/weight"),
        ({"kind": "party"}, "#/kind"),
        ({"due_on": "31.10.2021"}, "#/due_on"),
        ({"due_on": "2021-02-30"}, "#/due_on"),
        ({"assignee_ids": [1, "2"]}, "#/assignee_ids/1"),
        ({"assignee_ids": 1}, "#/assignee_ids"),
        ({"stage_id": 0}, "#/stage_id"),
        ({"title": None}, "#/title"),
    ],
)
def test_wrong_value_is_told_by_its_place(
    lev: Caller, cast: Cast, changes: dict[str, Any], pointer: str
) -> None:
    response = lev.edit(f"/tasks/{cast.orchard.tasks[0]}", changes)

    assert response.status_code == 422, response.text
    assert pointer in [error["pointer"] for error in response.json["errors"]]
    assert Task.get_by_id(cast.orchard.tasks[0]).version == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"title=x", "application/x-www-form-urlencoded", 415),
        (b'{"title": "x"}', "text/plain", 415),
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"title": "\xff"}', "application/json", 400),
        (b"[" * 200_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"null", "application/json", 422),
        (b'"title"', "application/json", 422),
    ],
)
def test_body_that_is_no_json_object_is_refused(
    lev: Caller, cast: Cast, client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    response = client.post(
        f"/api/v1/columns/{cast.orchard.columns[0]}/tasks",
        data=body,
        headers={**lev.headers, "Content-Type": content_type},
    )

    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert Event.select().count() == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/projects?colour=red", "query/colour"),
        ("/projects?sort=id;drop", "query/sort"),
        ("/projects?page=0", "query/page"),
        ("/projects?page_size=101", "query/page_size"),
        ("/projects?page=1&page=2", "query/page"),
        ("/projects?gate=open", "query/gate"),
        ("/projects?mine=perhaps", "query/mine"),
        ("/my-work?limit=1", "query/limit"),
        ("/me?user_id=1", "query/user_id"),
    ],
)
def test_parameter_that_is_not_understood_is_refused(lev: Caller, address: str, place: str) -> None:
    response = lev("GET", address)

    assert response.status_code == 422, response.text
    assert [error["pointer"] for error in response.json["errors"]] == [place]


@pytest.mark.parametrize("number", ["0", "2147483647", "2147483648", "9" * 40, "-1", "x", "1.5"])
def test_number_that_names_nothing_is_404(lev: Caller, number: str) -> None:
    response = lev("GET", f"/tasks/{number}")

    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


@pytest.mark.one_database
def test_method_that_is_not_there_is_405_with_those_that_are(lev: Caller, cast: Cast) -> None:
    response = lev("PUT", f"/tasks/{cast.orchard.tasks[0]}", {})

    assert response.status_code == 405
    assert {"GET", "PATCH"} <= set(response.headers["Allow"].split(", "))
    assert response.mimetype == "application/problem+json"


@pytest.mark.one_database
def test_stranger_is_asked_to_sign_in_in_the_terms_of_the_api(client: FlaskClient) -> None:
    response = client.get("/api/v1/me")

    assert response.status_code == 401
    assert response.mimetype == "application/problem+json"
    assert json.loads(response.data)["code"] == "sign_in_needed"


@pytest.mark.one_database
def test_pages_still_answer_errors_as_pages(client: FlaskClient) -> None:
    response = client.get("/nowhere", headers={"Accept": "application/json"})

    assert response.status_code == 404
    assert response.mimetype == "text/html"


@pytest.mark.one_database
def test_problem_has_every_part_of_rfc_9457(lev: Caller) -> None:
    response = lev("GET", "/tasks/999999")

    problem = response.json
    assert problem["type"] == "urn:pmo:problem:not_found"
    assert (problem["status"], problem["instance"]) == (404, "/api/v1/tasks/999999")
    assert problem["request_id"] == response.headers["X-Request-Id"]


@pytest.mark.one_database
@pytest.mark.parametrize("query", ["sort=", "lead_id=x", "gate=nowhere", "page=0", "mine=maybe"])
def test_parameter_that_its_document_does_not_allow_is_refused(lev: Caller, query: str) -> None:
    assert lev("GET", f"/projects?{query}").status_code == 422


@pytest.mark.one_database
def test_form_with_get_may_leave_its_fields_empty(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "lev")

    response = client.get("/projects?search=&gate=&lead_id=&sort=")

    assert response.status_code == 200
