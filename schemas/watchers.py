"""Who watches tasks."""

from schemas import fields as f
from schemas.base import Schema
from schemas.cards import PersonSchema


class WatchingForm(Schema):
    """The switch of one's own watching."""

    is_watching = f.StrictBoolean(description="Whether you watch the task.", required=True)


class WatchingSchema(Schema):
    """Your own watching of a task."""

    is_watching = f.StrictBoolean(description="You watch the task.")
    count = f.Number(description="How many people watch it.")


class WatcherListSchema(Schema):
    items = f.List(
        f.Nested(PersonSchema, description="A person."),
        description="Who watches the task, by name.",
    )
