"""What is only given out."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from schemas.fields.base import MESSAGES, Translated


class Plain(Translated, fields.String):
    """Text that is only given out."""

    default_error_messages = {**MESSAGES, "invalid": _l("Text is expected.")}


class Number(Translated, fields.Integer):
    """A whole number that is only given out."""


class Ratio(Translated, fields.Float):
    """A share, 0 to 1, that is only given out."""


class Moment(Translated, fields.DateTime):
    """A moment in UTC, ISO 8601; only given out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)


class Nested(Translated, fields.Nested):
    """An object inside an object."""


class Json(Translated, fields.Raw):
    """An object without a schema of its own; only given out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"type": "object"}, **kwargs)


class AnyValue(Translated, fields.Raw):
    """Any JSON value; only given out."""
