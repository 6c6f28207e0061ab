"""Values of other kinds that come in: yes or no, days, choices, lists, files."""

import re
from collections.abc import Collection
from datetime import date
from enum import Enum as PythonEnum
from typing import Any

import marshmallow as ma
from flask_babel import lazy_gettext as _l
from flask_smorest.fields import Upload
from marshmallow import fields, validate

from pmo.domain import own_fields
from schemas.fields.answers import Plain
from schemas.fields.base import MESSAGES, Translated, items
from schemas.fields.texts import String


class StrictBoolean(Translated, fields.Boolean):
    """True or false, nothing that only looks like it (forms are read by the schema)."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("Yes or no is expected."),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Date(Translated, fields.Date):
    """A calendar day, ISO 8601 (`2026-11-22`)."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("A day is expected, such as 2026-11-22."),
        "format": _l("A day is expected, such as 2026-11-22."),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise self.make_error("invalid", input=value, obj_type="date")
        day: date = super()._deserialize(value, attr, data, **kwargs)
        return day


class Enum(Translated, fields.Enum):  # type: ignore[type-arg]
    """A member of a closed list, by its value."""

    default_error_messages = {
        **MESSAGES,
        "unknown": _l("This is none of: {choices}."),
        "blank": _l("Choose one of the list."),
    }

    def __init__(self, members: type[PythonEnum], **kwargs: Any) -> None:
        super().__init__(members, by_value=Plain, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if value == "":  # a form in which nothing was chosen: no names for programs there
            raise self.make_error("blank")
        return super()._deserialize(value, *args, **kwargs)


class Choice(Translated, fields.String):
    """One of a closed list of words."""

    default_error_messages = {**MESSAGES, "invalid": _l("Text is expected.")}

    def __init__(self, words: Collection[str], **kwargs: Any) -> None:
        one_of = validate.OneOf(tuple(words), error=_l("This is none of: {choices}."))
        super().__init__(validate=one_of, **kwargs)


class List(Translated, fields.List):  # type: ignore[type-arg]
    """A list of bounded length."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("A list is expected."),
    }

    def __init__(self, inner: Any, *, most: int = 200, least: int = 0, **kwargs: Any) -> None:
        super().__init__(inner, validate=items(least or None, most), **kwargs)


class OwnValues(Translated, fields.Field):  # type: ignore[type-arg]
    """Values of a project's own fields by key; a form brings them as `own.f1`, `own.f2`.

    Leaves as text, as one could have typed it; the kinds are looked at by the service.
    """

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("An object is expected."),
        "value": _l("Text or a number is expected."),
    }

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "type": "object",
            "additionalProperties": {
                "type": ["string", "number", "null"],
                "maxLength": own_fields.TEXT_LENGTH,
                "pattern": r"^[^\n\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
            },
            "maxProperties": own_fields.MOST_FIELDS,
        }
        super().__init__(metadata=said, **kwargs)
        self.value = String(max_length=own_fields.TEXT_LENGTH)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        faults: dict[str, Any] = {}
        texts: dict[str, str] = {}
        for key, one in value.items():
            try:
                texts[key] = self._text(one)
            except ma.ValidationError as error:
                faults[key] = error.messages
        if faults:
            raise ma.ValidationError(faults)
        if len(texts) > own_fields.MOST_FIELDS:
            raise self.make_error("invalid")
        return texts

    def _text(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            raise self.make_error("value")
        text: str = self.value.deserialize(own_fields.text_of(value))
        return text


class File(Translated, Upload):
    """A file that comes as a part of multipart/form-data."""

    default_error_messages = {**MESSAGES, "invalid": _l("A file is expected.")}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not hasattr(value, "stream"):
            raise self.make_error("invalid")
        return value
