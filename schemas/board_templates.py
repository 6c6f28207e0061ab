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


class BoardCreateSchema(BoardNameSchema):
    """A new board: with the usual columns, or of a template."""

    template_id = f.Id(
        description="Template to make it of; null or left out for the usual columns.",
        allow_none=True,
        load_default=None,
        example=1,
    )


class BoardTemplateSchema(Schema):
    """A board's columns and rules, without people and tasks, for boards to come."""

    id = f.Number(description="Number of the template.")
    name = f.Plain(description="Its name.")
    columns = f.List(f.Plain(description="A name."), description="Names of its columns.")
    rules = f.Number(description="How many rules it brings.")
    version = f.Number(description="Counts renamings; its ETag.")


class BoardTemplateListSchema(Schema):
    items = f.List(f.Nested(BoardTemplateSchema, description="A template."), description="By name.")
