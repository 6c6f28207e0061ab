"""The JSON Schema of the portfolio file, made from its marshmallow schemas."""

import json
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from schemas.portfolio import PortfolioSchema
from schemas.portfolio_period import PERIOD_SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PERIOD = {"$ref": "#/$defs/Period"}


def document() -> dict[str, Any]:
    """Return the schema; every part of the file is a definition of its own."""
    spec = APISpec("", "", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("Portfolio", schema=PortfolioSchema)
    text = json.dumps(spec.to_dict()["components"]["schemas"], ensure_ascii=False)
    parts = json.loads(text.replace("#/components/schemas/", "#/$defs/"))
    for part in parts.values():
        for name, value in part["properties"].items():
            if set(PERIOD_SCHEMA["properties"]) <= set(value.get("properties", ())):
                part["properties"][name] = _nullable_period(value["description"])
    whole = parts.pop("Portfolio")
    return {
        "$schema": DIALECT,
        "title": "PMO portfolio file, version 1",
        "description": PortfolioSchema.__doc__,
        **whole,
        "$defs": {"Period": PERIOD_SCHEMA, **parts},
    }


def _nullable_period(about: str) -> dict[str, Any]:
    return {"description": about, "anyOf": [PERIOD, {"type": "null"}], "default": None}
