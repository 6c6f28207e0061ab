"""One field of a task, edited where it is shown."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema, Versioned

MOST_BACK = 1_000


class TaskCellQuerySchema(QuerySchema):
    """Whence one came to a form of one field."""

    back = f.String(max_length=MOST_BACK, load_default="", description="Address to come back to.")


class TaskCellForm(Versioned, Schema):
    """The form of one field: its value, or several, as text."""

    value = f.List(
        f.Text(max_length=2_000, description="A value, as a form of the whole task would send it."),
        most=100,
        description="What the field shall hold.",
    )
    back = f.String(max_length=MOST_BACK, load_default="", description="Address to come back to.")
    is_drag = f.StrictBoolean(
        load_default=False, description="Sent by dragging: a fault is told in a notice."
    )
