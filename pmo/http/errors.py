"""From errors to answers: one table of statuses, three shapes (API, fragment, page)."""

import json
import logging
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from flask import Flask, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_htmx import make_response
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from pmo import errors
from pmo.http import confirmations, current, redirects, rendering, visitors

log = logging.getLogger("pmo.errors")
security = logging.getLogger("pmo.security")

STATUS: dict[type[Exception], int] = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.SignInNeeded: 401,
    errors.SignInFailed: 422,
    errors.TooManyAttempts: 429,
    errors.Invalid: 422,
    ValidationError: 422,
    errors.FileRefused: 422,
    errors.IdempotencyMismatch: 422,
    errors.StaleVersion: 409,
    errors.Conflict: 409,
    errors.PmoError: 400,
}
"""The nearest class of the error counts."""

STATUS_OF_API: dict[type[Exception], int] = {errors.StaleVersion: 412, errors.SignInFailed: 401}
"""Where the API has a status of its own."""

TITLES = {
    400: _l("This request cannot be understood"),
    401: _l("Sign in first"),
    403: _l("This is not allowed"),
    404: _l("Nothing here"),
    405: _l("This cannot be done here"),
    406: _l("No such form of answer"),
    409: _l("It does not fit what is there now"),
    412: _l("It has changed meanwhile"),
    413: _l("This is too large"),
    415: _l("This kind of content is not taken"),
    422: _l("Some values cannot be taken"),
    428: _l("Say which version you change"),
    429: _l("Too many attempts"),
    500: _l("Something went wrong"),
    503: _l("The service is not ready"),
}

DETAILS = {
    400: _l("The request is not well-formed."),
    404: _l("There is nothing here, or it is not open to you."),
    405: _l("The address exists, but it does not take this method."),
    406: _l("The answer cannot be given in the form that was asked for."),
    413: _l("What you sent is larger than this office allows."),
    415: _l("Send JSON with the header Content-Type: application/json."),
    428: _l("Send If-Match with the ETag that you have seen."),
    500: _l(
        "It is not your fault. The people who run this service can find it by the number below."
    ),
    503: _l("Try again in a minute."),
}

VALIDATION = "validation"

MOST_POINTED = 200
"""Faults that one answer of the API tells, each with its place."""


def init_app(app: Flask) -> None:
    """Answer every error of the product, of its schemas and of the framework."""
    app.register_error_handler(errors.PmoError, respond)
    app.register_error_handler(ValidationError, respond)
    app.register_error_handler(HTTPException, respond_http)


def respond(error: errors.PmoError | ValidationError) -> Response:
    """Answer an error that a person can cause."""
    _log_refusal(error)
    if isinstance(error, errors.SignInNeeded | errors.PasswordChangeNeeded) and (
        not visitors.is_api()
    ):
        return _lead_away(error)
    response = _shaped(error, status_of(error), sentence_of(error))
    response.headers.update(headers_of(error))
    return response


def respond_http(error: HTTPException) -> Response:
    """Answer an error of the framework; what flask-smorest knows of it is in `data`.

    A fault of our own comes here too, as 500: Flask has logged it, and nobody is told more.
    """
    status = error.code or 500
    if isinstance(error, SecurityError):  # a host that is not ours: no address can be built
        return Response("unknown host\n", status, mimetype="text/plain")
    if isinstance(error, InternalServerError):
        log.error("unforeseen request_id=%s", current.request_id())
    if error.response is not None or 300 <= status < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()  # type: ignore[return-value]
    response = _shaped(error, status, _detail_of(error, status))
    for name, value in (*error.get_headers(), *_extra_headers(error)):
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def status_of(error: Exception) -> int:
    """Return the status of the nearest class of the error."""
    for kind in type(error).__mro__:
        if visitors.is_api() and kind in STATUS_OF_API:
            return STATUS_OF_API[kind]
        if kind in STATUS:
            return STATUS[kind]
    return 500


def headers_of(error: Exception) -> dict[str, str]:
    """Return the headers that go with an error in any shape."""
    if isinstance(error, errors.TooManyAttempts):
        return {"Retry-After": str(error.facts["seconds"])}
    return {}


def sentence_of(error: Exception) -> str:
    """Return what happened, in the visitor's language."""
    if isinstance(error, errors.PmoError):
        return translated(error.template, error.facts)
    return str(gettext(errors.Invalid.template))


def translated(template: str, facts: Mapping[str, Any] | None = None) -> str:
    """Return a message of the catalogue in the visitor's language, with its facts in place."""
    return str(gettext(template)).format(**rendering.shown(facts or {}))


def messages_of(error: Exception) -> dict[str, list[str]]:
    """Return the faults of single fields: dotted name → sentences, in the visitor's language."""
    if isinstance(error, errors.AlreadyTaken) and "field" in error.facts:
        return {error.facts["field"]: [sentence_of(error)]}
    if isinstance(error, errors.Invalid):
        found: Any = error.fields
    elif isinstance(error, ValidationError):
        found = error.messages
    else:
        return {}
    messages: dict[str, list[str]] = {}
    for path, message in _leaves(found):
        messages.setdefault(".".join(path), []).append(message)
    return messages


