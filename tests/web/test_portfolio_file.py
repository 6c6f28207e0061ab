"""The page of the portfolio file."""

import zipfile
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from pmo.config import Settings
from pmo.models import Event, Project
from tests.cast import Cast, sign_in
from tests.files import attach


@pytest.mark.parametrize("format_name", ["yaml", "json"])
def test_office_takes_the_portfolio_out(client: FlaskClient, cast: Cast, format_name: str) -> None:
    answer = sign_in(client, "dina").post("/portfolio-file/export", data={"format": format_name})

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].endswith(f".{format_name}")
    assert "Project Orchard" in answer.text
    assert Event.get(Event.kind == "portfolio.exported").actor_id == cast.dina.user_id


def test_files_of_cards_go_out_and_come_in_as_a_zip(
    client: FlaskClient, cast: Cast, settings: Settings
) -> None:
    attach(cast.orchard, cast.lev, settings)
    sign_in(client, "ada")

    answer = client.post("/portfolio-file/export", data={"format": "zip"}, buffered=True)
    again = client.post("/portfolio-file", data={"file": (BytesIO(answer.data), "p.zip")})

    assert answer.headers["Content-Type"] == "application/zip"
    assert ".zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert len(archive.namelist()) == 2
    assert again.status_code == 409


@pytest.mark.parametrize("login", ["lev", "mila", "olga"])
def test_file_is_closed_to_others(client: FlaskClient, cast: Cast, login: str) -> None:
    sign_in(client, login)

    assert client.get("/portfolio-file").status_code == 403
    assert client.post("/portfolio-file/export", data={"format": "yaml"}).status_code == 403
    assert client.post("/portfolio-file").status_code == 403


def test_only_the_administrator_brings_one_in(client: FlaskClient, cast: Cast) -> None:
    director = sign_in(client, "dina").get("/portfolio-file")
    answer = client.post("/portfolio-file", data={"file": (BytesIO(b"{}"), "p.json")})
    administrator = sign_in(client, "ada").get("/portfolio-file")

    assert 'type="file"' not in director.text
    assert 'type="file"' in administrator.text
    assert answer.status_code == 403


def test_every_fault_of_a_file_is_listed(client: FlaskClient, cast: Cast) -> None:
    Project.delete()
    body = b'{"format": "pmo-portfolio", "version": 1, "what": 1, "projects": 5}'

    answer = sign_in(client, "ada").post(
        "/portfolio-file", data={"file": (BytesIO(body), "p.json")}
    )

    assert answer.status_code == 422
    assert "what" in answer.text
    assert "projects" in answer.text
    assert Project.select().count() == 2


@pytest.mark.parametrize("name", ["p.txt", "", "p.yaml.exe"])
def test_other_files_are_refused_in_the_form(client: FlaskClient, cast: Cast, name: str) -> None:
    data = {"file": (BytesIO(b"{}"), name)} if name else {}

    answer = sign_in(client, "ada").post("/portfolio-file", data=data)

    assert answer.status_code == 422
    assert "error-file" in answer.text


def test_portfolio_is_not_poured_over_another(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, "ada")
    exported = client.post("/portfolio-file/export", data={"format": "json"}).data

    answer = client.post("/portfolio-file", data={"file": (BytesIO(exported), "p.json")})

    assert answer.status_code == 409
    assert Project.select().count() == 2
