"""Errors as problem details (RFC 9457), the shape of the API."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Response, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from pmo import errors
from pmo.http import current, error_texts, rendering

VALIDATION = "validation"

MOST_POINTED = 200
"""Faults that one answer of the API tells, each with its place."""


def answer(error: Exception, status: int, sentence: str) -> Response:
    """Return problem details (RFC 9457)."""
    problem: dict[str, Any] = {
        "type": f"urn:pmo:problem:{_code_of(error, status)}",
        "title": error_texts.title_of(status),
        "status": status,
        "detail": sentence,
        "instance": request.path,
        "code": _code_of(error, status),
        "request_id": current.request_id(),
    }
    if isinstance(error, errors.DefinitionOfDoneAsked):
        problem["criteria"] = list(error.criteria)
    if pointed := list(islice(_pointed(error), MOST_POINTED)):
        problem["errors"] = pointed
    if isinstance(error, errors.EditConflict):
        problem["conflicts"] = rendering.conflicts(error.conflicts)
    body = json.dumps(problem, ensure_ascii=False)
    response = Response(body, status, mimetype="application/problem+json")
    if status == 401:  # noqa: PLR2004
        response.headers["WWW-Authenticate"] = 'Bearer realm="pmo"'
    return response


def _code_of(error: Exception, status: int) -> str:
    if isinstance(error, errors.PmoError):
        return error.code
    if isinstance(error, ValidationError) or data_of(error).get("messages"):
        return VALIDATION
    return getattr(error, "name", "internal error").lower().replace(" ", "_") if status else ""


def _pointed(error: Exception) -> Iterator[dict[str, str]]:
    """Yield each fault with its place: a pointer into the body (`#/a/0/b`), else `query/page`."""
    for fault in error_texts.faults_of(error):
        yield {"pointer": fault["place"], "detail": fault["message"]}
    if isinstance(error, HTTPException):
        data = data_of(error)
        for place, messages in (data.get("messages") or data.get("errors") or {}).items():
            start = "#" if place in {"json", "form", "files"} else place
            yield from _pointers(start, messages)
    elif isinstance(error, errors.DefinitionOfDoneAsked):
        yield {"pointer": "#/confirmed", "detail": error_texts.sentence_of(error)}
    elif isinstance(error, errors.AlreadyTaken) and "field" in error.facts:
        yield {"pointer": f"#/{error.facts['field']}", "detail": error_texts.sentence_of(error)}
    elif isinstance(error, errors.Invalid):
        yield from _pointers("#", error.fields)
    elif isinstance(error, ValidationError):
        yield from _pointers("#", error.messages)


def _pointers(start: str, messages: Any) -> Iterator[dict[str, str]]:
    for path, message in error_texts.leaves(messages):
        places = [step.replace("~", "~0").replace("/", "~1") for step in path if step != "_schema"]
        yield {"pointer": "/".join([start, *places]), "detail": message}


def data_of(error: Exception) -> dict[str, Any]:
    """Return what flask-smorest knows of an error of the framework."""
    return getattr(error, "data", None) or {}
