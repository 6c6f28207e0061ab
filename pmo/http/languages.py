"""The language of a visitor: their own choice, else the browser's, else the office's."""

from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask_babel import Babel, get_translations

import pmo
from pmo.config import LANGUAGES
from pmo.http import current

CATALOGUES = Path(pmo.__file__).with_name("translations")
COOKIE = "pmo_language"


def init_app(app: Flask) -> None:
    """Speak Russian and English at the office's time."""
    settings = app.extensions["pmo_settings"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    Babel(
        app,
        default_locale=settings.language,
        default_timezone=settings.timezone.key,
        locale_selector=present,
    )
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]


def _gettext(message: str) -> str:
    """Translate for a template. Flask-Babel looks the language up anew for every message."""
    return str(_catalogue().ugettext(message))


def _ngettext(one: str, many: str, number: int) -> str:
    return str(_catalogue().ungettext(one, many, number))


def _catalogue() -> Any:
    kept = g.get("catalogue")
    if kept is None:
        kept = g.catalogue = get_translations()
    return kept


def present() -> str:
    """Return the language of this request: one of LANGUAGES."""
    visitor = current.visitor()
    if visitor is not None and visitor.language in LANGUAGES:
        return visitor.language
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    default = current.settings().language
    if "Accept-Language" not in request.headers:
        return default
    return request.accept_languages.best_match(LANGUAGES) or default
