"""`pmo openapi` and `pmo schema`: files that are made from the code and committed."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from pmo.cli.language import _
from pmo.cli.program import Refused, say
from pmo.config import Settings
from pmo.documents import portfolio_schema

PATH = click.argument("path", type=click.Path(dir_okay=False, path_type=Path))


def _group(name: str, about: str, document: Callable[[], dict[str, Any]]) -> click.Group:
    group = click.Group(name, help=about)

    @group.command(help=_("Write the file anew."))
    @PATH
    def write(path: Path) -> None:
        path.write_text(_text(document()), encoding="utf-8")
        say(_("Written: {path}"), path=path)

    @group.command(help=_("Exit with 1 if the file is not what would be written."))
    @PATH
    def check(path: Path) -> None:
        if not path.exists() or path.read_text(encoding="utf-8") != _text(document()):
            message = _("{path} is not current. Run: pmo {name} write {path}")
            raise Refused(message.format(path=path, name=name))
        say(_("{path} is current."), path=path)

    return group


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _openapi() -> dict[str, Any]:
    app = import_module("pmo.app").create_app(Settings.from_env())
    document: dict[str, Any] = import_module("pmo.api").document(app)
    return document


openapi = _group("openapi", _("The description of the API (OpenAPI 3.1)."), _openapi)
schema = _group(
    "schema", _("The description of the portfolio file (JSON Schema)."), portfolio_schema.document
)
