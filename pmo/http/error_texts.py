"""What an error says to people: sentences in the visitor's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError

from pmo import errors
from pmo.http import rendering

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


def title_of(status: int) -> str:
    """Return what a status says in short, in the visitor's language."""
    return str(TITLES.get(status, TITLES[400]))


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
    for path, message in leaves(found):
        messages.setdefault(".".join(path), []).append(message)
    return messages


def faults_of(error: Exception) -> list[dict[str, str]]:
    """Return the faults of a file, place and message, in the visitor's language."""
    return [
        {"place": fault.place, "message": gettext(fault.template).format(**fault.facts)}
        for fault in getattr(error, "faults", [])
    ]


def leaves(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Walk marshmallow's nested messages: path and sentence of each."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            steps = tuple(str(name).split(".")) if isinstance(name, str) else (str(name),)
            yield from leaves(inner, (*path, *steps))
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from leaves(message, path)
    else:
        template = getattr(messages, "template", None)
        yield (
            path,
            (translated(template, messages.facts) if template else str(gettext(str(messages)))),
        )
