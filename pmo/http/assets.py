"""Static files under addresses that change with their content, ready compressed.

The version stands in the path, so that modules which import one another by relative addresses,
and fonts and pictures named in CSS, change their address too and may be kept for a year.
"""

import gzip
import hashlib
import mimetypes
import os
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from werkzeug.security import safe_join

from pmo.domain.permissions import Capability
from pmo.http.access import declare, requires

A_YEAR = 365 * 24 * 3600
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest"}

STYLESHEETS = (
    "css/app.css",
    "css/reset.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/buttons.css",
    "css/forms.css",
    "css/tables.css",
    "css/badges.css",
    "css/notices.css",
    "css/dialogs.css",
    "css/panel.css",
    "css/comments.css",
    "css/files.css",
    "css/task_parts.css",
    "css/icons.css",
    "css/columns.css",
    "css/cards.css",
    "css/bulk.css",
    "css/board.css",
    "css/filters.css",
    "css/views.css",
    "css/cyclogram.css",
    "css/charts.css",
    "css/workdays.css",
    "css/sprint_reports.css",
    "css/lanes.css",
    "css/sprints.css",
    "css/folds.css",
    "css/my_work.css",
    "css/notifications.css",
    "css/portfolio.css",
    "css/search.css",
    "css/utilities.css",
    "css/print.css",
)
"""In the order of linking; `app.css`, which names the layers, is the first."""


def init_app(app: Flask) -> None:
    """Serve the static folder at /assets/<version>/…; the version is read once, at start."""
    folder = Path(str(app.static_folder))
    app.extensions["pmo_assets_version"] = _version_of(folder)
    declare(app, "static", Capability.PUBLIC)
    app.add_url_rule("/assets/<version>/<path:name>", "assets.show", show)


def address(name: str) -> str:
    """Return the address of a static file: `css/app.css` → `/assets/1f2e3d4c/css/app.css`."""
    root = request.script_root
    return f"{root}/assets/{current_app.extensions['pmo_assets_version']}/{name}"


@requires(Capability.PUBLIC)
def show(version: str, name: str) -> Response:
    """Serve a static file; one of another version is served too, but not to be kept."""
    path = safe_join(str(current_app.static_folder), name)
    if path is None or not os.path.isfile(path):  # false for a name too long
        abort(404)
    gzipped = Path(path).suffix in COMPRESSED and request.accept_encodings["gzip"] > 0
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(_content(path, Path(path).stat().st_mtime_ns, gzipped), mimetype=kind)
    if gzipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    if version == current_app.extensions["pmo_assets_version"]:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=256)
def _content(path: str, _changed_ns: int, gzipped: bool) -> bytes:
    content = Path(path).read_bytes()
    return gzip.compress(content, 9, mtime=0) if gzipped else content


def _version_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
