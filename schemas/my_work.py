"""One's own work: what of it is wanted, and being done with a task."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema
from schemas.tasks import confirmed_lines

SHOWN = ("all", "waiting", "mentions")


class WorkQuerySchema(QuerySchema):
    """Which part of one's work a page shows."""

    show = f.Choice(
        SHOWN,
        description="All open tasks, those that wait for others, or unread mentions.",
        load_default="all",
    )


class CompletionSchema(Schema):
    """Being done with a task."""

    confirmed = confirmed_lines()


class CompletionForm(CompletionSchema):
    """The button “done” of a card of one's own."""

    show = f.Choice(SHOWN, description="The part of the page it stands in.", load_default="all")
