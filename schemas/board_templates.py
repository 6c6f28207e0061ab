"""Templates of boards: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import Schema, Versioned
from schemas.boards import BOARD_NAME_LENGTH, BoardNameSchema


class TemplateNameSchema(Schema):
    """A template's name: to save one, or to give it another."""

    name = f.String(
        description="Name of the template; each once in the office.",
        max_length=BOARD_NAME_LENGTH,
        min_length=1,
        required=True,
        example="Подготовка мероприятия",
    )


class TemplateForm(Versioned, TemplateNameSchema):
    """The form that renames a template."""


class TemplateRemovalForm(Versioned, Schema):
    """The form that removes a template."""


def template_key() -> f.String:
    """Return the field that chooses what a board is made of."""
    return f.String(
        description="`key` of the template to make the board of; null or left out for the "
        "usual columns.",
        max_length=18,
        min_length=1,
        allow_none=True,
        load_default=None,
        example="event",
    )


class BoardCreateSchema(BoardNameSchema):
    """A new board: with the usual columns, or of a template."""

    template = template_key()


class BoardTemplateSchema(Schema):
    """A board's columns and rules, without people and tasks, for boards to come."""

    key = f.Plain(description="What a board is made of it by.")
    id = f.Number(description="Its number; null of one that is built in.", allow_none=True)
    name = f.Plain(description="Its name.")
    columns = f.List(f.Plain(description="A name."), description="Names of its columns.")
    rules = f.Number(description="How many rules it brings.")
    version = f.Number(
        description="Counts renamings; its ETag. Null of one built in.", allow_none=True
    )


class BoardTemplateListSchema(Schema):
    items = f.List(
        f.Nested(BoardTemplateSchema, description="A template."),
        description="Those built in, then by name.",
    )
