"""The portfolio file: bytes to checked content and back, for command line, pages and API."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

from marshmallow import ValidationError

from pmo.documents import json_reader, limits, portfolio_checks, yaml_reader, yaml_writer
from pmo.domain.permissions import Actor
from pmo.errors import Fault
from pmo.queries import portfolio_files as queries
from pmo.services import portfolio_files as services
from pmo.services.portfolio_files import Imported
from schemas.portfolio import PortfolioSchema

FORMATS = ("yaml", "json")
SUFFIXES = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
MEDIA_TYPES = {"yaml": "application/yaml", "json": "application/json"}


def _(message: str) -> str:
    return message


def format_of(name: str, more: Mapping[str, str] | None = None) -> str | None:
    """Return the format that a file's name tells, None if it tells none.

    more: suffixes that are taken beside the usual ones.
    """
    return (SUFFIXES | dict(more or {})).get(PurePath(name).suffix.lower())


def export_file(*, format: str, actor: Actor | None, at: datetime) -> bytes:
    """Return the whole portfolio as a file, and note in the journal that it left.

    actor: None for the command line. Raises Forbidden.
    """
    return dump(exported(actor=actor, at=at), format)


def exported(*, actor: Actor | None, at: datetime) -> dict[str, Any]:
    """Return the content of a portfolio file, and note in the journal that it left.

    Raises Forbidden.
    """
    content = queries.export(actor)
    services.record_export(actor=actor, at=at)
    return content


def import_file(
    data: bytes,
    *,
    format: str,
    actor: Actor | None,
    at: datetime,
    max_mb: int | None = None,
) -> Imported:
    """Take a portfolio file into an empty portfolio, whole or not at all.

    actor: None for the command line. max_mb: the largest size, None for any.
    Raises FileRefused with every fault, PortfolioNotEmpty, Forbidden.
    """
    services.check_may_import(actor)
    if max_mb is not None and len(data) > max_mb * 1024 * 1024:
        raise limits.refusal(
            _("The file is larger than {most} MB (PMO_MAX_UPLOAD_MB)."), most=max_mb
        )
    return services.import_content(load(data, format), actor=actor, at=at)


def dump(content: dict[str, Any], format: str) -> bytes:
    """Return plain content as a file; the same content gives the same bytes."""
    if format == "yaml":
        return yaml_writer.write(content).encode()
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def load(data: bytes, format: str) -> dict[str, Any]:
    """Return the checked content of a file: days, moments, periods and enums, not their texts.

    Raises FileRefused with every fault: of shape, or if there is none, of references.
    """
    value = parse(data, format)
    try:
        content: dict[str, Any] = PortfolioSchema().load(value)
    except ValidationError as error:
        raise limits.refused(_faults(error.messages, "")) from error
    if found := list(portfolio_checks.faults(content)):
        raise limits.refused(found)
    return content


def parse(data: bytes, format: str) -> Any:
    """Return the plain value of a file. Raises FileRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        template = _("The file is not text in UTF-8; byte {position} is wrong.")
        raise limits.refusal(template, position=error.start) from error
    return yaml_reader.read(text) if format == "yaml" else json_reader.read(text)


def _faults(messages: Any, place: str) -> Iterator[Fault]:
    """Walk marshmallow's nested messages; the places become `projects[2].tasks[5].due_on`."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _faults(inner, _place(place, key))
    else:
        for message in messages:
            template = getattr(message, "template", str(message))
            facts = getattr(message, "facts", {})
            shown = {name: limits.printable(fact) for name, fact in facts.items()}
            yield Fault(place, template, shown)


def _place(place: str, key: Any) -> str:
    if key == "_schema":
        return place
    if isinstance(key, int):
        return f"{place}[{key}]"
    name = limits.printable(str(key))
    return f"{place}.{name}" if place else str(name)
