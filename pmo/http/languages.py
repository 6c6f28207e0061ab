"""The language of a visitor: their own choice, else the browser's, else the office's."""

from pathlib import Path

from flask import Flask, request
from flask_babel import Babel

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
