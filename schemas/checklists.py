"""Checklists of tasks: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import Schema, Versioned

TEXT_LENGTH = 300


class ItemUpdateSchema(Schema):
    """Fields of an item to set; what is left out stays as it is."""

    text = f.String(
        description="What is to be done, one line.",
        max_length=TEXT_LENGTH,
        min_length=1,
        example="Заказать зал",
    )
    is_done = f.StrictBoolean(description="Whether it is done.", metadata={"examples": [True]})


class ItemCreateSchema(Schema):
    """A new item, behind the others."""

    text = f.String(
        description="What is to be done, one line.",
        max_length=TEXT_LENGTH,
        min_length=1,
        required=True,
        example="Заказать зал",
    )


class ItemForm(Versioned, ItemCreateSchema):
    """The form of an item's text."""


class ItemStateForm(Schema):
    """The tick of an item."""

    is_done = f.StrictBoolean(description="Whether it is done.", required=True)


class ItemPlacementSchema(Schema):
    """Where an item goes: it names the one below."""

    before_id = f.Id(
        example=12,
        description="The item to put it before, of the same task; null or left out for the end.",
        allow_none=True,
        load_default=None,
    )


class TaskLinkSchema(Schema):
    id = f.Number(description="Number of the task in addresses.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    title = f.Plain(description="Its title.")


class ItemSchema(Schema):
    """A line of a checklist."""

    id = f.Number(description="Number of the item.")
    task_id = f.Number(description="Number of its task.")
    text = f.Plain(description="What is to be done.")
    is_done = f.StrictBoolean(description="It is done.")
    done_by = f.Plain(description="Name of who ticked it; '' while it is not done.")
    done_at = f.Moment(description="When it was ticked, UTC; null while not.", allow_none=True)
    became = f.Nested(
        TaskLinkSchema, description="The task that was made of it; null if none.", allow_none=True
    )
    version = f.Number(description="Counts edits of the text; a tick does not change it.")


class ChecklistSchema(Schema):
    items = f.List(
        f.Nested(ItemSchema, description="An item."), description="The items, in their order."
    )
