"""Fields that all schemas share, with messages from the catalogues."""

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
from pmo.domain.credentials import LOGIN_PATTERN

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

INTEGER_MAX = 2**31 - 1
"""What an INTEGER column of PostgreSQL holds; ids and versions beyond it do not exist."""

MESSAGES = {
    "required": _l("This field is needed."),
    "null": _l("This field cannot be empty."),
    "validator_failed": _l("This value cannot be taken."),
}


class _Translated(fields.Field):  # type: ignore[type-arg]
    """What every field has: messages, and what it says of itself in the API's document."""

    default_error_messages = MESSAGES

    def __init__(
        self, *args: Any, description: str = "", example: Any = None, **kwargs: Any
    ) -> None:
        said = {"description": description} if description else {}
        shown = {} if example is None else {"examples": [example]}
        super().__init__(*args, metadata={**said, **shown, **kwargs.pop("metadata", {})}, **kwargs)

    def make_error(self, key: str, **facts: Any) -> ma.ValidationError:
        """Return the error in the visitor's language; a lazy text would miss its facts."""
        return ma.ValidationError(str(self.error_messages[key]).format(**facts))


class String(_Translated, fields.String):
    r"""Text, trimmed, of bounded length, without control characters.

    min_length 1 asks for more than blanks. multiline: line ends are kept, as `\n`.
    """

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("Text is expected."),
        "invalid_utf8": _l("Text is expected."),
        "blank": _l("This field cannot be empty."),
        "control": _l("There are characters here that cannot be taken."),
    }

    def __init__(
        self,
        *,
        max_length: int,
        min_length: int = 0,
        multiline: bool = False,
        trim: bool = True,
        **kwargs: Any,
    ) -> None:
        validators = [length(min_length or None, max_length)]
        given = kwargs.pop("validate", [])
        validators += given if isinstance(given, list) else [given]
        super().__init__(validate=validators, **kwargs)
        self.min_length = min_length
        self.multiline = multiline
        self.trim = trim

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if CONTROL.search(text):
            raise self.make_error("control")
        if self.trim:
            text = text.strip()
        if "\n" in text and not self.multiline:
            raise self.make_error("control")
        if self.min_length and not text:
            raise self.make_error("blank")
        return text


class Text(String):
    """Text of several lines."""

    def __init__(self, *, max_length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, multiline=True, **kwargs)


class Password(String):
    """A password: not trimmed, not cut, any characters; never shown again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1024, trim=False, load_only=True, **kwargs)


class Login(String):
    """A login: lower case Latin letters, digits, dot, dash, underscore; 2 to 64 of them."""

    def __init__(self, **kwargs: Any) -> None:
        pattern = validate.Regexp(
            rf"\A{LOGIN_PATTERN}\Z",
            error=_l("Use 2 to 64 small Latin letters, digits, dots, dashes or underscores."),
        )
        super().__init__(max_length=64, min_length=2, validate=[pattern], **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).lower()


class Integer(_Translated, fields.Integer):
    """A whole number, no text and no fraction (forms are read by the schema)."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("A whole number is expected."),
        "too_large": _l("A whole number is expected."),
    }

    def __init__(self, *, low: int = 0, high: int = INTEGER_MAX, **kwargs: Any) -> None:
        super().__init__(strict=True, validate=between(low, high), **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        if isinstance(value, float) and value.is_integer():
            return super()._validated(int(value))  # JSON does not tell 1.0 from 1
        return super()._validated(value)


class Id(Integer):
    """The id of a thing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(low=1, **kwargs)


class Version(Integer):
    """The version of a thing that was seen before changing it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "metadata", {"description": "The version that was seen; 409 if it is past."}
        )
        super().__init__(low=1, **kwargs)


class StrictBoolean(_Translated, fields.Boolean):
    """True or false, nothing that only looks like it (forms are read by the schema)."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("Yes or no is expected."),
    }

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Date(_Translated, fields.Date):
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


class Enum(_Translated, fields.Enum):  # type: ignore[type-arg]
    """A member of a closed list, by its value."""

    default_error_messages = {
        **MESSAGES,
        "unknown": _l("This is none of: {choices}."),
    }

    def __init__(self, members: type[PythonEnum], **kwargs: Any) -> None:
        super().__init__(members, by_value=Plain, **kwargs)


class Choice(_Translated, fields.String):
    """One of a closed list of words."""

    default_error_messages = {**MESSAGES, "invalid": _l("Text is expected.")}

    def __init__(self, words: Collection[str], **kwargs: Any) -> None:
        one_of = validate.OneOf(tuple(words), error=_l("This is none of: {choices}."))
        super().__init__(validate=one_of, **kwargs)


class List(_Translated, fields.List):  # type: ignore[type-arg]
    """A list of bounded length."""

    default_error_messages = {
        **MESSAGES,
        "invalid": _l("A list is expected."),
    }

    def __init__(self, inner: Any, *, most: int = 200, least: int = 0, **kwargs: Any) -> None:
        super().__init__(inner, validate=items(least or None, most), **kwargs)


class Lines(String):
    """A list of bounded length that a form brings as text, one item on a line."""

    def __init__(self, *, max_length: int, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=(max_length + 1) * most, multiline=True, **kwargs)
        self.item = String(max_length=max_length)
        self.most = items(None, most)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        lines = [line for line in (it.strip() for it in text.splitlines()) if line]
        return self.most([self.item.deserialize(line) for line in lines])

    def _validate(self, value: Any) -> None:
        """Nothing more: the lines have been looked at one by one."""


class OwnValues(_Translated, fields.Field):  # type: ignore[type-arg]
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


class Plain(_Translated, fields.String):
    """Text that is only given out."""

    default_error_messages = {**MESSAGES, "invalid": _l("Text is expected.")}


class Number(_Translated, fields.Integer):
    """A whole number that is only given out."""


class Moment(_Translated, fields.DateTime):
    """A moment in UTC, ISO 8601; only given out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)


class File(_Translated, Upload):
    """A file that comes as a part of multipart/form-data."""

    default_error_messages = {**MESSAGES, "invalid": _l("A file is expected.")}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not hasattr(value, "stream"):
            raise self.make_error("invalid")
        return value


class Nested(_Translated, fields.Nested):
    """An object inside an object."""


class Json(_Translated, fields.Raw):
    """An object without a schema of its own; only given out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "object"}, **kwargs)


class AnyValue(_Translated, fields.Raw):
    """Any JSON value; only given out."""


def length(low: int | None, high: int) -> validate.Length:
    """Bound the length of text."""
    both = low is not None and low > 1
    error = _l("Use {min} to {max} characters.") if both else _l("Use at most {max} characters.")
    return validate.Length(min=low, max=high, error=error)


def items(low: int | None, high: int) -> validate.Length:
    """Bound the number of items."""
    error = _l("Choose at least one.") if low else _l("There may be at most {max} of them.")
    return validate.Length(min=low, max=high, error=error)


def between(low: int, high: int) -> validate.Range:
    """Bound a number, both ends included."""
    return validate.Range(min=low, max=high, error=_l("From {min} to {max}."))


__all__ = [
    "AnyValue",
    "Choice",
    "Date",
    "Enum",
    "File",
    "Id",
    "Integer",
    "Json",
    "Lines",
    "List",
    "Login",
    "Moment",
    "Nested",
    "Number",
    "OwnValues",
    "Password",
    "Plain",
    "StrictBoolean",
    "String",
    "Text",
    "Version",
    "between",
    "items",
    "length",
    "ma",
]