def faults_of(error: Exception) -> list[dict[str, str]]:
    """Return the faults of a file, place and message, in the visitor's language."""
    return [
        {"place": fault.place, "message": gettext(fault.template).format(**fault.facts)}
        for fault in getattr(error, "faults", [])
    ]


def _shaped(error: Exception, status: int, sentence: str) -> Response:
    if visitors.is_api():
        return _problem(error, status, sentence)
    if isinstance(error, errors.DefinitionOfDoneAsked):
        return confirmations.ask(error, status, sentence)
    facts = {
        "status": status,
        "title": str(TITLES.get(status, TITLES[400])),
        "sentence": sentence,
        "messages": messages_of(error),
        "faults": faults_of(error),
        "conflicts": getattr(error, "conflicts", ()),
        "request_id": current.request_id() if status >= 500 else "",  # noqa: PLR2004
    }
    if rendering.is_htmx():
        trigger = "board:stale" if isinstance(error, errors.Conflict) else None
        body = render_template("errors/_notice.html", **facts)
        return make_response(  # type: ignore[no-any-return]
            body, status, retarget="#notices", reswap="beforeend", trigger=trigger
        )
    return Response(render_template("errors/page.html", **facts), status)


def _problem(error: Exception, status: int, sentence: str) -> Response:
    """Return problem details (RFC 9457)."""
    problem: dict[str, Any] = {
        "type": f"urn:pmo:problem:{_code_of(error, status)}",
        "title": str(TITLES.get(status, TITLES[400])),
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
    if isinstance(error, ValidationError) or _data_of(error).get("messages"):
        return VALIDATION
    return getattr(error, "name", "internal error").lower().replace(" ", "_") if status else ""


def _pointed(error: Exception) -> Iterator[dict[str, str]]:
    """Yield each fault with its place: a pointer into the body (`#/a/0/b`), else `query/page`."""
    for fault in faults_of(error):
        yield {"pointer": fault["place"], "detail": fault["message"]}
    if isinstance(error, HTTPException):
        data = _data_of(error)
        for place, messages in (data.get("messages") or data.get("errors") or {}).items():
            start = "#" if place in {"json", "form", "files"} else place
            yield from _pointers(start, messages)
    elif isinstance(error, errors.DefinitionOfDoneAsked):
        yield {"pointer": "#/confirmed", "detail": sentence_of(error)}
    elif isinstance(error, errors.AlreadyTaken) and "field" in error.facts:
        yield {"pointer": f"#/{error.facts['field']}", "detail": sentence_of(error)}
    elif isinstance(error, errors.Invalid):
        yield from _pointers("#", error.fields)
    elif isinstance(error, ValidationError):
        yield from _pointers("#", error.messages)


def _pointers(start: str, messages: Any) -> Iterator[dict[str, str]]:
    for path, message in _leaves(messages):
        places = [step.replace("~", "~0").replace("/", "~1") for step in path if step != "_schema"]
        yield {"pointer": "/".join([start, *places]), "detail": message}


def _leaves(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk marshmallow's nested messages."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            steps = tuple(str(name).split(".")) if isinstance(name, str) else (str(name),)
            yield from _leaves(inner, (*path, *steps))
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from _leaves(message, path)
    else:
        template = getattr(messages, "template", None)
        yield (
            path,
            (translated(template, messages.facts) if template else str(gettext(str(messages)))),
        )


def _detail_of(error: HTTPException, status: int) -> str:
    message = _data_of(error).get("message")
    if message:
        return str(gettext(str(message)))
    if status == 422:  # noqa: PLR2004
        return str(gettext(errors.Invalid.template))
    return str(DETAILS.get(status, DETAILS[400]))


def _extra_headers(error: HTTPException) -> list[tuple[str, str]]:
    return list((_data_of(error).get("headers") or {}).items())


def _data_of(error: Exception) -> dict[str, Any]:
    return getattr(error, "data", None) or {}


def _lead_away(error: errors.PmoError) -> Response:
    """Send a stranger to the sign-in page, and who must to the page of the password."""
    if isinstance(error, errors.PasswordChangeNeeded):
        target = url_for("account.edit_password")
    else:
        target = url_for("sessions.new", next=redirects.here())
    if rendering.is_htmx():
        return make_response("", 401, redirect=target)  # type: ignore[no-any-return]
    return redirect(target, 303)  # type: ignore[return-value]


def _log_refusal(error: Exception) -> None:
    if not isinstance(error, errors.Forbidden | errors.NotFound):
        return
    actor = current.optional_actor()
    if actor is not None or isinstance(error, errors.ForeignOrigin):
        security.warning(
            "refused code=%s login=%s endpoint=%s arguments=%s request_id=%s",
            error.code,
            actor.login if actor else "-",
            request.endpoint,
            dict(request.view_args or {}),
            current.request_id(),
        )
