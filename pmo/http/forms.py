"""Forms that come back with what was typed when a value cannot be taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from flask import Response, g, make_response, request
from marshmallow import ValidationError

from pmo import errors
from pmo.http import rendering

View = TypeVar("View", bound=Callable[..., Any])

REFUSALS: tuple[type[Exception], ...] = (ValidationError, errors.Invalid, errors.AlreadyTaken)


@dataclass(frozen=True, slots=True)
class Form:
    """What a form's fields show: values by name, and the sentences of those refused."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Return the one value of a field; '' for none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def chosen(self, name: str) -> list[str]:
        """Return all values of a field that takes several."""
        values = self.values.get(name) or []
        return [str(value) for value in ([values] if isinstance(values, str) else values)]

    def errors_of(self, name: str) -> list[str]:
        """Return what is wrong with a field, or with a part of it."""
        return [
            message
            for place, messages in self.errors.items()
            if place == name or place.startswith(f"{name}.")
            for message in messages
        ]


def state(initial: Mapping[str, Any] | None = None) -> Form:
    """Return what to draw: what was typed, after a refusal; else the initial values."""
    refused: Form | None = g.get("refused_form")
    return refused or Form(values=initial or {})


def redraws(draw: Callable[..., Any], *more: type[Exception]) -> Callable[[View], View]:
    """Draw the form again, with the status of the error, when its values are refused.

    draw: the view that shows the form; gets the same arguments of the address.
    more: errors of this form beside the usual ones. htmx gets its notice instead.
    """
    refusals = (*REFUSALS, *more)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            try:
                return view(**arguments)
            except refusals as error:
                if rendering.is_htmx():
                    raise
                return _redrawn(draw, arguments, error)

        return guarded  # type: ignore[return-value]

    return decorate


def _redrawn(draw: Callable[..., Any], arguments: dict[str, Any], error: Exception) -> Response:
    from pmo.http.error_texts import messages_of, sentence_of
    from pmo.http.errors import headers_of, status_of

    values = {name: typed if len(typed) > 1 else typed[0] for name, typed in request.form.lists()}
    messages = messages_of(error) or {"_form": [sentence_of(error)]}
    g.refused_form = Form(values=values, errors=messages)
    return make_response(draw(**arguments), status_of(error), headers_of(error))
