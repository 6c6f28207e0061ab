"""The application, put together; reads as a list."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from pmo import api, db, web
from pmo.config import Settings
from pmo.http import (
    addresses,
    assets,
    compression,
    errors,
    headers,
    hooks,
    languages,
    messages,
    rendering,
)
from pmo.jobs.queue import Carrier
from pmo.services import errands


def create_app(settings: Settings) -> Flask:
    """Make the application of one office; binds the database, connects to nothing yet."""
    app = Flask(
        "pmo",
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        static_url_path="/static",
    )
    configure(app, settings)
    db.bind(settings.database_url)
    errands.carry_by(None if settings.testing else Carrier(settings))

    addresses.init_app(app)
    assets.init_app(app)
    languages.init_app(app)
    rendering.init_app(app)
    messages.init_app(app)
    errors.init_app(app)
    hooks.init_app(app)
    headers.init_app(app)
    compression.init_app(app)

    web.init_app(app)
    api.init_api(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Tell Flask what the settings mean for it."""
    app.extensions["pmo_settings"] = settings
    app.testing = settings.testing
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-pmo_messages" if settings.https else "pmo_messages",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def folder(name: str) -> Path:
    """Return a data folder: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for base in (package, package.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(name)
