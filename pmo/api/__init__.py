"""The REST API under /api/v1: the same services, queries and schemas as the pages.

One blueprint for a noun, in a module of its name; views parse, call, and answer.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from flask import Flask

from pmo.http.api import ApiBlueprint, ProblemApi, spec_kwargs

API_URL = "/api/v1"

DESCRIPTION = """\
Everything that the pages do, by program.

**Who you are.** Send an API token (`Authorization: Bearer pmo_…`, made under “API tokens” of your
account), or the session cookie of the pages. A token does what its owner may, within its scopes:
`read`, or `write`, which reads too. Tokens and accounts are never touched by a token.

**Versions.** What people edit has an `ETag`. PATCH, PUT and DELETE of it need `If-Match`: 428
without, 412 if somebody was faster. GET with `If-None-Match` answers 304 while nothing changed.
Placements need none: the place is found under a lock.

**Creating once.** POST that creates takes an `Idempotency-Key`: the same request again creates
nothing more and gets the same resource, with `Idempotent-Replayed: true`.

**Lists** have `page` (from 1) and `page_size` (up to 100) and tell the `total`; journals go back
with `before_id`. Unknown parameters and fields are refused.

**Errors** are problem details (RFC 9457): `code` is for programs, `detail` for people, `errors`
lists every fault with its place, `request_id` names the request in the server's log.

**Units.** Days are `YYYY-MM-DD` at the office, moments are UTC in ISO 8601, weights are points,
ratios go from 0 to 1. What you may not see does not exist: 404.
"""


def init_api(app: Flask) -> None:
    """Add the API, its document at `/api/v1/openapi.json` and its page at `/api/v1/docs`."""
    app.config.update(
        API_TITLE="PMO",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=API_URL,
        OPENAPI_SWAGGER_UI_PATH="/docs",
        OPENAPI_SWAGGER_UI_URL="vendor/swagger-ui/",
        OPENAPI_SWAGGER_UI_CONFIG={"deepLinking": True, "docExpansion": "none", "validatorUrl": ""},
    )
    api = ProblemApi(app, spec_kwargs=spec_kwargs(DESCRIPTION))
    for blueprint in blueprints():
        api.register_blueprint(blueprint)


def blueprints() -> list[ApiBlueprint]:
    """Return the blueprints of all modules here that have one, by name of their module."""
    names = sorted(module.name for module in iter_modules(__path__))
    modules = (import_module(f"{__name__}.{name}") for name in names)
    return [module.bp for module in modules if hasattr(module, "bp")]


def document(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI document of the application."""
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    found: dict[str, Any] = api.spec.to_dict()
    return found
