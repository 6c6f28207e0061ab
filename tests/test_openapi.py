"""The document of the API: committed as it is, and nothing in it goes without saying."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pmo import api
from tests.conftest import ROOT

pytestmark = pytest.mark.one_database

METHODS = frozenset({"get", "post", "put", "patch", "delete"})


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return api.document(app)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for address, path in document["paths"].items():
        for method, operation in path.items():
            if method in METHODS:
                yield f"{method.upper()} {address}", operation


def test_committed_document_is_current(document: dict[str, Any]) -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))

    assert committed == json.loads(json.dumps(document)), "run: pmo openapi write"


def test_served_document_is_the_same(client: FlaskClient, document: dict[str, Any]) -> None:
    response = client.get("/api/v1/openapi.json")

    assert response.json == json.loads(json.dumps(document))
    assert document["openapi"] == "3.1.0"


def test_every_route_of_the_api_is_in_the_document(app: Flask, document: dict[str, Any]) -> None:
    documented = {name for name, _ in operations(document)}

    served = {
        f"{method} {rule.rule.translate({60: '{', 62: '}'})}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.endpoint.startswith("api-docs.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == {_without_converters(name) for name in served}


def test_every_operation_says_what_it_does(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert operation["summary"].endswith("."), name
        assert len(operation["summary"]) < 100, name
        assert operation["description"], name
        assert operation["tags"], name
        assert " " not in operation["operationId"], name


def test_every_operation_says_how_it_can_fail(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        statuses = set(operation["responses"])
        assert {"401", "403", "422"} <= statuses, name
        assert not ("{" in name and "404" not in statuses), name
        assert not ("requestBody" in operation and not {"400", "413", "415"} <= statuses), name
        assert not (name.startswith(("PUT", "PATCH", "DELETE")) and "409" not in statuses), name
        assert "default" not in statuses, name


def test_every_operation_says_who_may_call_it(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        ways = [way for choice in operation["security"] for way in choice]
        assert "session" in ways, name
        assert ("bearer" in ways) is not name.startswith(SESSION_ONLY), name


SESSION_ONLY = tuple(
    f"{method.upper()} /api/v1/{noun}" for method in METHODS for noun in ("users", "tokens", "me/")
)


def test_every_field_and_parameter_has_a_description(document: dict[str, Any]) -> None:
    silent = [
        f"{schema}.{name}"
        for schema, body in document["components"]["schemas"].items()
        for name, field in body.get("properties", {}).items()
        if not field.get("description")
    ]
    silent += [
        f"{operation} {parameter['name']}"
        for operation, body in operations(document)
        for parameter in body.get("parameters", [])
        if "$ref" not in parameter and not parameter.get("description")
    ]
    silent += [
        f"{address} {parameter['name']}"
        for address, path in document["paths"].items()
        for parameter in path.get("parameters", [])
        if not parameter.get("description")
    ]

    assert silent == []


def test_every_body_is_closed_and_has_examples(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        for media in content.values():
            schema = media["schema"]
            if "$ref" not in schema:
                continue
            body = schemas[schema["$ref"].rpartition("/")[2]]
            assert body["additionalProperties"] is False, name
            for field, said in body["properties"].items():
                assert {"examples", "enum"} & set(said) or said["type"] == "boolean", field


def test_page_of_the_api_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs")

    assert page.status_code == 200
    assert "://" not in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text
    for part in ("vendor/swagger-ui/swagger-ui-bundle.js", "js/swagger-init.js"):
        address = next(text for text in page.text.split('"') if text.endswith(part))
        assert client.get(address).status_code == 200


def _without_converters(name: str) -> str:
    method, _, address = name.partition(" ")
    parts = [
        "{" + part[1:-1].rpartition(":")[2] + "}" if part.startswith("{") else part
        for part in address.split("/")
    ]
    return f"{method} {'/'.join(parts)}"
