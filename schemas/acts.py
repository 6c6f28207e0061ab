"""Acts on cards: the archive, undo; what they take and what they answer."""

from schemas import fields as f
from schemas.base import PageQuerySchema, Schema

BACK = ("board", "task")


class ActForm(Schema):
    """A button of a page that acts on a card."""

    revision = f.Id(
        description="Revision of the board as its page shows it.",
        allow_none=True,
        load_default=None,
    )


class UndoForm(ActForm):
    """The button that takes an act back. back: where to go without JavaScript."""

    back = f.Choice(BACK, description="Where to go afterwards.", load_default="board")


class ArchiveQuerySchema(PageQuerySchema):
    """Which page of an archive is wanted."""

    search = f.String(
        description="Words that key and title must all have.", max_length=200, load_default=""
    )


class ActedSchema(Schema):
    """What an act on cards did."""

    event_id = f.Number(
        description="Its first event, by which it can be undone; null if nothing was different.",
        allow_none=True,
    )
    task_ids = f.List(
        f.Number(description="Number of a task."), description="The tasks that were changed."
    )
