"""Histories: events of the journal, newest first."""

from schemas import fields as f
from schemas.base import QuerySchema, Schema


class EarlierQuerySchema(QuerySchema):
    """Where a page of a history begins."""

    before_id = f.Integer(
        description="Only events before this one: the last one of the page before.",
        low=1,
        high=999_999_999_999_999,
    )


class HistoryQuerySchema(EarlierQuerySchema):
    """How much of a history is wanted, newest first."""

    limit = f.Integer(description="How many events at most.", low=1, high=100, load_default=50)


class HistoryEntrySchema(Schema):
    """One event of the journal."""

    id = f.Number(description="Number of the event; pages go on from it.")
    at = f.Moment(description="When it happened, UTC.")
    actor = f.Plain(description="Name of the person who did it; '' if the product itself.")
    kind = f.Plain(description="What happened: noun.verb.", example="task.moved")
    data = f.Json(description="The particulars, by kind, in portable values.")
    act_id = f.Number(
        description="The first event of the act that it belongs to; null if it is that itself.",
        allow_none=True,
    )
    undoes_id = f.Number(description="The event that it took back; null.", allow_none=True)
    is_undone = f.StrictBoolean(description="It was taken back by a later event.")
    can_undo = f.StrictBoolean(description="You may try to take it back.")


class HistorySchema(Schema):
    """A page of a history, newest first."""

    items = f.List(
        f.Nested(HistoryEntrySchema, description="One event."), description="Events, newest first."
    )
    next_before_id = f.Number(
        description="`before_id` of the page that follows; null when this is the last.",
        allow_none=True,
    )
