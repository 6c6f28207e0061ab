"""Fields of the portfolio file: strict, quick, and with faults that keep their facts.

Not the fields of forms and API: a file is not trimmed or coerced, so that what comes
in goes out again byte for byte, and its faults are translated where they are shown.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from marshmallow import ValidationError, fields

from pmo.domain import file_names, periods
from pmo.domain.periods import Period
from pmo.errors import Sentence
from schemas.portfolio_period import PERIOD_SCHEMA

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
STORABLE = re.compile(r"[^\x00\ud800-\udfff]*")
DAY = r"\d{4}-\d\d-\d\d"
MOMENT = rf"{DAY}T\d\d:\d\d:\d\d(\.\d{{1,6}})?Z"
T = TypeVar("T")

WIDEST = 2**53
"""Whole numbers beyond it are not the same in every reader of JSON."""


def _(message: str) -> str:
    return message


def fault(template: str, **facts: Any) -> ValidationError:
    """Return the error of one value."""
    return ValidationError([Sentence(template, **facts)])


class _Field(fields.Field[Any]):
    """Base: required unless it has a default; says what it is."""

    default_error_messages = {
        "required": _("This key is missing."),
        "null": _("There must be a value here."),
        "invalid": _("This value cannot be taken."),
    }

    def __init__(self, about: str, *, schema: dict[str, Any], **kwargs: Any) -> None:
        kwargs.setdefault("required", "load_default" not in kwargs)
        super().__init__(metadata={"description": about, **schema}, **kwargs)

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """Keep template and facts apart."""
        return fault(str(self.error_messages[key]), **kwargs)


class Text(_Field):
    """Text of several lines."""

    pattern: str | None = None
    pattern_fault = _("This text has another form: {pattern}")

    def __init__(self, about: str, *, most: int, least: int = 0, **kwargs: Any) -> None:
        self.most, self.least = most, least
        self.compiled = re.compile(self.pattern) if self.pattern else None
        schema = {"type": "string", "maxLength": most}
        schema |= {"minLength": least} if least else {}
        schema |= {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        super().__init__(about, schema=schema, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise fault(_("A text is expected."))
        if len(value) > self.most:
            raise fault(_("The text is longer than {most} characters."), most=self.most)
        if self.least and not value.strip():
            raise fault(_("The text is empty."))
        if CONTROL.search(value):
            raise fault(_("The text has characters that cannot be kept."))
        if self.compiled and not self.compiled.fullmatch(value):
            raise fault(self.pattern_fault, pattern=self.pattern)
        return value


class Line(Text):
    """Text of one line."""

    pattern = r"[^\n\r]*"
    pattern_fault = _("The text must be one line.")


class FileName(Line):
    """The name of a file, such as an upload would get."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if file_names.cleaned(name) != name:
            raise fault(_("This is no name of a file."))
        return name


class Key(Text):
    """A key that names something within the file."""

    pattern = r"\S+"
    pattern_fault = _("A key has no blanks.")


def matching(pattern: str) -> type[Text]:
    """Return a text field of this form."""
    return type("Matching", (Text,), {"pattern": pattern})


