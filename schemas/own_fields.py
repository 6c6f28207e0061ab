"""Fields of a project's own, and what tasks hold in them."""

from pmo.domain import own_fields
from pmo.domain.vocabulary import OwnFieldKind
from schemas import fields as f
from schemas.base import Schema, Versioned

NAME_LENGTH = 60


def _name() -> f.String:
    return f.String(
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
        description="Its name, unique in the project.",
        example="Смета, тыс. руб.",
    )


def _choices() -> f.List:
    choice = f.String(
        max_length=own_fields.CHOICE_LENGTH, min_length=1, description="Something to choose."
    )
    return f.List(
        choice,
        most=own_fields.MOST_CHOICES,
        load_default=list,
        description="What a choice can be, in order; for the other kinds nothing.",
        example=["очно", "дистанционно"],
    )


class OwnFieldUpdateSchema(Schema):
    """Fields to set; what is left out stays as it is. The kind stays for good."""

    name = f.String(max_length=NAME_LENGTH, min_length=1, description="Its name.", example="Формат")
    choices = f.List(
        f.String(
            max_length=own_fields.CHOICE_LENGTH, min_length=1, description="Something to choose."
        ),
        most=own_fields.MOST_CHOICES,
        description="The whole list. One that tasks hold cannot be left out.",
        example=["очно", "дистанционно"],
    )


class OwnFieldCreateSchema(Schema):
    """A new field, behind the others."""

    name = _name()
    kind = f.Enum(OwnFieldKind, required=True, description="What it holds.", example="choice")
    choices = _choices()


class OwnFieldNewForm(Schema):
    """The form of a new field: choices stand on lines."""

    name = _name()
    kind = f.Enum(OwnFieldKind, required=True, description="What it holds.")
    choices = f.Lines(
        max_length=own_fields.CHOICE_LENGTH,
        most=own_fields.MOST_CHOICES,
        load_default=list,
        description="What a choice can be, one on a line.",
    )


class OwnFieldForm(Versioned, Schema):
    """The form that edits a field."""

    name = _name()
    choices = f.Lines(
        max_length=own_fields.CHOICE_LENGTH,
        most=own_fields.MOST_CHOICES,
        description="What a choice can be, one on a line.",
    )


class OwnFieldPlacementSchema(Schema):
    """Where a field goes: the one behind it."""

    before_id = f.Id(
        allow_none=True,
        load_default=None,
        example=2,
        description="The field of the same project to put it before; null for the end.",
    )


class OwnFieldRemovalSchema(Schema):
    """What a removal may take with it."""

    with_values = f.StrictBoolean(
        load_default=False,
        description="Also from the tasks that hold something in it; without it they stop it.",
    )


class OwnFieldSchema(Schema):
    """A field of a project's own."""

    id = f.Number(description="Number of the field.")
    key = f.Plain(
        description="Its key in tasks, files and the journal; never used again.", example="f1"
    )
    name = f.Plain(description="Its name.")
    kind = f.Enum(OwnFieldKind, description="What it holds.")
    choices = f.List(
        f.Plain(description="Something to choose."), description="What a choice can be, in order."
    )
    version = f.Number(description="Counts edits; its ETag.")


class OwnFieldListSchema(Schema):
    """The own fields of a project."""

    items = f.List(f.Nested(OwnFieldSchema, description="A field."), description="In their order.")


class OwnValueSchema(Schema):
    """What a task holds in a field of its project's own."""

    key = f.Plain(description="Key of the field.", example="f1")
    name = f.Plain(description="Name of the field.")
    kind = f.Enum(OwnFieldKind, description="What the field holds.")
    value = f.AnyValue(
        description="A number, or a text (a day as YYYY-MM-DD); null for nothing.",
        metadata={"type": ["string", "number", "null"]},
    )
