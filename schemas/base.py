"""The base of all schemas: unknown fields are refused, and HTML forms are read like JSON."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from flask_babel import lazy_gettext as _l

from schemas import fields

TRUE = {"on", "true", "1", "yes"}
FALSE = {"", "off", "false", "0", "no"}


class Schema(ma.Schema):
    """A schema whose `load` takes JSON (a dict) and an HTML form (a MultiDict) alike.

    A form has text only: numbers, yes/no, lists and empty optional fields are understood by the
    field they are for. A field that takes one value is refused when it comes twice.
    """

    error_messages = {
        "type": _l("An object is expected."),
        "unknown": _l("There is no such field."),
    }

    class Meta:
        unknown = ma.RAISE

    @ma.pre_load
    def read_form(self, data: Any, **_kwargs: Any) -> Any:
        """Turn a form into what JSON would have brought."""
        if not hasattr(data, "getlist"):
            return data
        known = {field.data_key or name: field for name, field in self.load_fields.items()}
        given = {name: data.getlist(name) for name in data}
        taken: dict[str, Any] = {}
        for name, field in known.items():
            if isinstance(field, fields.OwnValues) and (values := _gathered(name, given)):
                taken[name] = values
        taken |= {name: _value(known.get(name), values) for name, values in given.items()}
        for name, field in known.items():
            if isinstance(field, ma.fields.List) and name not in taken and self.partial is not True:
                taken[name] = []
        return taken


class QuerySchema(Schema):
    """Parameters of a query string."""

    def load_filled(self, given: Any) -> Any:
        """Load what a form with GET sends: a field left empty is as if it were not there.

        given: a MultiDict. Raises ValidationError.
        """
        empty = [name for name in given if given.getlist(name) == [""]]
        filled = given.copy()
        for name in empty:
            del filled[name]
        return self.load(filled)


class PageQuerySchema(QuerySchema):
    """Which page of a list is wanted."""

    page = fields.Integer(
        low=1, high=100_000, load_default=1, description="Which page, from 1.", example=1
    )
    page_size = fields.Integer(
        low=1, high=100, load_default=50, description="How many on a page.", example=50
    )


class Versioned:
    """Mixed into the schema of a form that edits: the version that its reader saw."""

    version = fields.Version(required=True)


def _gathered(name: str, given: dict[str, list[str]]) -> dict[str, str]:
    """Take `own.f1`, `own.f2` … out of a form, as a mapping of the keys after the point."""
    dotted = [one for one in given if one.startswith(f"{name}.")]
    return {one.removeprefix(f"{name}."): given.pop(one)[-1] for one in dotted}


def _value(field: ma.fields.Field[Any] | None, values: list[Any]) -> Any:
    if not isinstance(values[-1], str):  # a file
        return values if len(values) > 1 else values[-1]
    if isinstance(field, ma.fields.List):
        return [_scalar(field.inner, value) for value in values if value != ""]
    if len(values) > 1 and not isinstance(field, ma.fields.Boolean):
        return values  # refused by the field: it wants one
    return _scalar(field, values[-1])


def _scalar(field: ma.fields.Field[Any] | None, value: str) -> Any:
    if isinstance(field, ma.fields.Boolean):
        folded = value.strip().lower()
        return True if folded in TRUE else False if folded in FALSE else value
    if value.strip() == "" and field is not None and field.allow_none:
        return None
    if isinstance(field, ma.fields.Integer):
        text = value.strip()
        return int(text) if fields.WHOLE_NUMBER.fullmatch(text) else value
    return value


def form_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a form's fields show them: dates ISO, enums by value, None empty."""
    return {name: _text(value) for name, value in values.items()}


def _text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return [_text(inner) for inner in value]
    return getattr(value, "value", None) or str(value)
