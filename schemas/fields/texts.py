"""Text that comes in."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from pmo.domain.credentials import LOGIN_PATTERN
from schemas.fields.base import MESSAGES, Translated, items, length

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class String(Translated, fields.String):
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
