"""One's own work: what of it is wanted, and being done with a task."""

from pmo.domain.urgency import Urgency
from schemas import fields as f
from schemas.base import QuerySchema, Schema
from schemas.cards import CardSchema
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


class WorkItemSchema(Schema):
    card = f.Nested(CardSchema, description="The task.")
    project_id = f.Number(description="Its project.")
    project_name = f.Plain(description="Short name of the project.")
    board_id = f.Number(description="Its board.")
    column_name = f.Plain(description="The column it stands in.")
    is_waiting = f.StrictBoolean(
        description="Others have to do something first: it is blocked, waits for other tasks, or "
        "stands in a column that means waiting."
    )
    can_complete = f.StrictBoolean(description="Whether you may move it.")


class WorkGroupSchema(Schema):
    urgency = f.Enum(Urgency, description="How soon these tasks want their person.")
    items = f.List(
        f.Nested(WorkItemSchema, description="A task with its place."),
        description="The soonest first.",
    )


class MyWorkSchema(Schema):
    """Your own open tasks from all projects."""

    groups = f.List(
        f.Nested(WorkGroupSchema, description="Tasks of one urgency."),
        description="The most urgent first.",
    )
    total = f.Number(description="How many open tasks are yours.")
    shown = f.Number(description="How many of them are in the groups.")
    waiting = f.Number(description="How many of those in the groups wait for others.")
