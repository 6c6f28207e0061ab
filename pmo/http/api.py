"""flask-smorest as it is used here: strict arguments, problem details, documented errors."""

from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Request, current_app, request
from flask_babel import lazy_gettext as _l
from flask_smorest import Api, Blueprint, abort
from flask_smorest import etag as smorest_etag
from flask_smorest.spec.plugins import FlaskPlugin
from flask_smorest.utils import prepare_response
from webargs.core import is_json, parse_json
from webargs.flaskparser import FlaskParser
from werkzeug.http import HTTP_STATUS_CODES

from pmo.domain.permissions import Capability
from pmo.http import api_documents
from pmo.http.access import requires
from schemas.problems import ProblemSchema

PROBLEM = "application/problem+json"
NO_BODY = frozenset({204, 304})

smorest_etag.IF_MATCH_HEADER.update(
    description="The ETag that you have seen; `*` for any.",
    schema={"type": "string", "pattern": r'^(\*|"[^"]*")$', "minLength": 1},
    example='"7.f0a1b2c3d4e5"',
)
smorest_etag.IF_NONE_MATCH_HEADER.update(
    description="The ETag that you have: the answer is 304 while it is still the present one."
)
smorest_etag.ETAG_HEADER.update(description="Names this state of the thing; send it in If-Match.")


class StrictParser(FlaskParser):
    """Refuses unknown parameters, content that is not JSON, and JSON that is no JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {
        "query": None,
        "querystring": None,
        "files": None,
    }

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json(req.mimetype):
            abort(415)
        try:
            return parse_json(req.get_data())
        except (ValueError, RecursionError) as error:
            return abort(400, exc=error, message=_l("The body is not valid JSON."))


class ApiBlueprint(Blueprint):
    """A part of the API: one noun."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, description: str) -> None:
        super().__init__(name, import_name, url_prefix="/api/v1", description=description)
        self._prepare_doc_cbks.append(api_documents.complete)
        self.before_request(refuse_unknown_parameters)

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Add an address, and keep what the document of its operation is completed from."""
        super().add_url_rule(rule, endpoint, view_func, **options)
        endpoint = self._endpoints[-1]
        for doc in self._docs[endpoint].values():
            if isinstance(doc, dict):
                doc["capability"] = view_func.capability
                doc["operation_id"] = f"{self.name.lower().replace(' ', '_')}.{endpoint}"
                doc["names_object"] = "<" in rule


class ProblemApi(Api):
    """The document and its page; errors are answered by `pmo.http.errors` alone."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Register none: they would be for the whole application, and pages answer in HTML."""

    def _register_pagination_header(self) -> None:
        """Register none: which page it is stands in the body."""

    @requires(Capability.PUBLIC)
    def _openapi_json(self) -> Any:
        """Serve the document."""
        return super()._openapi_json()

    @requires(Capability.PUBLIC)
    def _openapi_swagger_ui(self) -> Any:
        """Serve the page that draws the document."""
        return super()._openapi_swagger_ui()

    def _register_responses(self) -> None:
        for status, phrase in HTTP_STATUS_CODES.items():
            response: dict[str, Any] = {"description": phrase}
            if status not in NO_BODY:
                response["schema"] = self.ERROR_SCHEMA
            prepare_response(response, self.spec, PROBLEM)
            name = api_documents.response_name(status)
            self.spec.components.response(name, response, lazy=True)


def spec_kwargs(description: str) -> dict[str, Any]:
    """Return what the document is made with. description: Markdown for its readers."""
    return {
        "info": {"description": description, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/", "description": "This office."}],
        "components": {"securitySchemes": api_documents.SECURITY_SCHEMES},
        "flask_plugin": AddressPlugin(),
        "marshmallow_plugin": DescribingPlugin(schema_name_resolver=_schema_name),
    }


class DescribingPlugin(MarshmallowPlugin):
    """Knows what the texts of our own fields may hold."""

    def init_spec(self, spec: Any) -> None:
        """Add what plain marshmallow cannot say."""
        super().init_spec(spec)
        if self.converter is not None:
            self.converter.add_attribute_function(api_documents.text_pattern)  # type: ignore[no-untyped-call]


class AddressPlugin(FlaskPlugin):
    """Says what the numbers in addresses are."""

    def rule_to_params(self, rule: Any) -> list[dict[str, Any]]:
        """Describe the parameters of an address."""
        parameters: list[dict[str, Any]] = super().rule_to_params(rule)
        return [{**one, "description": api_documents.ADDRESSES[one["name"]]} for one in parameters]


def refuse_unknown_parameters() -> None:
    """Refuse a query string where none is understood; the others check their own."""
    view = current_app.view_functions[request.endpoint or ""]
    arguments = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    if request.args and not any(parameter["in"] == "query" for parameter in arguments):
        unknown = _l("There is no such field.")
        abort(422, messages={"query": {name: [unknown] for name in request.args}})


def _schema_name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    if not issubclass(kind, ma.Schema):
        message = f"not a schema: {schema!r}"
        raise TypeError(message)
    return kind.__name__.removesuffix("Schema")
