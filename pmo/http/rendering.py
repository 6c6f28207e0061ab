"""What templates can use beside their own values: filters, globals, the visitor."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask import Flask, request
from flask_babel import gettext
from flask_htmx import HTMX
from jinja2 import StrictUndefined

from pmo.config import LANGUAGES
from pmo.domain.permissions import Capability, office_may
from pmo.errors import FieldConflict, Sentence, Sentences
from pmo.http import (
    assets,
    current,
    file_texts,
    formats,
    forms,
    frame,
    labels,
    languages,
    markdown,
    recurrence_texts,
    sprint_texts,
    wip_texts,
)


def init_app(app: Flask) -> None:
    """Equip the templates; in tests a name that is not there is an error."""
    HTMX(app)
    if app.testing:
        app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        academic_year=recurrence_texts.academic_year,
        date=formats.day,
        datetime=formats.moment,
        file_kind=file_texts.kind,
        filesize=file_texts.size,
        label=labels.label_of,
        markdown=markdown.to_html,
        own=formats.own,
    )
    app.jinja_env.globals.update(
        Capability=Capability,
        asset=assets.address,
        can=can,
        dom_id=dom_id,
        form_state=forms.state,
        page_head=frame.head,
        page_header=frame.header,
        passed_limits=wip_texts.passed,
        languages=LANGUAGES,
        sprint_name=sprint_texts.name,
        stylesheets=assets.STYLESHEETS,
    )
    app.context_processor(_visitor)


def dom_id(kind: str, key: object) -> str:
    """Return the id of the element that draws a thing: `task-7`."""
    return f"{kind}-{key}"


def can(capability: Capability) -> bool:
    """Tell whether the visitor's office role alone allows it."""
    return office_may(current.optional_actor(), capability)


def is_htmx() -> bool:
    """Tell whether htmx asks, which swaps a fragment; not so for a restored page."""
    return request.headers.get("HX-Request") == "true"


def shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an error as they stand in a sentence."""
    return {name: _shown(value) for name, value in facts.items()}


def conflicts(found: Iterable[FieldConflict]) -> list[dict[str, Any]]:
    """Return conflicts as JSON can hold them."""
    return [
        {name: _portable(value) for name, value in asdict(conflict).items()} for conflict in found
    ]


def _visitor() -> dict[str, Any]:
    return {
        "current_user": current.optional_actor(),
        "language": languages.present(),
        "office_name": current.settings().office_name,
    }


def _shown(value: Any) -> Any:
    if isinstance(value, Enum):
        return labels.label_of(value)
    if isinstance(value, Sentence):
        return str(gettext(value.template)).format(**shown(value.facts))
    if isinstance(value, Sentences):
        return " ".join(map(_shown, value))
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    return value


def _portable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _portable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_portable(inner) for inner in value]
    return value if isinstance(value, str | int | bool | None) else str(value)