class Whole(_Field):
    """A whole number."""

    def __init__(self, about: str, *, low: int, high: int, **kwargs: Any) -> None:
        self.low, self.high = low, high
        schema = {"type": "integer", "minimum": low, "maximum": high}
        super().__init__(about, schema=schema, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault(_("A whole number is expected."))
        if not self.low <= value <= self.high:
            raise fault(_("From {low} to {high}."), low=self.low, high=self.high)
        return value


class YesNo(_Field):
    """True or false."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, schema={"type": "boolean"}, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise fault(_("True or false is expected."))
        return value


class OneOf(_Field):
    """A member of a closed list."""

    def __init__(self, about: str, members: type[StrEnum], **kwargs: Any) -> None:
        self.members = members
        self.by_value = {member.value: member for member in members}
        schema = {"type": "string", "enum": list(self.by_value)}
        super().__init__(about, schema=schema, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> StrEnum:
        member = self.by_value.get(value) if isinstance(value, str) else None
        if member is None:
            raise fault(_("This is none of: {choices}."), choices=", ".join(self.by_value))
        return member


class Constant(_Field):
    """The one value that fits."""

    def __init__(self, about: str, value: str | int, **kwargs: Any) -> None:
        self.value = value
        super().__init__(about, schema={"enum": [value]}, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if type(value) is not type(self.value) or value != self.value:
            raise fault(_("“{value}” is expected here."), value=self.value)
        return value


class Day(_Field):
    """A calendar day."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, schema={"type": "string", "format": "date"}, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date:
        return _read(DAY, date.fromisoformat, value, _("A day is expected, such as 2021-09-30."))


class Moment(_Field):
    """A moment, UTC."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, schema={"type": "string", "format": "date-time"}, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> datetime:
        template = _("A moment is expected, such as 2021-06-15T09:00:00Z.")
        return _read(MOMENT, datetime.fromisoformat, value, template).astimezone(UTC)


class PeriodField(_Field):
    """A period: the text as written and what it means."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, schema=PERIOD_SCHEMA, load_default=None, allow_none=True, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Period:
        if not isinstance(value, dict):
            raise fault(_("A mapping is expected."))
        try:
            period = periods.from_dict(value)
        except (ValueError, TypeError) as error:
            raise fault(_("This is no period: {problem}"), problem=str(error)[:200]) from error
        if len(period.text) > periods.LONGEST_TEXT:
            raise fault(_("The text is longer than {most} characters."), most=periods.LONGEST_TEXT)
        if CONTROL.search(period.text) or period.times > WIDEST:
            raise fault(_("The text has characters that cannot be kept."))
        return period


class Data(_Field):
    """The particulars of an event: any mapping of plain values."""

    def __init__(self, about: str, **kwargs: Any) -> None:
        super().__init__(about, schema={"type": "object"}, **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise fault(_("A mapping is expected."))
        if not all(_is_storable(leaf) for leaf in _leaves(value)):
            raise fault(_("There is a value in here that cannot be kept."))
        return value


class Texts(_Field):
    """A mapping of short lines by keys of one form; empty if it is left out."""

    def __init__(self, about: str, *, pattern: str, most: int, length: int) -> None:
        self.pattern, self.most = re.compile(pattern), most
        self.line = Line("", most=length, least=1)
        schema = {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": length},
            "maxProperties": most,
        }
        super().__init__(about, schema=schema, load_default=dict)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise fault(_("A mapping is expected."))
        if len(value) > self.most:
            raise fault(_("There are more than {most} of them."), most=self.most)
        if not all(isinstance(key, str) and self.pattern.fullmatch(key) for key in value):
            raise fault(_("There is no such key."))
        return {key: str(self.line.deserialize(text, key)) for key, text in value.items()}


class ListOf(fields.List[Any]):
    """A list of bounded length; empty if it is left out."""

    default_error_messages = {
        **_Field.default_error_messages,
        "invalid": _("A list is expected."),
    }

    def __init__(self, inner: Any, about: str, *, most: int, **kwargs: Any) -> None:
        self.most = most
        metadata = {"description": about, "maxItems": most}
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", list)
        super().__init__(inner, metadata=metadata, **kwargs)

    make_error = _Field.make_error

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise fault(_("There are more than {most} of them."), most=self.most)
        found: list[Any] = super()._deserialize(value, attr, data, **kwargs)
        return found


class Part(fields.Nested):
    """A mapping inside a mapping."""

    default_error_messages = {
        **_Field.default_error_messages,
        "type": _("A mapping is expected."),
    }
    make_error = _Field.make_error


def _read(pattern: str, parse: Callable[[str], T], value: Any, template: str) -> T:
    if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
        try:
            return parse(value)
        except ValueError:
            pass
    raise fault(template)


def _leaves(value: Any) -> list[Any]:
    """Return all keys and scalars inside; the reader has bounded the depth."""
    if isinstance(value, dict):
        return [*value, *(leaf for inner in value.values() for leaf in _leaves(inner))]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]


def _is_storable(leaf: Any) -> bool:
    if isinstance(leaf, str):
        return STORABLE.fullmatch(leaf) is not None
    return not isinstance(leaf, int) or abs(leaf) <= WIDEST
