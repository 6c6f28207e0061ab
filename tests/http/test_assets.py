"""Static files: their addresses change with their content, their bytes travel compressed."""

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from pmo.http import assets

pytestmark = pytest.mark.one_database


def linked(client: FlaskClient) -> list[str]:
    soup = BeautifulSoup(client.get("/sign-in").text, "lxml")
    return [str(link["href"]) for link in soup.select("link[rel=stylesheet]")] + [
        str(script["src"]) for script in soup.select("script[src]")
    ]


def test_everything_that_a_page_links_is_there(client: FlaskClient) -> None:
    statuses = {path: client.get(path).status_code for path in linked(client)}

    assert set(statuses.values()) == {200}, statuses


def test_every_stylesheet_is_linked_and_the_order_of_layers_comes_first(app: Flask) -> None:
    there = {f"css/{path.name}" for path in Path(str(app.static_folder), "css").glob("*.css")}

    assert set(assets.STYLESHEETS) == there
    assert assets.STYLESHEETS[0] == "css/app.css"


def test_file_of_this_version_is_kept_for_a_year(client: FlaskClient) -> None:
    answer = client.get(linked(client)[0])

    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_file_of_another_version_is_served_but_not_kept(client: FlaskClient) -> None:
    answer = client.get("/assets/0123456789ab/css/app.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_file_travels_compressed_and_unchanged(client: FlaskClient) -> None:
    path = linked(client)[0]

    plain = client.get(path)
    small = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize("name", ["../pmo/app.py", "..%2fpyproject.toml", "nope.css", ".git/HEAD"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_nothing_else_is_served(client: FlaskClient, name: str, encoding: str) -> None:
    answer = client.get(f"/assets/x/{name}", headers={"Accept-Encoding": encoding})

    assert answer.status_code == 404


def test_long_answer_travels_compressed(client: FlaskClient) -> None:
    plain = client.get("/sign-in")
    small = client.get("/sign-in", headers={"Accept-Encoding": "br, gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data) == plain.data


def test_short_answer_is_left_alone(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers


def test_a_name_too_long_for_a_file_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/assets/now/{'a' * 5000}").status_code == 404
