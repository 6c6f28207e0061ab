"""Whole numbers that come in."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields

from schemas.fields.base import MESSAGES, Translated, between

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")

INTEGER_MAX = 2**31 - 1
"""What an INTEGER column of PostgreSQL holds; ids and versions beyond it do not exist."""


class Integer(Translated, fields.Integer):
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
