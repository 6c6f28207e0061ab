"""Fields that all schemas share, with messages from the catalogues."""

from schemas.fields.answers import AnyValue, Json, Moment, Nested, Number, Plain, Ratio
from schemas.fields.base import between, items, length
from schemas.fields.numbers import WHOLE_NUMBER, Id, Integer, Version
from schemas.fields.texts import Lines, Login, Password, String, Text
from schemas.fields.values import Choice, Date, Enum, File, List, OwnValues, StrictBoolean

__all__ = [
    "WHOLE_NUMBER",
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
    "Ratio",
    "StrictBoolean",
    "String",
    "Text",
    "Version",
    "between",
    "items",
    "length",
]
