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


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a message that has plural forms; click says it."""
    return one, many


CLICK_SAYS = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("Error: {message}"),
    _("Missing command."),
    _("No such command {name!r}."),
    _("No such option {name!r}."),
    _("Missing argument"),
    _("Missing option"),
    _("Missing parameter"),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("Try '{command} {option}' for help."),
    _("Could not open file {filename!r}: {message}"),
    _("default: {default}"),
    _("required"),
    _("Aborted!"),
    _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."),
    _("{name} {filename!r} is a directory."),
    _("{name} {filename!r} is not writable."),
    _("file"),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ngettext(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."
    ),
)
"""What click may say here, by its own message ids."""
