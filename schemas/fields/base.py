"""What every field has, and the bounds of values."""

from typing import Any

import marshmallow as ma
from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

MESSAGES = {
    "required": _l("This field is needed."),
    "null": _l("This field cannot be empty."),
    "validator_failed": _l("This value cannot be taken."),
}


class Translated(fields.Field):  # type: ignore[type-arg]
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
