import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import peewee as pw
import pytest
from flask.testing import FlaskClient

from pmo.documents import portfolio_file
from pmo.domain.vocabulary import Role
from pmo.models import Event, Project, User
from tests.api.conftest import Caller
from tests.cast import NOW, Cast, bearer
from tests.documents.portfolios import good


def test_export_is_the_file_and_the_journal_knows_of_it(ada: Caller, cast: Cast) -> None:
    yaml = ada("POST", "/portfolio-file/export", {})
    as_json = ada("POST", "/portfolio-file/export", {"format": "json"})

    assert (yaml.status_code, yaml.mimetype) == (200, "application/yaml")
    assert "ШШ" in yaml.get_data(as_text=True)
    assert yaml.headers["Content-Disposition"].startswith("attachment; filename=portfolio-")
    codes = [project["code"] for project in json.loads(as_json.data)["projects"]]
    assert codes == ["ГВ", "ШШ"]
    assert [event.kind for event in Event.select()] == ["portfolio.exported"] * 2


def test_import_lists_every_fault_by_its_place(ada: Caller, cast: Cast) -> None:
    response = ada("POST", "/portfolio-file", {"format": "no", "projects": [{"code": 5}]})

    assert response.status_code == 422
    assert response.json["code"] == "file_refused"
    places = {error["pointer"] for error in response.json["errors"]}
    assert {"format", "projects[0].code"} <= places


def test_import_into_an_office_with_projects_is_refused(ada: Caller, cast: Cast) -> None:
    exported = ada("POST", "/portfolio-file/export", {"format": "json"}).json

    response = ada("POST", "/portfolio-file", exported)

    assert (response.status_code, response.json["code"]) == (409, "portfolio_not_empty")
    assert Project.select().count() == 2


@pytest.mark.one_database
def test_import_takes_yaml_and_json_only(ada: Caller, cast: Cast) -> None:
    response = ada.client.post(
        "/api/v1/portfolio-file",
        data=b"<xml/>",
        headers={**ada.headers, "Content-Type": "application/xml"},
    )

    assert response.status_code == 415


def test_file_is_not_for_everybody(caller: Callable[..., Caller], cast: Cast) -> None:
    answers = [
        caller("dina")("POST", "/portfolio-file", {}),
        caller("lev")("POST", "/portfolio-file/export", {}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_a_zip_comes_in_by_its_media_type(client: FlaskClient, db: pw.Database) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("portfolio.yaml", portfolio_file.dump(good(), "yaml"))
    User.create(login="root", name="Root", role=Role.ADMINISTRATOR, created_at=NOW)

    response = client.post(
        "/api/v1/portfolio-file",
        data=content.getvalue(),
        headers=bearer("root"),
        content_type="application/zip",
    )

    assert response.status_code == 200, response.json
    assert (response.json["files"], response.json["files_missing"]) == (0, 2)
