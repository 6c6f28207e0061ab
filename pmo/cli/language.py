"""The language of the command line: PMO_LANGUAGE, without any application around it."""

import gettext
import os
from functools import cache
from pathlib import Path

import pmo
from pmo.config import LANGUAGES

CATALOGUES = Path(pmo.__file__).parent / "translations"
DOMAIN = "messages"


def _(message: str) -> str:
    """Translate now. Help texts are made at import, everything else when it is said."""
    return _catalogue(language()).gettext(message)


def mark(message: str) -> str:
    """Mark a message for the catalogues; another package says it."""
    return message


def language() -> str:
    """Return PMO_LANGUAGE; Russian until it makes sense."""
    chosen = os.environ.get("PMO_LANGUAGE", LANGUAGES[0])
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def teach_click() -> None:
    """Let click find its own words in our catalogue: it asks Python's gettext for them."""
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(CATALOGUES), [code], fallback=True)


CLICK_SAYS = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Arguments"),
    mark("Show this message and exit."),
    mark("Error: {message}"),
    mark("Missing command."),
    mark("No such command {name!r}."),
    mark("No such option: {name}"),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing parameter"),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("default: {default}"),
    mark("required"),
    mark("Aborted!"),
    mark("{value!r} is not a valid {number_type}."),
    mark("Got unexpected extra argument ({args})"),
)
"""What click may say here, by its own message ids."""
