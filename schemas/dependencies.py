"""What tasks wait for: what may be sent, and what is given back."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema

NAME_LENGTH = 240


class BlockerForm(Schema):
    """The form that names a task to wait for."""

    blocker = f.String(
        description="A number, a key or a title of a task of the same project.",
        max_length=NAME_LENGTH,
        min_length=1,
        required=True,
    )


class BlockerQuerySchema(QuerySchema):
    """Which tasks are looked for."""

    blocker = f.String(description="Words of key and title.", max_length=NAME_LENGTH)


class LinkedTaskSchema(Schema):
    """A task beside another one."""

    id = f.Number(description="Number of the task in addresses.")
    key = f.Plain(description="Its number as people say it.", example="ШШ-42")
    title = f.Plain(description="Its title.")
    column_name = f.Plain(description="The column it stands in.")
    is_open = f.StrictBoolean(description="It is neither done nor in the archive.")
    is_archived = f.StrictBoolean(description="It is in the archive.")


class DependenciesSchema(Schema):
    """Both directions of a task."""

    waits_for = f.List(
        f.Nested(LinkedTaskSchema, description="A task."), description="What it waits for."
    )
    is_awaited_by = f.List(
        f.Nested(LinkedTaskSchema, description="A task."), description="What waits for it."
    )
