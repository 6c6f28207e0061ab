"""From errors to answers: one table of statuses, three shapes (API, fragment, page)."""

import logging

from flask import Flask, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_htmx import make_response
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from pmo import errors
from pmo.http import confirmations, current, error_texts, problems, redirects, rendering, visitors

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
    response = _shaped(error, status_of(error), error_texts.sentence_of(error))
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


def _shaped(error: Exception, status: int, sentence: str) -> Response:
    if visitors.is_api():
        return problems.answer(error, status, sentence)
    if isinstance(error, errors.DefinitionOfDoneAsked):
        return confirmations.ask(error, status, sentence)
    facts = {
        "status": status,
        "title": error_texts.title_of(status),
        "sentence": sentence,
        "messages": error_texts.messages_of(error),
        "faults": error_texts.faults_of(error),
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


def _detail_of(error: HTTPException, status: int) -> str:
    message = problems.data_of(error).get("message")
    if message:
        return str(gettext(str(message)))
    if status == 422:  # noqa: PLR2004
        return str(gettext(errors.Invalid.template))
    return str(error_texts.DETAILS.get(status, error_texts.DETAILS[400]))


def _extra_headers(error: HTTPException) -> list[tuple[str, str]]:
    return list((problems.data_of(error).get("headers") or {}).items())


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
