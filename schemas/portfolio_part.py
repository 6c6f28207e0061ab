"""The base of all parts of a portfolio file."""

import marshmallow as ma


def _(message: str) -> str:
    return message


class Part(ma.Schema):
    """Base: unknown keys are refused, keys stand in the order of the fields."""

    error_messages = {
        "unknown": _("There is no such key."),
        "type": _("A mapping is expected."),
    }

    class Meta:
        unknown = ma.RAISE
